package dev.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much memory a channel needs when nothing goes on. */
class FootprintTests {

    @Test
    void theMemoryOfABurstGoesBack() {
        Channel<Integer> channel = Channel.unbounded();
        long before = usedMemory();

        for (int i = 0; i < 1_000_000; i++) {
            channel.trySend(1);
        }
        assertThat(usedMemory() - before).isGreaterThan(3_000_000);
        while (channel.tryReceive() != null) {
            // goes on
        }

        eventuallyUnder(1_000_000, channel, () -> usedMemory() - before);
    }

    static List<Channel<Integer>> channelsForABurst() {
        return List.of(
                Channel.bounded(1_000_000),
                Channel.builder("newest first").unbounded().lifo().build(),
                Channel.builder("least first")
                        .unbounded()
                        .priority(Comparator.<Integer>naturalOrder())
                        .build(),
                Channel.builder("dropping")
                        .capacity(200_000)
                        .overflow(Overflow.DROP_OLDEST)
                        .build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("channelsForABurst")
    void soDoesThatOfOtherChannels(Channel<Integer> channel) {
        long before = usedMemory();

        for (int i = 0; i < 200_000; i++) {
            channel.trySend(1);
        }
        assertThat(usedMemory() - before).isGreaterThan(700_000);
        channel.drainTo(new Forgetting<>(), Integer.MAX_VALUE);

        eventuallyUnder(500_000, channel, () -> usedMemory() - before);
    }

    @Test
    void soDoesThatOfASlowSubscription() {
        Broadcast<Integer> broadcast = Broadcast.create(200_000);
        try (Subscription<Integer> subscription = broadcast.subscribe()) {
            long before = usedMemory();

            for (int i = 0; i < 200_000; i++) {
                broadcast.trySend(1);
            }
            assertThat(usedMemory() - before).isGreaterThan(700_000);
            subscription.drainTo(new Forgetting<>(), Integer.MAX_VALUE);

            eventuallyUnder(500_000, broadcast, () -> usedMemory() - before);
        }
    }

    @Test
    void soDoesThatOfRequestsThatWereQueued() throws Exception {
        RequestChannel<Integer, Integer> channel =
                RequestChannel.<Integer, Integer>builder("numbers").unbounded().build();
        long before = usedMemory();

        for (int i = 0; i < 100_000; i++) {
            CompletableFuture<Integer> unused = channel.requestAsync(1);
        }
        assertThat(usedMemory() - before).isGreaterThan(700_000);
        while (channel.stats().size() > 0) {
            channel.receive().reply(1);
        }

        eventuallyUnder(500_000, channel, () -> usedMemory() - before);
    }

    /** Takes messages and keeps none. */
    private static final class Forgetting<T> extends AbstractCollection<T> {

        @Override
        public boolean add(T message) {
            return true;
        }

        @Override
        public Iterator<T> iterator() {
            return Collections.emptyIterator();
        }

        @Override
        public int size() {
            return 0;
        }
    }

    @Test
    void theMemoryOfABurstOfWaitersGoesBack() {
        Channel<Integer> channel = Channel.rendezvous();
        long before = usedMemory();

        for (int i = 0; i < 100_000; i++) {
            channel.sendAsync(1);
        }
        while (channel.tryReceive() != null) {
            // goes on
        }

        eventuallyUnder(1_000_000, channel, () -> usedMemory() - before);
    }

    @Test
    void manyTimedOutWaitersLeaveNothingBehind() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        channel.tryReceive(Duration.ofNanos(1));
        long before = usedMemory();

        for (int i = 0; i < 20_000; i++) {
            channel.tryReceive(Duration.ofNanos(1));
            channel.trySend(1, Duration.ofNanos(1));
        }

        assertThat(channel.waiters()).isEmpty();
        eventuallyUnder(500_000, channel, () -> usedMemory() - before);
    }

    @Test
    void aChannelThatNobodyHasUsedYetIsHardlyThere() {
        eventuallyUnder(250, 128, channel -> {});
    }

    @Test
    void aChannelThatWasUsedAndIsEmptyKeepsRoomForAFewMessagesOnly() {
        eventuallyUnder(1_250, 1_000, channel -> {
            channel.trySend(1);
            channel.tryReceive();
        });
    }

    private static void eventuallyUnder(long bytesEach, int capacity, Consumer<Channel<Integer>> use) {
        int count = 20_000;
        List<Channel<Integer>> channels = new ArrayList<>(count);
        long before = usedMemory();

        for (int i = 0; i < count; i++) {
            Channel<Integer> channel =
                    Channel.builder("one name for all").capacity(capacity).build();
            use.accept(channel);
            channels.add(channel);
        }

        eventuallyUnder(bytesEach, channels, () -> (usedMemory() - before) / count);
    }

    /** Waits until so little memory is used, though the channel is still there. */
    private static void eventuallyUnder(long limit, Object channel, LongSupplier bytes) {
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(bytes.getAsLong()).isLessThan(limit));
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
