package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;

/**
 * Eight threads do whatever comes into their heads, while others interrupt them, until the channel closes: what was sent
 * was received, dropped or returned, and nobody is left behind. For how long is the system property {@code
 * stress.seconds}.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MixedRunTests {

    private static final long NANOS = (long) (Double.parseDouble(System.getProperty("stress.seconds", "0.5")) * 1e9);
    private static final Duration MOMENT = Duration.ofNanos(20_000);

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    @EveryCapacity
    void closedAtTheEnd(Capacity capacity) throws Exception {
        Channel<Long> channel = capacity.<Long>channel();
        List<Running<Void>> threads = startEight(channel);

        annoy(threads);
        channel.close();

        finish(threads);
        // What is left after those with a finite patience have gone.
        channel.drainTo(new Counting(), Integer.MAX_VALUE);
        assertAllAccountedFor(channel, 0);
    }

    @EveryCapacity
    void closedNowAtTheEnd(Capacity capacity) throws Exception {
        Channel<Long> channel = capacity.<Long>channel();
        List<Running<Void>> threads = startEight(channel);

        annoy(threads);
        List<Long> returned = channel.closeNow();

        finish(threads);
        assertAllAccountedFor(channel, returned.size());
    }

    @EveryCapacity
    void droppingTheOldest(Capacity capacity) throws Exception {
        Channel<Long> channel = capacity.builder()
                .overflow(Overflow.DROP_OLDEST)
                .<Long>onDropped(message -> dropped.incrementAndGet())
                .build();
        List<Running<Void>> threads = startEight(channel);

        annoy(threads);
        List<Long> returned = channel.closeNow();

        finish(threads);
        assertAllAccountedFor(channel, returned.size());
    }

    private List<Running<Void>> startEight(Channel<Long> channel) {
        List<Running<Void>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            SplittableRandom random = new SplittableRandom(i);
            boolean sends = i % 2 == 0;
            threads.add(Threads.alternating(i / 2).run(() -> {
                while (!(sends ? channel.isClosedForSend() : channel.isClosedForReceive())) {
                    try {
                        if (sends) {
                            send(channel, random);
                        } else {
                            receive(channel, random);
                        }
                    } catch (InterruptedException interrupted) {
                        // goes on
                    } catch (ChannelClosedException closed) {
                        // looks whether that was all
                    }
                }
            }));
        }
        return threads;
    }

    private void send(Channel<Long> channel, SplittableRandom random) throws InterruptedException {
        boolean done = switch (random.nextInt(4)) {
            case 0 -> {
                channel.send(1L);
                yield true;
            }
            case 1 -> channel.trySend(1L, MOMENT);
            case 2 -> channel.trySend(1L);
            default ->
                Select.fair(Select.send(channel, () -> 1L, () -> true), Select.timeout(MOMENT, () -> false))
                        .await();
        };
        if (done) {
            sent.incrementAndGet();
        }
    }

    private void receive(Channel<Long> channel, SplittableRandom random) throws InterruptedException {
        Long message = switch (random.nextInt(4)) {
            case 0 -> channel.receive();
            case 1 -> channel.tryReceive(MOMENT);
            case 2 -> channel.tryReceive();
            default ->
                Select.fair(Select.receive(channel, some -> some), Select.timeout(MOMENT, () -> (Long) null))
                        .await();
        };
        if (message != null) {
            received.incrementAndGet();
        }
    }

    private static void annoy(List<Running<Void>> threads) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(99);
        long until = System.nanoTime() + NANOS;
        while (System.nanoTime() - until < 0) {
            threads.get(random.nextInt(threads.size())).interrupt();
            TimeUnit.MICROSECONDS.sleep(random.nextInt(500));
        }
    }

    private static void finish(List<Running<Void>> threads) throws InterruptedException {
        for (Running<Void> thread : threads) {
            thread.result();
        }
    }

    private void assertAllAccountedFor(Channel<Long> channel, int returned) {
        assertThat(channel.waiters()).isEmpty();
        assertThat(received).hasPositiveValue();
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received %d, dropped %d, returned %d, size 0"
                        .formatted(sent.get(), received.get(), dropped.get(), returned));
    }

    /** Takes messages and only counts them. */
    private final class Counting extends ArrayList<Long> {

        private static final long serialVersionUID = 1;

        @Override
        public boolean add(Long message) {
            received.incrementAndGet();
            return true;
        }
    }
}
