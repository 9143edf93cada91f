package dev.channels;

import static dev.channels.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The value of a one-shot as a future: whoever cancels the future cancels the one-shot. */
class OneShotFutureTests {

    private final OneShot<String> oneShot = OneShot.create();
    private final Throwable cause = new IOException("disk full");

    @Test
    void isCompletedByTheValue() {
        CompletableFuture<String> early = oneShot.toFuture();
        assertThat(early).isNotDone();

        oneShot.send("a");

        assertThat(early).isCompletedWithValue("a");
        assertThat(oneShot.toFuture()).isCompletedWithValue("a");
    }

    @Test
    void failsWithWhatReceiveWouldThrow() {
        CompletableFuture<String> early = oneShot.toFuture();

        oneShot.fail(cause);

        assertThat(early.exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(oneShot.toFuture().exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    @Test
    void failsWhenTheOneShotIsCancelled() {
        CompletableFuture<String> early = oneShot.toFuture();

        oneShot.cancel();

        assertThat(early).isNotCancelled();
        assertThat(early.exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void cancellingItCancelsTheOneShot() {
        CompletableFuture<String> future = oneShot.toFuture();
        CompletableFuture<String> other = oneShot.toFuture();
        CompletableFuture<String> received = oneShot.receiver().receiveAsync();

        assertThat(future.cancel(true)).isTrue();

        assertThat(future).isCancelled();
        assertThat(oneShot.isCancelled()).isTrue();
        assertThat(oneShot.send("a")).isFalse();
        assertThat(other.exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCauseInstanceOf(CancellationException.class);
        assertThat(received.exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCauseInstanceOf(CancellationException.class);
    }

    @ParameterizedTest
    @EnumSource
    void completingItByHandIsACancelToo(ByHand byHand) {
        CompletableFuture<String> future = oneShot.toFuture();

        byHand.end(future, "mine");

        assertThat(oneShot.isCancelled()).isTrue();
        assertThat(oneShot.send("a")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void onceTheValueIsThereItCannotBeCompletedByHand(ByHand byHand) throws Exception {
        CompletableFuture<String> future = oneShot.toFuture();
        oneShot.send("a");

        byHand.end(future, "mine");

        assertThat(future).isCompletedWithValue("a");
        assertThat(oneShot.isCancelled()).isFalse();
        assertThat(oneShot.receive()).isEqualTo("a");
    }

    @Test
    void aReceiveByTheReceiverThatIsCancelledConcernsNobodyElse() {
        CompletableFuture<String> received = oneShot.receiver().receiveAsync();

        assertThat(received.cancel(true)).isTrue();

        assertThat(oneShot.isCancelled()).isFalse();
        assertThat(oneShot.send("a")).isTrue();
    }

    @Test
    void whatDependsOnItRunsOutsideAnyLock() {
        AtomicReference<String> again = new AtomicReference<>();
        CompletableFuture<Void> dependent = oneShot.toFuture().thenAccept(value -> {
            assertThat(oneShot.send("b")).isFalse();
            again.set(oneShot.toFuture().join());
        });

        oneShot.send("a");

        dependent.join();
        assertThat(again).hasValue("a");
    }

    @Test
    void aReceiveThatWasCancelledIsForgotten() {
        WeakReference<CompletableFuture<String>> ended = cancelledReceive();

        eventually(() -> {
            System.gc();
            return ended.get() == null;
        });
        assertThat(oneShot.send("a")).isTrue();
    }

    private WeakReference<CompletableFuture<String>> cancelledReceive() {
        CompletableFuture<String> received = oneShot.receiver().receiveAsync();
        received.cancel(true);
        return new WeakReference<>(received);
    }
}
