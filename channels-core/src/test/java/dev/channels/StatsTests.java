package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A channel's numbers are exact when it is at rest: what was sent is received, dropped, returned or still there. */
@EveryKindOfThread
class StatsTests {

    @Parameter
    private Threads threads;

    @EveryCapacity
    void aNewChannelHasCountedNothing(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();

        assertThat(channel.stats())
                .isEqualTo(new ChannelStats(channel.name(), capacity.limit(), 0, 0, 0, 0, 0, 0, 0, false));
    }

    @EveryLimitedBuffer
    void everyNumberOfAChannelInUse(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        channel.receive();
        channel.send(0);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = channel.sendAsync(100);
        int n = capacity.limit();

        assertThat(channel.stats()).isEqualTo(new ChannelStats(channel.name(), n, n, 2, 0, n + 1, 1, 0, 0, false));
        assertThat(channel.size()).isEqualTo(n);
        assertThat(channel.blockedSenders()).isEqualTo(2);
        assertThat(channel.blockedReceivers()).isZero();

        channel.closeNow();
        sender.join();
        assertThat(pending).isCompletedExceptionally();
        assertThat(channel.stats()).isEqualTo(new ChannelStats(channel.name(), n, 0, 0, 0, n + 1, 1, 0, n, true));
    }

    @EveryCapacity
    void blockedReceiversAreCounted(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> pending = channel.receiveAsync();

        assertThat(channel.stats())
                .isEqualTo(new ChannelStats(channel.name(), capacity.limit(), 0, 0, 2, 0, 0, 0, 0, false));
        assertThat(channel.blockedReceivers()).isEqualTo(2);

        channel.close();
        receiver.join();
        assertThat(pending).isCompletedExceptionally();
        assertThat(channel.blockedReceivers()).isZero();
    }

    @EveryCapacity
    void everyFormOfSendAndReceiveIsCountedOnce(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> {
            channel.receive();
            channel.tryReceive(Duration.ofHours(1));
            channel.receiveAsync().get();
            channel.receiveMany(new ArrayList<>(), 1);
            channel.receiveMany(new ArrayList<>(), 1, Duration.ofHours(1));
            channel.iterator().next();
            channel.stream().findFirst();
            channel.spliterator().tryAdvance(message -> {});
            Integer message;
            do {
                message = channel.tryReceive();
            } while (message == null);
            int taken;
            do {
                taken = channel.drainTo(new ArrayList<>(), 1);
            } while (taken == 0);
            return channel.iterator().next();
        });

        for (int i = 0; i < 8; i++) {
            channel.send(i);
        }
        channel.sendAsync(8).get();
        channel.trySend(9, Duration.ofHours(1));
        boolean sent;
        do {
            sent = channel.trySend(10);
        } while (!sent);

