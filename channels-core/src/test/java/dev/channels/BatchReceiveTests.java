package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receiving many messages at a time. */
@EveryKindOfThread
class BatchReceiveTests {

    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Parameter
    private Threads threads;

    private final List<Integer> target = new CopyOnWriteArrayList<>();

    @EveryLimitedBuffer
    void takesWhatIsThereWithoutWaitingForMore(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();

        assertThat(channel.receiveMany(target, 100)).isEqualTo(capacity.limit());

        assertThat(target).containsExactlyElementsOf(capacity.contents());
        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(n, n));
    }

    @EveryCapacity
    void waitsForTheFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receiveMany(target, 10));
        receiversWait(channel, 1);
        assertThat(receiver.isDone()).isFalse();

        channel.send(1);

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(target).containsExactly(1);
    }

    @Test
    void takesNoMoreThanItIsTold() throws Exception {
        Channel<Integer> channel = Capacity.TEN.full();

        assertThat(channel.receiveMany(target, 3)).isEqualTo(3);
        assertThat(channel.receiveMany(target, 1, FOR_EVER)).isEqualTo(1);

        assertThat(target).containsExactly(1, 2, 3, 4);
        assertThat(channel.peek()).isEqualTo(5);
        assertThat(countsOf(channel)).isEqualTo("sent 10, received 4, dropped 0, returned 0, size 6");
    }

    @Test
    void addsToWhatTheTargetHolds() throws Exception {
        Channel<Integer> channel = Capacity.TWO.full();
        target.add(0);

        channel.receiveMany(target, 2);

        assertThat(target).containsExactly(0, 1, 2);
    }

    @EveryLimit
    void takesFromBlockedSendersToo(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> first = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> second = channel.sendAsync(99);

        assertThat(channel.receiveMany(target, 100)).isEqualTo(capacity.limit() + 2);

        assertThat(target).containsExactlyElementsOf(capacity.contentsAnd(98, 99));
        first.result();
        second.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesToTakeLessThanOne(int max) {
        Channel<Integer> channel = Capacity.TWO.full();

        assertThatIllegalArgumentException().isThrownBy(() -> channel.receiveMany(target, max));
        assertThatIllegalArgumentException().isThrownBy(() -> channel.receiveMany(target, max, FOR_EVER));

        assertThat(target).isEmpty();
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 0, size 2");
    }

    @EveryLimitedBuffer
    void isZeroAfterTheCloseWhenNothingIsLeft(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        channel.close();

        assertThat(channel.receiveMany(target, 100)).isEqualTo(capacity.limit());
        assertThat(channel.receiveMany(target, 100)).isZero();
        assertThat(channel.receiveMany(target, 100, FOR_EVER)).isZero();
        assertThat(target).hasSize(capacity.limit());
    }

    @EveryLimitedBuffer
    void throwsAfterACloseWithACauseWhenNothingIsLeft(Capacity capacity) throws Exception {
        IOException cause = new IOException();
        Channel<Integer> channel = capacity.full();
        channel.close(cause);

        assertThat(channel.receiveMany(target, 100, FOR_EVER)).isEqualTo(capacity.limit());
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> channel.receiveMany(target, 100))
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> channel.receiveMany(target, 100, FOR_EVER))
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
    }

    @EveryCapacity
    void isZeroWhenTheChannelClosesWhileItWaitsForTheFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receiveMany(target, 10));
        receiversWait(channel, 1);
        Running<Integer> lingering = threads.start(() -> channel.receiveMany(target, 10, FOR_EVER));
        receiversWait(channel, 2);

        channel.close();

        assertThat(receiver.result()).isZero();
        assertThat(lingering.result()).isZero();
    }

    @EveryCapacity
    void throwsWhenTheChannelClosesWithACauseWhileItWaitsForTheFirst(Capacity capacity) throws Exception {
        IOException cause = new IOException();
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receiveMany(target, 10));
        receiversWait(channel, 1);
        Running<Integer> lingering = threads.start(() -> channel.receiveMany(target, 10, FOR_EVER));
        receiversWait(channel, 2);

        channel.close(cause);

        assertThat(receiver.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(lingering.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    @EveryCapacity
    void lingersUntilItHasEnough(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receiveMany(target, 3, FOR_EVER));

        for (int i = 1; i <= 3; i++) {
            receiversWait(channel, 1);
            channel.send(i);
        }

        assertThat(receiver.result()).isEqualTo(3);
        assertThat(target).containsExactly(1, 2, 3);
        assertThat(countsOf(channel)).isEqualTo("sent 3, received 3, dropped 0, returned 0, size 0");
    }

    @EveryCapacity
    void lingersAgainAfterEachMessageWhileThereIsTime(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receiveMany(target, 3, Duration.ofSeconds(10)));

        for (int i = 1; i <= 3; i++) {
            receiversWait(channel, 1);
            channel.send(i);
        }

        assertThat(receiver.result()).isEqualTo(3);
        assertThat(target).containsExactly(1, 2, 3);
    }

    @EveryCapacity
    void lingersUntilTheTimeAfterTheFirstIsOver(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Duration linger = Duration.ofMillis(30);
        Running<Integer> receiver = threads.start(() -> channel.receiveMany(target, 3, linger));
        receiversWait(channel, 1);
        eventually(() -> channel.waiters().get(0).waited().compareTo(linger) > 0);

        long start = System.nanoTime();
        channel.send(1);

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(linger);
        assertThat(target).containsExactly(1);
        assertThat(channel.blockedReceivers()).isZero();
    }

    @EveryCapacity
    void messagesThatKeepComingDoNotProlongTheLingering(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver =
                threads.start(() -> channel.receiveMany(target, Integer.MAX_VALUE, Duration.ofMillis(60)));

        while (!receiver.isDone()) {
            channel.trySend(1, Duration.ofMillis(5));
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }

        assertThat(receiver.result()).isEqualTo(target.size()).isPositive();
    }

    @EveryBuffer
    void lingeringTakesAtOnceWhatIsEnough(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.send(1);

        assertThat(channel.receiveMany(target, 1, FOR_EVER)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-9223372036854775808S"})
    void withoutTimeItDoesNotLinger(Duration linger) throws Exception {
        Channel<Integer> channel = Capacity.TWO.full();

        assertThat(channel.receiveMany(target, 10, linger)).isEqualTo(2);
    }

    @EveryCapacity
    void aCloseEndsTheLingering(Capacity capacity) throws Exception {
        for (Throwable cause : new Throwable[] {null, new IOException()}) {
            target.clear();
            Channel<Integer> channel = capacity.channel();
            Running<Integer> receiver = threads.start(() -> channel.receiveMany(target, 10, FOR_EVER));
            receiversWait(channel, 1);
            channel.send(1);
            receiversWait(channel, 1);

            if (cause == null) {
                channel.close();
            } else {
                channel.close(cause);
            }

            assertThat(receiver.result()).isEqualTo(1);
            assertThat(target).containsExactly(1);
        }
    }

    @EveryCapacity
    void aCloseAtOnceEndsTheLingering(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receiveMany(target, 10, FOR_EVER));
        receiversWait(channel, 1);
        channel.send(1);
        eventually(() -> channel.stats().received() == 1);
        receiversWait(channel, 1);

        assertThat(channel.closeNow()).isEmpty();

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(target).containsExactly(1);
    }

    @EveryCapacity
    void anInterruptEndsTheLingeringWithTheFlagKept(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receiveMany(target, 10, FOR_EVER));
        receiversWait(channel, 1);
        channel.send(1);
        eventually(() -> channel.stats().received() == 1);
        receiversWait(channel, 1);

        receiver.interrupt();

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(receiver.endedInterrupted()).isTrue();
        assertThat(target).containsExactly(1);
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryLimit
    void aReceiverThatLingersStandsBehindThoseWhoWaitedBefore(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> lingering = threads.start(() -> channel.receiveMany(target, 10, FOR_EVER));
        receiversWait(channel, 1);
        Running<Integer> other = threads.start(() -> channel.receive());
        receiversWait(channel, 2);

        channel.send(1);
        eventually(() -> channel.stats().received() == 1);
        receiversWait(channel, 2);
        channel.send(2);

        assertThat(other.result()).isEqualTo(2);
        channel.close();
        assertThat(lingering.result()).isEqualTo(1);
    }

    @Test
    void severalBatchesShareTheMessages() throws Exception {
        Channel<Integer> channel = Channel.bounded(4);
        List<Running<List<Integer>>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            receivers.add(threads.start(() -> {
                List<Integer> all = new ArrayList<>();
                int taken;
                do {
                    taken = channel.receiveMany(all, 5, Duration.ofNanos(100_000));
                } while (taken > 0);
                return all;
            }));
        }

        for (int i = 0; i < 1_000; i++) {
            channel.send(i);
        }
        channel.close();

        List<Integer> received = new ArrayList<>();
        for (Running<List<Integer>> receiver : receivers) {
            assertThat(receiver.result()).isSorted();
            received.addAll(receiver.result());
        }
        assertThat(received).hasSize(1_000).doesNotHaveDuplicates();
    }
}
