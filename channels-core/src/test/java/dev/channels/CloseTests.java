package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a close nothing more is sent, and everything that was accepted is still delivered. */
@EveryKindOfThread
class CloseTests {

    private final Throwable cause = new IOException("disk full");

    @Parameter
    private Threads threads;

    @EveryCapacity
    void everyFormOfSendThrows(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.close();

        for (ThrowingCallable send : sends(channel)) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(send)
                    .withNoCause()
                    .withMessageContaining(channel.name());
        }
        assertThat(channel.sendAsync(1).exceptionNow()).isInstanceOf(ChannelClosedException.class);
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @EveryLimit
    void everyFormOfSendThrowsAlsoWhenTheChannelIsFull(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        channel.close(cause);

        for (ThrowingCallable send : sends(channel)) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(send)
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        }
        assertThat(channel.sendAsync(1).exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    private static List<ThrowingCallable> sends(Channel<Integer> channel) {
        return List.of(
                () -> channel.send(1),
                () -> channel.trySend(1),
                () -> channel.trySend(1, Duration.ZERO),
                () -> channel.trySend(1, Duration.ofHours(1)));
    }

    @EveryCapacity
    void everyFormOfReceiveThrowsWhenNothingIsLeft(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.close(cause);

        List<ThrowingCallable> receives = List.of(
                channel::receive,
                channel::tryReceive,
                () -> channel.tryReceive(Duration.ZERO),
                () -> channel.tryReceive(Duration.ofHours(1)));
        for (ThrowingCallable receive : receives) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(receive)
                    .withMessageContaining(channel.name())
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        }
        assertThat(channel.receiveAsync().exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    @EveryLimitedBuffer
    void receiversTakeWhatWasAcceptedAndThenFindTheEnd(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        channel.close();

        for (Integer message : capacity.contents()) {
            assertThat(channel.isClosedForReceive()).isFalse();
            assertThat(channel.receive()).isEqualTo(message);
        }

        assertThat(channel.isClosedForReceive()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::receive)
                .withNoCause();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::tryReceive)
                .withNoCause();
    }

    @EveryLimitedBuffer
    void everyFormOfReceiveTakesWhatIsLeft(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.send(1);
        channel.close(cause);
        assertThat(channel.receiveAsync()).isCompletedWithValue(1);

        channel = capacity.channel();
        channel.send(1);
        channel.close(cause);
        assertThat(channel.tryReceive(Duration.ofHours(1))).isEqualTo(1);

        channel = capacity.channel();
        channel.send(1);
        channel.close(cause);
        assertThat(channel.iterator().next()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIVE", "TRY_RECEIVE_FOR_AN_HOUR", "TRY_RECEIVE_FOR_EVER"})
    void blockedReceiversFindTheEnd(BlockingReceive form) throws Exception {
        for (Capacity capacity : Capacity.values()) {
            Channel<Integer> channel = capacity.channel();
            Running<Integer> first = threads.start(() -> form.from(channel));
            receiversWait(channel, 1);
            Running<Integer> second = threads.start(() -> form.from(channel));
            receiversWait(channel, 2);

            channel.close(cause);

            assertThat(first.failure())
                    .isInstanceOf(ChannelClosedException.class)
                    .hasCause(cause);
            assertThat(second.failure())
                    .isInstanceOf(ChannelClosedException.class)
                    .hasCause(cause);
            assertThat(channel.blockedReceivers()).isZero();
            assertThat(channel.isClosedForReceive()).isTrue();
        }
    }

    @EveryLimit
    void blockedSendersAreStillServedInOrder(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> first = threads.run(() -> channel.send(97));
        sendersWait(channel, 1);
        Running<Boolean> second = threads.start(() -> channel.trySend(98, Duration.ofHours(1)));
        sendersWait(channel, 2);
        CompletableFuture<Void> third = channel.sendAsync(99);
        sendersWait(channel, 3);

        channel.close(cause);

        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel.isClosedForReceive()).isFalse();
        assertThat(channel.blockedSenders()).isEqualTo(3);
        assertThat(channel.size()).isEqualTo(capacity.limit());

        for (Integer message : capacity.contentsAnd(97, 98, 99)) {
            assertThat(channel.isClosedForReceive()).isFalse();
            assertThat(channel.receive()).isEqualTo(message);
        }

        first.result();
        assertThat(second.result()).isTrue();
        third.join();
        assertThat(channel.isClosedForReceive()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::receive)
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        int all = capacity.limit() + 3;
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(all, all));
    }

    @EveryLimit
    void blockedSendersAreServedByTheFormsThatNeverWait(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> first = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        Running<Void> second = threads.run(() -> channel.send(99));
        sendersWait(channel, 2);
        channel.close();

        for (Integer message : capacity.contentsAnd(98)) {
            assertThat(channel.tryReceive()).isEqualTo(message);
        }
        List<Integer> rest = new ArrayList<>();
        assertThat(channel.drainTo(rest, 10)).isOne();
        assertThat(rest).containsExactly(99);

        first.result();
        second.result();
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimit
    void aBlockedSenderThatGivesUpAfterTheCloseLeavesTheEnd(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = channel.sendAsync(100);
        sendersWait(channel, 2);
        channel.close();

        sender.interrupt();
        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertThat(pending.cancel(true)).isTrue();

        assertThat(channel.blockedSenders()).isZero();
        assertThat(channel.isClosedForReceive()).isEqualTo(capacity == Capacity.ZERO);
        assertThat(channel).containsExactlyElementsOf(capacity.contents());
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimit
    void laterSendersAreNotServedThoughBlockedOnesAre(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        channel.close();

        Running<Void> late = threads.run(() -> channel.send(100));

        assertThat(late.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(channel).containsExactlyElementsOf(capacity.contentsAnd(99));
        sender.result();
    }

    @EveryCapacity
    void pendingReceivesFail(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        CompletableFuture<Integer> receive = channel.receiveAsync();

        channel.close(cause);

        assertThat(receive).isCompletedExceptionally();
        assertThat(receive.exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(channel.blockedReceivers()).isZero();
    }

    @EveryCapacity
    void closingIsIdempotentAndNeverThrows(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();

        assertThatNoException().isThrownBy(() -> {
            channel.close();
            channel.close();
            channel.close(cause);
            channel.close(new Error());
            channel.closeNow();
            channel.close();
            channel.close(cause);
        });

        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryCapacity
    void theFirstCloseDecidesTheCause(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();

        channel.close(cause);
        channel.close(new IOException("another"));
        channel.close();

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::tryReceive)
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> channel.trySend(1))
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
    }

    @EveryCapacity
    void theFirstCloseDecidesTheCauseAlsoWhenItGaveNone(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();

        channel.close();
        channel.close(cause);

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::tryReceive)
                .withNoCause();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> channel.trySend(1))
                .withNoCause();
        assertThat(channel.stream().toList()).isEmpty();
    }

    @EveryCapacity
    void anOpenChannelIsNotClosed(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();

        assertThat(channel.isClosedForSend()).isFalse();
        assertThat(channel.isClosedForReceive()).isFalse();
        assertThat(channel.stats().closed()).isFalse();
    }

    @EveryLimitedBuffer
    void aChannelIsClosedForSendingAtOnceAndForReceivingWhenItIsDrained(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.trySend(1);

        channel.close();

        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel.stats().closed()).isTrue();
        assertThat(channel.isClosedForReceive()).isFalse();
        channel.tryReceive();
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimitedBuffer
    void peekAndDrainNeverThrowForIt(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.trySend(1);
        channel.close(cause);

        assertThat(channel.peek()).isEqualTo(1);
        assertThat(channel.drainTo(new ArrayList<>(), 5)).isOne();
        assertThat(channel.drainTo(new ArrayList<>(), 5)).isZero();
        assertThat(channel.peek()).isNull();
    }

    @Test
    void aChannelIsClosedAtTheEndOfATryStatement() {
        Channel<String> channel = Channel.bounded(1);

        try (channel) {
            channel.trySend("a");
        }

        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel).containsExactly("a");
    }

    @Test
    void theExceptionIsAnIllegalStateAndNamesTheChannel() {
        Channel<String> channel = Channel.builder("orders").build();
        channel.close(cause);

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::receive)
                .isInstanceOf(IllegalStateException.class)
                .withMessageContaining("orders")
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
    }

    @EveryCapacity
    void closingIgnoresAnInterrupt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        Running<Void> closer = threads.run(() -> {
            Thread.currentThread().interrupt();
            channel.close();
        });

        closer.result();
        assertThat(closer.endedInterrupted()).isTrue();
        assertThat(channel.isClosedForSend()).isTrue();
    }

    @EveryCapacity
    void severalReceiversShareWhatIsLeft(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<Running<List<Integer>>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            receivers.add(threads.start(() -> channel.stream().toList()));
        }
        receiversWait(channel, 3);
        for (int i = 1; i <= 100; i++) {
            channel.send(i);
        }

        channel.close();

        List<Integer> all = new ArrayList<>();
        for (Running<List<Integer>> receiver : receivers) {
            assertThat(receiver.result()).isSorted();
            all.addAll(receiver.result());
        }
        assertThat(all).hasSize(100).doesNotHaveDuplicates();
        assertThat(countsOf(channel)).isEqualTo("sent 100, received 100, dropped 0, returned 0, size 0");
    }
}