        assertThat(receiver.result()).isEqualTo(10);
        assertThat(countsOf(channel)).isEqualTo("sent 11, received 11, dropped 0, returned 0, size 0");
    }

    @EveryLimit
    void whatDidNotEnterIsNotCounted(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        channel.trySend(99);
        channel.trySend(99, Duration.ZERO);
        channel.trySend(99, Duration.ofMillis(1));
        channel.sendAsync(99).cancel(true);
        sender.interrupt();
        sender.join();

        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received 0, dropped 0, returned 0, size %d".formatted(n, n));
    }

    @ParameterizedTest
    @EnumSource
    void closedMeansClosedForSend(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.trySend(1);
        assertThat(channel.stats().closed()).isFalse();

        channel.close();

        assertThat(channel.stats().closed()).isTrue();
        assertThat(channel.isClosedForSend()).isTrue();
    }

    @EveryLimit
    void theSizeCountsTheBufferOnly(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        CompletableFuture<Void> first = channel.sendAsync(98);
        channel.sendAsync(99);

        assertThat(channel.size()).isEqualTo(capacity.limit());
        channel.close();
        assertThat(channel.size()).isEqualTo(capacity.limit());

        channel.receive();
        first.join();
        assertThat(channel.size()).isEqualTo(capacity.limit());
    }

    static Stream<Engine> enginesThatTellTheirNumbersWithoutALock() {
        return Stream.of(
                new Rendezvous("rendezvous"),
                new Ring("ring", 1),
                new Ring("unbounded", Integer.MAX_VALUE),
                new Plain("lifo", 1, lock -> new DequeBuffer(true)),
                new Plain(
                        "priority",
                        1,
                        lock -> new PriorityBuffer(Comparator.comparing(Object::toString), lock::failed)),
                new Plain("requests", 1, lock -> new RequestBuffer()));
    }

    @ParameterizedTest
    @MethodSource("enginesThatTellTheirNumbersWithoutALock")
    void theNumbersAreToldWhoeverHoldsTheLocks(Engine engine) throws Exception {
        engine.inlet().offer("message", null);
        List<SpinLock> locks = Stream.of(engine.inlet().guard(), engine.outlet().guard())
                .distinct()
                .toList();
        locks.forEach(SpinLock::lock);
        try {
            Running<ChannelStats> reader = threads.start(() -> engine.stats("numbers", 1));
            Running<Integer> other =
                    threads.start(() -> engine.size() + engine.blockedSenders() + engine.blockedReceivers());

            assertThat(reader.result().sent()).isEqualTo(other.result().longValue());
        } finally {
            locks.forEach(SpinLock::unlock);
        }
    }

    @Test
    void theNumbersOfABroadcastAreToldWhoeverHoldsTheLock() throws Exception {
        StandardBroadcast<Integer> broadcast = (StandardBroadcast<Integer>) Broadcast.<Integer>create(2);
        Subscription<Integer> subscription = broadcast.subscribe();
        broadcast.send(1);
        broadcast.send(2);
        subscription.receive();
        Running<Integer> receiver = threads.start(broadcast.subscribe()::receive);
        receiversWait(broadcast, 1);

        assertThat(statsWhileHeld(broadcast, broadcast.sending().inlet().guard()))
                .isEqualTo(new ChannelStats(broadcast.name(), 2, 1, 0, 1, 2, 1, 0, 0, false));

        broadcast.closeNow();
        receiver.join();
    }

    @Test
    void theNumbersOfAWatchAreToldWhoeverHoldsTheLock() throws Exception {
        Watch<Integer> watch = Watch.of(1);
        watch.set(2);
        watch.get();
        watch.set(3);
        Watcher<Integer> watcher = watch.watcher();
        Running<Integer> receiver = threads.start(() -> watcher.awaitChange());
        receiversWait(watch, 1);
        SpinLock lock =
                ((Receives<Integer>) watcher.receiver()).receiving().outlet().guard();

        assertThat(statsWhileHeld(watch, lock))
                .isEqualTo(new ChannelStats(watch.name(), 1, 1, 0, 1, 3, 1, 1, 0, false));

        watch.set(4);
        assertThat(receiver.result()).isEqualTo(4);
    }

    private ChannelStats statsWhileHeld(Monitored monitored, SpinLock lock) throws Exception {
        lock.lock();
        try {
            return threads.start(monitored::stats).result();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void theNumbersAreToldWhileAComparatorTakesItsTime() throws Exception {
        CountDownLatch comparing = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        Comparator<Integer> slow = (a, b) -> {
            if (!a.equals(b)) {
                comparing.countDown();
                Uninterrupted.await(told);
            }
            return a.compareTo(b);
        };
        Channel<Integer> channel =
                Channel.builder("slow").capacity(3).priority(slow).build();
        channel.send(1);
        Running<Void> sender = threads.run(() -> channel.send(2));
        comparing.await();

        ChannelStats stats = threads.start(channel::stats).result();
        int size = threads.start(channel::size).result();

        told.countDown();
        sender.result();
        assertThat(stats).isEqualTo(new ChannelStats("slow", 3, 1, 0, 0, 1, 0, 0, 0, false));
        assertThat(size).isOne();
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 0, size 2");
    }

    @ParameterizedTest
    @EnumSource
    void theNumbersFitTogetherWhileMessagesPass(Order order) throws Exception {
        Channel<Integer> channel = order.channel(Capacity.TWO);
        Running<Void> sender = threads.run(() -> {
            for (int i = 0; i < 20_000; i++) {
                channel.send(i);
            }
            channel.close();
        });
        Running<Long> receiver = threads.start(() -> channel.stream().count());

        long received = 0;
        while (!receiver.isDone()) {
            ChannelStats stats = channel.stats();
            assertThat(stats.size()).isBetween(0, 2);
            assertThat(stats.sent() - stats.received()).isEqualTo(stats.size());
            assertThat(stats.received()).isGreaterThanOrEqualTo(received);
            received = stats.received();
        }

        sender.result();
        assertThat(receiver.result()).isEqualTo(20_000);
    }
}
