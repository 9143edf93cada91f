package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * After very many operations neither memory nor threads are left over: not of those that timed out, nor of those with a
 * long timeout that were served at once. How many is the system property {@code stress.rounds}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LeakTests {

    private static final int MANY = Integer.getInteger("stress.rounds", 100_000);
    private static final long LIMIT = 5L << 20;
    private static final Duration INSTANT = Duration.ofNanos(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private int threadsBefore;
    private long memoryBefore;

    @BeforeEach
    void useEverythingOnce() throws Exception {
        timeOut(Channel.rendezvous(), 10);
        idle(Channel.rendezvous(), Channel.bounded(1), 10);
        serveAtOnce(Channel.bounded(1), 10);
        exchange(Channel.rendezvous(), 10);
        burst(Channel.unbounded(), 10);
        threadsBefore = threads();
        memoryBefore = usedMemory();
    }

    @EveryCapacity
    void waitersThatTimedOutLeaveNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        timeOut(channel, MANY);

        assertNothingIsLeft(channel);
    }

    @Test
    void waitsForAValueOfAWatchThatTimedOutLeaveNothing() throws Exception {
        Watch<Integer> watch = Watch.empty();

        for (int i = 0; i < MANY; i++) {
            assertThat(watch.await(value -> false, INSTANT)).isNull();
        }

        assertNothingIsLeft(watch);
    }

    @EveryCapacity
    void selectsWithAnIdleClauseLeaveNothing(Capacity capacity) throws Exception {
        Channel<Integer> idle = capacity.channel();
        Channel<Integer> busy = Channel.bounded(1);

        idle(idle, busy, MANY);

        assertNothingIsLeft(idle, busy);
    }

    @EveryCapacity
    void selectsThatWaitWithAnIdleClauseLeaveNothing(Capacity capacity) throws Exception {
        Channel<Integer> idle = capacity.channel();

        Select<Integer> select =
                Select.fair(Select.receive(idle, message -> message), Select.timeout(INSTANT, () -> 0));
        for (int i = 0; i < MANY; i++) {
            select.await();
        }

        assertNothingIsLeft(idle);
    }

    @EveryBuffer
    void longTimeoutsOfWhoIsServedAtOnceLeaveNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        serveAtOnce(channel, MANY);

        assertNothingIsLeft(channel);
    }

    @EveryCapacity
    void longTimeoutsOfWhoIsServedSoonLeaveNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        exchange(channel, MANY / 10);

        assertNothingIsLeft(channel);
    }

    @EveryLimit
    void sendsOfAChannelThatLimitsTheirWaitLeaveNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.builder().sendTimeout(HOUR).build();
        capacity.fill(channel);

        for (int i = 0; i < MANY; i++) {
            CompletableFuture<Void> served = channel.sendAsync(i);
            channel.tryReceive();
            assertThat(served).isDone();
            channel.sendAsync(i).cancel(true);
        }
        channel.drainTo(new ArrayList<>(), Integer.MAX_VALUE);
        if (capacity != Capacity.ZERO) {
            serveAtOnce(channel, MANY);
        }

        assertNothingIsLeft(channel);
    }

    @Test
    void aMillionPendingSendsWithALongLimitLeaveNothingOnceTheyAreServed() {
        Channel<Integer> channel =
                Channel.builder("orders").capacity(1).sendTimeout(HOUR).build();

        for (int burst = 0; burst < 10; burst++) {
            for (int i = 0; i < 100_000; i++) {
                channel.sendAsync(i);
            }
            while (channel.tryReceive() != null) {
                // until nobody waits
            }
        }

        assertNothingIsLeft(channel);
    }

    @EveryCapacity
    void requestsOfAChannelThatLimitsTheirWaitLeaveNothing(Capacity capacity) throws Exception {
        RequestChannel<Integer, Integer> channel = RequestChannel.<Integer, Integer>builder("numbers")
                .capacity(capacity.limit())
                .requestTimeout(HOUR)
                .build();

        for (int i = 0; i < MANY; i++) {
            CompletableFuture<Integer> answer = channel.requestAsync(i);
            channel.receive().reply(i);
            assertThat(answer).isDone();
            channel.requestAsync(i).cancel(true);
        }

        assertThat(channel.stats().size()).isZero();
        eventuallyAtMost(LIMIT, () -> usedMemory() - memoryBefore);
    }

    @Test
    void aBurstThroughAnUnboundedChannelLeavesNothing() throws Exception {
        for (Channel<Integer> channel : List.<Channel<Integer>>of(
                Channel.unbounded(),
                Channel.builder("newest first").unbounded().lifo().build())) {
            burst(channel, 1_000_000);

            assertNothingIsLeft(channel);
        }
    }

    @Test
    void aBurstOfRequestsLeavesNothing() throws Exception {
        RequestChannel<Integer, Integer> channel =
                RequestChannel.<Integer, Integer>builder("numbers").unbounded().build();

        for (int i = 0; i < 1_000_000; i++) {
            CompletableFuture<Integer> unused = channel.requestAsync(i);
        }
        for (int i = 0; i < 1_000_000; i++) {
            channel.receive().reply(i);
        }

        assertNothingIsLeft(channel);
    }

    private static void timeOut(Channel<Integer> channel, int times) throws InterruptedException {
        while (channel.size() < channel.capacity() && channel.capacity() < Integer.MAX_VALUE) {
            channel.send(1);
        }
        boolean sends = channel.capacity() < Integer.MAX_VALUE;
        for (int i = 0; i < times; i++) {
            if (sends) {
                assertThat(channel.trySend(1, INSTANT)).isFalse();
            } else {
                assertThat(channel.tryReceive(INSTANT)).isNull();
            }
        }
    }

    private static void idle(Channel<Integer> idle, Channel<Integer> busy, int times) throws InterruptedException {
        Select<Integer> select = Select.fair(
                Select.receive(idle, message -> -1),
                Select.receive(busy, message -> message),
                Select.timeout(HOUR, () -> -1));
        for (int i = 0; i < times; i++) {
            busy.send(i);
            select.await();
        }
    }

    private static void serveAtOnce(Channel<Integer> channel, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            channel.trySend(i, HOUR);
            channel.tryReceive(HOUR);
        }
    }

    private static void exchange(Channel<Integer> channel, int times) throws InterruptedException {
        Running<Void> receiver = Threads.VIRTUAL.run(() -> {
            for (int i = 0; i < times; i++) {
                channel.tryReceive(HOUR);
            }
        });
        receiversWait(channel, 1);
        for (int i = 0; i < times; i++) {
            channel.trySend(i, HOUR);
        }
        receiver.result();
    }

    private static void burst(Channel<Integer> channel, int messages) throws InterruptedException {
        for (int i = 0; i < messages; i++) {
            channel.send(i);
        }
        while (channel.tryReceive() != null) {
            // until it is empty
        }
    }

    private void assertNothingIsLeft(Monitored... channels) {
        for (Monitored channel : channels) {
            assertThat(channel.waiters()).isEmpty();
        }
        try {
            eventuallyAtMost(LIMIT, () -> usedMemory() - memoryBefore);
            eventuallyAtMost(2, () -> threads() - threadsBefore);
        } finally {
            Reference.reachabilityFence(channels);
        }
    }

    private static void eventuallyAtMost(long limit, LongSupplier left) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(left.getAsLong()).isLessThanOrEqualTo(limit));
    }

    /** Of the platform; those that carry virtual ones come and go. */
    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
                .count();
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
