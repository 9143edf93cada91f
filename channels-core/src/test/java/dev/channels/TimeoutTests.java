package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that wait for a limited time. */
@EveryKindOfThread
class TimeoutTests {

    private static final Duration SHORT = Duration.ofMillis(30);

    @Parameter
    private Threads threads;

    @EveryLimit
    void aSendThatTimesOutHasSentNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();

        Running<Duration> sender = threads.start(() -> {
            long start = System.nanoTime();
            assertThat(channel.trySend(99, SHORT)).isFalse();
            return Duration.ofNanos(System.nanoTime() - start);
        });

        assertThat(sender.result()).isGreaterThanOrEqualTo(SHORT);
        assertThat(channel.blockedSenders()).isZero();
        assertThat(channel.waiters()).isEmpty();
        List<Integer> messages = new ArrayList<>();
        channel.drainTo(messages, Integer.MAX_VALUE);
        assertThat(messages).containsExactlyElementsOf(capacity.contents());
        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(n, n));
    }

    @EveryCapacity
    void aReceiveThatTimesOutHasTakenNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        Running<Duration> receiver = threads.start(() -> {
            long start = System.nanoTime();
            assertThat(channel.tryReceive(SHORT)).isNull();
            return Duration.ofNanos(System.nanoTime() - start);
        });

        assertThat(receiver.result()).isGreaterThanOrEqualTo(SHORT);
        assertThat(channel.blockedReceivers()).isZero();
        assertThat(channel.waiters()).isEmpty();
        assertThat(channel.trySend(1)).isEqualTo(capacity != Capacity.ZERO);
        assertThat(channel.tryReceive()).isEqualTo(capacity != Capacity.ZERO ? 1 : null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1S", "PT-9223372036854775808S"})
    void zeroAndNegativeMeanNow(Duration timeout) throws Exception {
        for (Capacity capacity : List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO, Capacity.TEN)) {
            Channel<Integer> channel = capacity.channel();
            assertThat(channel.tryReceive(timeout)).isNull();
            for (Integer message : capacity.contents()) {
                assertThat(channel.trySend(message, timeout)).isTrue();
            }
            assertThat(channel.trySend(99, timeout)).isFalse();
            for (Integer message : capacity.contents()) {
                assertThat(channel.tryReceive(timeout)).isEqualTo(message);
            }
            assertThat(channel.tryReceive(timeout)).isNull();
            int n = capacity.limit();
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(n, n));
        }
    }

    @EveryLimit
    void withoutTimeAReceiveTakesFromABlockedSender(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        for (Integer message : capacity.contentsAnd(99)) {
            assertThat(channel.tryReceive(Duration.ZERO)).isEqualTo(message);
        }

        sender.result();
    }

    @EveryCapacity
    void withoutTimeASendHandsOverToABlockedReceiver(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        assertThat(channel.trySend(1, Duration.ZERO)).isTrue();

        assertThat(receiver.result()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT2562047H47M16.854775807S", "PT2562048H", "PT9223372036854775807S"})
    void aSendIsServedBeforeItsTimeIsOver(Duration timeout) throws Exception {
        for (Capacity capacity : List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO, Capacity.TEN)) {
            Channel<Integer> channel = capacity.full();
            Running<Boolean> sender = threads.start(() -> channel.trySend(99, timeout));
            sendersWait(channel, 1);

            for (Integer message : capacity.contentsAnd(99)) {
                assertThat(channel.receive()).isEqualTo(message);
            }

            assertThat(sender.result()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT2562047H47M16.854775807S", "PT2562048H", "PT9223372036854775807S"})
    void aReceiveIsServedBeforeItsTimeIsOver(Duration timeout) throws Exception {
        for (Capacity capacity : Capacity.values()) {
            Channel<Integer> channel = capacity.channel();
            Running<Integer> receiver = threads.start(() -> channel.tryReceive(timeout));
            receiversWait(channel, 1);

            channel.send(1);

            assertThat(receiver.result()).isEqualTo(1);
        }
    }

    @EveryLimit
    void aBlockedTimedSendIsServedAfterTheClose(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Boolean> sender = threads.start(() -> channel.trySend(99, Duration.ofHours(1)));
        sendersWait(channel, 1);

        channel.close();

        assertThat(channel).containsExactlyElementsOf(capacity.contentsAnd(99));
        assertThat(sender.result()).isTrue();
    }

    @EveryLimit
    void aBlockedTimedSendMayTimeOutAfterTheClose(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Boolean> sender = threads.start(() -> channel.trySend(99, SHORT));
        eventually(() -> channel.blockedSenders() == 1 || sender.isDone());

        channel.close();

        assertThat(sender.result()).isFalse();
        assertThat(channel).containsExactlyElementsOf(capacity.contents());
    }

    @EveryCapacity
    void aBlockedTimedReceiveFindsTheEnd(Capacity capacity) throws Exception {
        IOException cause = new IOException();
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.tryReceive(Duration.ofHours(1)));
        receiversWait(channel, 1);

        channel.close(cause);

        assertThat(receiver.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    @EveryLimit
    void aSenderThatTimesOutLetsTheOneBehindItPass(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Boolean> first = threads.start(() -> channel.trySend(98, SHORT));
        eventually(() -> channel.blockedSenders() == 1 || first.isDone());
        Running<Void> second = threads.run(() -> channel.send(99));

        assertThat(first.result()).isFalse();
        sendersWait(channel, 1);
        for (Integer message : capacity.contentsAnd(99)) {
            assertThat(channel.receive()).isEqualTo(message);
        }

        second.result();
    }

    @EveryCapacity
    void aReceiverThatTimesOutLetsTheOneBehindItPass(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> first = threads.start(() -> channel.tryReceive(SHORT));
        eventually(() -> channel.blockedReceivers() == 1 || first.isDone());
        Running<Integer> second = threads.start(() -> channel.receive());

        assertThat(first.result()).isNull();
        receiversWait(channel, 1);
        channel.send(1);

        assertThat(second.result()).isEqualTo(1);
    }
}
