package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a send does when there is no room. */
@EveryKindOfThread
class OverflowTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private final List<Integer> dropped = new ArrayList<>();

    private Channel<Integer> channel(Capacity capacity, Overflow overflow) {
        return capacity.builder()
                .overflow(overflow)
                .<Integer>onDropped(dropped::add)
                .build();
    }

    private Channel<Integer> full(Capacity capacity, Overflow overflow) {
        Channel<Integer> channel = channel(capacity, overflow);
        capacity.fill(channel);
        return channel;
    }

    private static List<Integer> drain(Channel<Integer> channel) {
        List<Integer> messages = new ArrayList<>();
        channel.drainTo(messages, Integer.MAX_VALUE);
        return messages;
    }

    @Nested
    class DropOldest {

        @EveryLimitedBuffer
        void sendDropsTheMessageThatHasWaitedLongest(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity, Overflow.DROP_OLDEST);

            channel.send(98);
            channel.send(99);

            List<Integer> all = capacity.contentsAnd(98, 99);
            assertThat(dropped).containsExactlyElementsOf(all.subList(0, 2));
            int n = capacity.limit();
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received 0, dropped 2, returned 0, size %d".formatted(n + 2, n));
            assertThat(drain(channel)).containsExactlyElementsOf(all.subList(2, n + 2));
        }

        @EveryLimitedBuffer
        void everyFormOfSendTakesTheNewMessage(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity, Overflow.DROP_OLDEST);

            assertThat(channel.trySend(96)).isTrue();
            assertThat(channel.trySend(97, LONG)).isTrue();
            assertThat(channel.trySend(98, Duration.ZERO)).isTrue();
            assertThat(channel.sendAsync(99)).isCompleted();

            List<Integer> all = capacity.contentsAnd(96, 97, 98, 99);
            assertThat(dropped).containsExactlyElementsOf(all.subList(0, 4));
            int n = capacity.limit();
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received 0, dropped 4, returned 0, size %d".formatted(n + 4, n));
            assertThat(drain(channel)).containsExactlyElementsOf(all.subList(4, n + 4));
        }
    }

    @Nested
    class DropLatest {

        @EveryLimitedBuffer
        void sendDropsItsOwnMessage(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity, Overflow.DROP_LATEST);

            channel.send(98);
            assertThat(channel.sendAsync(99)).isCompleted();

            assertThat(dropped).containsExactly(98, 99);
            int n = capacity.limit();
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received 0, dropped 2, returned 0, size %d".formatted(n + 2, n));
            assertThat(drain(channel)).containsExactlyElementsOf(capacity.contents());
        }

        @EveryLimitedBuffer
        void trySendAnswersFalseAndLeavesTheMessageWithItsCaller(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity, Overflow.DROP_LATEST);

            assertThat(channel.trySend(97)).isFalse();
            assertThat(channel.trySend(98, LONG)).isFalse();
            assertThat(channel.trySend(99, Duration.ZERO)).isFalse();

            assertThat(dropped).isEmpty();
            int n = capacity.limit();
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received 0, dropped 0, returned 0, size %d".formatted(n, n));
            assertThat(drain(channel)).containsExactlyElementsOf(capacity.contents());
        }
    }

    @Nested
    class Fail {

        @EveryLimit
        void sendThrowsAtOnce(Capacity capacity) {
            Channel<Integer> channel = full(capacity, Overflow.FAIL);

            assertThatExceptionOfType(ChannelFullException.class)
                    .isThrownBy(() -> channel.send(99))
                    .isInstanceOf(IllegalStateException.class)
                    .withMessageContaining(channel.name());
            assertNothingHappened(channel, capacity);
        }

        @EveryLimit
        void bothFormsOfTrySendAnswerFalseAtOnce(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity, Overflow.FAIL);

            assertThat(channel.trySend(97)).isFalse();
            assertThat(channel.trySend(98, LONG)).isFalse();
            assertThat(channel.trySend(99, Duration.ZERO)).isFalse();
            assertNothingHappened(channel, capacity);
        }

        @EveryLimit
        void theFutureOfSendAsyncFails(Capacity capacity) {
            Channel<Integer> channel = full(capacity, Overflow.FAIL);

            CompletableFuture<Void> send = channel.sendAsync(99);

            assertThat(send).isCompletedExceptionally();
            assertThat(send.exceptionNow()).isInstanceOf(ChannelFullException.class);
            assertNothingHappened(channel, capacity);
        }

        private void assertNothingHappened(Channel<Integer> channel, Capacity capacity) {
            assertThat(dropped).isEmpty();
            int n = capacity.limit();
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received 0, dropped 0, returned 0, size %d".formatted(n, n));
            assertThat(drain(channel)).containsExactlyElementsOf(capacity.contents());
        }
    }

    @Nested
    class WithCapacityZero {

        @ParameterizedTest
        @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
        void theMessageThatNobodyWaitsForIsTheDroppedOne(Overflow overflow) throws Exception {
            Channel<Integer> channel = channel(Capacity.ZERO, overflow);

            channel.send(1);
            assertThat(channel.sendAsync(2)).isCompleted();

            assertThat(dropped).containsExactly(1, 2);
            assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 2, returned 0, size 0");
            assertThat(channel.tryReceive()).isNull();
        }

        @ParameterizedTest
        @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
        void trySendLeavesTheMessageThatNobodyWaitsForWithItsCaller(Overflow overflow) throws Exception {
            Channel<Integer> channel = channel(Capacity.ZERO, overflow);

            assertThat(channel.trySend(1)).isFalse();
            assertThat(channel.trySend(2, LONG)).isFalse();

            assertThat(dropped).isEmpty();
            assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
        }
    }

    @Nested
    class WithAWaitingReceiver {

        @ParameterizedTest
        @EnumSource(names = "BLOCK", mode = EnumSource.Mode.EXCLUDE)
        void everyFormOfSendHandsItsMessageOver(Overflow overflow) throws Exception {
            Channel<Integer> channel = channel(Capacity.ZERO, overflow);

            Running<Integer> receiver = waitingReceiver(channel);
            channel.send(1);
            assertThat(receiver.result()).isEqualTo(1);

            receiver = waitingReceiver(channel);
            assertThat(channel.trySend(2)).isTrue();
            assertThat(receiver.result()).isEqualTo(2);

            receiver = waitingReceiver(channel);
            assertThat(channel.trySend(3, LONG)).isTrue();
            assertThat(receiver.result()).isEqualTo(3);

            receiver = waitingReceiver(channel);
            assertThat(channel.sendAsync(4)).isCompleted();
            assertThat(receiver.result()).isEqualTo(4);

            assertThat(dropped).isEmpty();
            assertThat(countsOf(channel)).isEqualTo("sent 4, received 4, dropped 0, returned 0, size 0");
        }

        private Running<Integer> waitingReceiver(Channel<Integer> channel) {
            Running<Integer> receiver = threads.start(() -> channel.receive());
            receiversWait(channel, 1);
            return receiver;
        }
    }

    @Nested
    class WhileThereIsRoom {

        @ParameterizedTest
        @EnumSource
        void everyPolicyTakesTheMessage(Overflow overflow) throws Exception {
            Channel<Integer> channel = channel(Capacity.TEN, overflow);

            channel.send(1);
            assertThat(channel.trySend(2)).isTrue();
            assertThat(channel.trySend(3, LONG)).isTrue();
            assertThat(channel.sendAsync(4)).isCompleted();

            assertThat(dropped).isEmpty();
            assertThat(countsOf(channel)).isEqualTo("sent 4, received 0, dropped 0, returned 0, size 4");
            assertThat(drain(channel)).containsExactly(1, 2, 3, 4);
        }
    }

    @Nested
    class Closed {

        @ParameterizedTest
        @EnumSource
        void aClosedChannelIsClosedRatherThanFull(Overflow overflow) {
            Channel<Integer> channel = full(Capacity.TWO, overflow);
            channel.close();

            assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.send(99));
            assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.trySend(99));
            assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.trySend(99, LONG));
            assertThat(channel.sendAsync(99).exceptionNow()).isInstanceOf(ChannelClosedException.class);

            assertThat(dropped).isEmpty();
            assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 0, size 2");
        }
    }

    @Test
    void nothingIsDroppedWhereSendersWait() throws Exception {
        Channel<Integer> channel = full(Capacity.TWO, Overflow.BLOCK);

        assertThat(channel.trySend(98)).isFalse();
        assertThat(channel.trySend(99, Duration.ofMillis(1))).isFalse();
        assertThat(channel.closeNow()).containsExactly(1, 2);

        assertThat(dropped).isEmpty();
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 2, size 0");
    }
}
