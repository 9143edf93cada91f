package dev.channels;

import static dev.channels.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** One value, once: the first of send, fail and cancel decides, and what it decided stays. */
@EveryKindOfThread
class OneShotTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private final OneShot<String> oneShot = OneShot.create();
    private final Throwable cause = new IOException("disk full");

    @Test
    void theValueStaysAndEveryReceiveReturnsIt() throws Exception {
        assertThat(oneShot.send("a")).isTrue();

        assertThat(oneShot.receive()).isEqualTo("a");
        assertThat(oneShot.receive()).isEqualTo("a");
        assertThat(oneShot.tryReceive(Duration.ZERO)).isEqualTo("a");
        assertThat(oneShot.tryReceive(LONG)).isEqualTo("a");
    }

    @Test
    void onlyTheFirstValueIsSent() throws Exception {
        assertThat(oneShot.send("a")).isTrue();
        assertThat(oneShot.send("b")).isFalse();
        assertThat(oneShot.fail(cause)).isFalse();
        assertThat(oneShot.cancel()).isFalse();

        assertThat(oneShot.isCancelled()).isFalse();
        assertThat(oneShot.receive()).isEqualTo("a");
    }

    @Test
    void everyReaderThatWaitsGetsTheValue() throws Exception {
        List<Running<String>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(threads.start(oneShot::receive));
            readers.add(threads.start(() -> oneShot.tryReceive(LONG)));
            readers.add(threads.start(() -> oneShot.tryReceive(Duration.ofSeconds(Long.MAX_VALUE))));
        }
        readers.forEach(OneShotTests::isParked);

        oneShot.send("a");

        for (Running<String> reader : readers) {
            assertThat(reader.result()).isEqualTo("a");
        }
    }

    @Test
    void tryReceiveIsNullWhenTheTimeRunsOut() throws Exception {
        assertThat(oneShot.tryReceive(Duration.ZERO)).isNull();
        assertThat(oneShot.tryReceive(Duration.ofSeconds(Long.MIN_VALUE))).isNull();
        assertThat(oneShot.tryReceive(Duration.ofMillis(2))).isNull();

        assertThat(oneShot.send("a")).isTrue();
    }

    @Test
    void aFailureStaysAndEveryReceiveThrowsIt() {
        assertThat(oneShot.fail(cause)).isTrue();

        for (ThrowingCallable receive : receives()) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(receive)
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        }
        assertThat(oneShot.send("a")).isFalse();
        assertThat(oneShot.fail(new Exception())).isFalse();
        assertThat(oneShot.cancel()).isFalse();
        assertThat(oneShot.isCancelled()).isFalse();
    }

    @Test
    void afterACancelEveryReceiveThrows() {
        assertThat(oneShot.isCancelled()).isFalse();
        assertThat(oneShot.cancel()).isTrue();

        assertThat(oneShot.isCancelled()).isTrue();
        for (ThrowingCallable receive : receives()) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(receive)
                    .withCauseInstanceOf(CancellationException.class);
        }
        assertThat(oneShot.send("a")).isFalse();
        assertThat(oneShot.fail(cause)).isFalse();
        assertThat(oneShot.cancel()).isFalse();
        assertThat(oneShot.isCancelled()).isTrue();
    }

    private List<ThrowingCallable> receives() {
        return List.of(oneShot::receive, () -> oneShot.tryReceive(Duration.ZERO), () -> oneShot.tryReceive(LONG));
    }

    @Test
    void aFailureWithACancellationIsNoCancel() {
        oneShot.fail(new CancellationException());

        assertThat(oneShot.isCancelled()).isFalse();
    }

    @Test
    void readersThatWaitGetTheFailure() throws Exception {
        Running<String> one = threads.start(oneShot::receive);
        Running<String> other = threads.start(() -> oneShot.tryReceive(LONG));
        isParked(one);
        isParked(other);

        oneShot.fail(cause);

        for (Running<String> reader : List.of(one, other)) {
            assertThat(reader.failure())
                    .isInstanceOf(ChannelClosedException.class)
                    .hasCause(cause);
        }
    }

    @Test
    void readersThatWaitLearnOfTheCancel() throws Exception {
        Running<String> reader = threads.start(oneShot::receive);
        isParked(reader);

        oneShot.cancel();

        assertThat(reader.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void anInterruptOnEntryThrowsThoughTheValueIsThere() throws Exception {
        oneShot.send("a");
        for (Duration timeout : List.of(Duration.ZERO, LONG)) {
            Running<String> timed = threads.start(() -> {
                Thread.currentThread().interrupt();
                return oneShot.tryReceive(timeout);
            });
            assertThat(timed.failure()).isInstanceOf(InterruptedException.class);
        }
        Running<String> untimed = threads.start(() -> {
            Thread.currentThread().interrupt();
            return oneShot.receive();
        });

        assertThat(untimed.failure()).isInstanceOf(InterruptedException.class);
        assertThat(untimed.endedInterrupted()).isFalse();
        assertThat(oneShot.receive()).isEqualTo("a");
    }

    @Test
    void anInterruptEndsTheWaitingOfOneReaderOnly() throws Exception {
        Running<String> interrupted = threads.start(oneShot::receive);
        Running<String> other = threads.start(oneShot::receive);
        isParked(interrupted);

        interrupted.interrupt();

        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        assertThat(oneShot.isCancelled()).isFalse();
        assertThat(oneShot.send("a")).isTrue();
        assertThat(other.result()).isEqualTo("a");
    }

    @Test
    void formsThatNeverWaitIgnoreAnInterrupt() throws Exception {
        Running<Boolean> sender = threads.start(() -> {
            Thread.currentThread().interrupt();
            return oneShot.send("a");
        });

        assertThat(sender.result()).isTrue();
        assertThat(sender.endedInterrupted()).isTrue();
        assertThat(oneShot.receive()).isEqualTo("a");
    }

    @Test
    void nullIsRefusedBeforeAnythingChanges() throws Exception {
        assertThatNullPointerException().isThrownBy(() -> oneShot.send(null));
        assertThatNullPointerException().isThrownBy(() -> oneShot.fail(null));
        assertThatNullPointerException().isThrownBy(() -> oneShot.tryReceive(null));

        assertThat(oneShot.send("a")).isTrue();
        assertThatNullPointerException().isThrownBy(() -> oneShot.send(null));
        assertThat(oneShot.receive()).isEqualTo("a");
    }

    @Test
    void tellsWhatWasDecided() {
        assertThat(oneShot).hasToString("OneShot[open]");
        oneShot.send("secret");
        assertThat(oneShot).hasToString("OneShot[sent]");

        OneShot<String> failed = OneShot.create();
        failed.fail(cause);
        assertThat(failed).hasToString("OneShot[failed]");

        OneShot<String> cancelled = OneShot.create();
        cancelled.cancel();
        assertThat(cancelled).hasToString("OneShot[cancelled]");
    }

    private static void isParked(Running<?> running) {
        eventually(() -> switch (running.thread().getState()) {
            case WAITING, TIMED_WAITING -> true;
            default -> false;
        });
    }
}
