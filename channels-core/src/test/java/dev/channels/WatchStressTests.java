package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two things that happen to a watch at the same instant, again and again: no change is lost, none is seen twice, and
 * nobody is stuck. How often is the system property {@code stress.rounds}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class WatchStressTests {

    private static final int ROUNDS = Integer.getInteger("stress.rounds", 500);

    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void aWriteAgainstAThreadThatWaits() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Watch<Integer> watch = Watch.of(0);
            Watcher<Integer> watcher = watch.watcher();
            Running<Integer> reader = Threads.alternating(round).start(watcher::awaitChange);
            Running<Integer> waiting = Threads.alternating(round / 2).start(() -> watch.await(value -> value == 1));

            hesitate();
            watch.set(1);

            assertThat(reader.result()).isOne();
            assertThat(waiting.result()).isOne();
            assertThat(watcher.hasChanged()).isFalse();
            assertThat(watch.waiters()).isEmpty();
        }
    }

    @Test
    void aWriteAgainstATimeout() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Watch<Integer> watch = Watch.empty();
            Watcher<Integer> watcher = watch.watcher();
            Duration timeout = Duration.ofNanos(random.nextInt(200_000));
            Running<Integer> reader = Threads.alternating(round).start(() -> watcher.awaitChange(timeout));
            Running<Integer> waiting = Threads.alternating(round / 2).start(() -> watch.await(any -> true, timeout));

            hesitate();
            watch.set(1);

            boolean timedOut = reader.result() == null;
            assertThat(watcher.hasChanged()).isEqualTo(timedOut);
            assertThat(waiting.result()).isIn(null, 1);
            assertThat(watch.waiters()).isEmpty();
        }
    }

    @Test
    void aWriteAgainstAnInterrupt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Watch<Integer> watch = Watch.of(0);
            Watcher<Integer> watcher = watch.watcher();
            Running<Integer> reader = Threads.alternating(round).start(watcher::awaitChange);
            Running<Void> writer = Threads.alternating(round / 2).run(() -> watch.set(1));

            hesitate();
            reader.interrupt();

            writer.result();
            Throwable failure = reader.failureIfAny();
            assertThat(watcher.hasChanged()).isEqualTo(failure != null);
            if (failure != null) {
                assertThat(failure).isInstanceOf(InterruptedException.class);
                assertThat(reader.endedInterrupted()).isFalse();
            }
            assertThat(watch.waiters()).isEmpty();
        }
    }

    @Test
    void aWriteAgainstACancel() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Watch<Integer> watch = Watch.of(0);
            Watcher<Integer> watcher = watch.watcher();
            CompletableFuture<Integer> change = watcher.receiver().receiveAsync();
            Running<Void> writer = Threads.alternating(round).run(() -> watch.set(1));

            hesitate();
            boolean cancelled = change.cancel(true);

            writer.result();
            assertThat(watcher.hasChanged()).isEqualTo(cancelled);
            if (!cancelled) {
                assertThat(change.get(10, TimeUnit.SECONDS)).isOne();
            }
            assertThat(watch.waiters()).isEmpty();
        }
    }

    @Test
    void aWriteAgainstAClose() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Watch<Integer> watch = Watch.of(0);
            Watcher<Integer> watcher = watch.watcher();
            Running<List<Integer>> reader = Threads.alternating(round)
                    .start(() -> watcher.receiver().stream().toList());
            Running<Integer> waiting = Threads.alternating(round / 2).start(() -> watch.await(value -> value == 1));
            Running<Void> writer = Threads.alternating(round / 4).run(() -> watch.set(1));

            hesitate();
            watch.close();

            boolean written = writer.failureIfAny() == null;
            assertThat(reader.result()).isEqualTo(written ? List.of(1) : List.of());
            assertThat(waiting.failureIfAny() == null).isEqualTo(written);
            assertThat(watch.get()).isEqualTo(written ? 1 : 0);
            assertThat(watch.waiters()).isEmpty();
        }
    }

    @Test
    void manyWritersAgainstEachOther() throws Exception {
        int writers = 4;
        Watch<Integer> watch = Watch.of(0);
        List<Running<Void>> all = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            all.add(Threads.alternating(i).run(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    if (round % 2 == 0) {
                        watch.update(value -> value + 1);
                    } else {
                        increment(watch);
                    }
                }
            }));
        }
        Running<Integer> end = Threads.VIRTUAL.start(() -> watch.await(value -> value == writers * ROUNDS));

        assertThat(end.result()).isEqualTo(writers * ROUNDS);
        for (Running<Void> writer : all) {
            writer.result();
        }
        assertThat(countsOf(watch)).startsWith("sent " + (writers * ROUNDS + 1)).endsWith("size 1");
    }

    private static void increment(Watch<Integer> watch) {
        while (true) {
            Integer value = watch.get();
            if (watch.compareAndSet(value, value + 1)) {
                return;
            }
        }
    }

    @Test
    void threadsThatShareAWatcherSeeEachChangeAtMostOnceAndTheLastExactlyOnce() throws Exception {
        Watch<Integer> watch = Watch.of(0);
        Watcher<Integer> shared = watch.watcher();
        List<Running<List<Integer>>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(Threads.alternating(i)
                    .start(() -> shared.receiver().stream().toList()));
        }

        for (int value = 1; value <= ROUNDS; value++) {
            watch.set(value);
            hesitate();
        }
        watch.close();

        List<Integer> seen = new ArrayList<>();
        for (Running<List<Integer>> reader : readers) {
            assertThat(reader.result()).isSorted();
            seen.addAll(reader.result());
        }
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(Collections.max(seen)).isEqualTo(ROUNDS);
    }

    @Test
    void everyWatcherSeesTheLastValueAndNeverAnOlderOneAfterwards() throws Exception {
        Watch<Integer> watch = Watch.empty();
        List<Running<List<Integer>>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Watcher<Integer> watcher = watch.watcher();
            readers.add(Threads.alternating(i).start(() -> {
                List<Integer> seen = new ArrayList<>();
                do {
                    seen.add(watcher.awaitChange());
                } while (seen.getLast() < ROUNDS);
                return seen;
            }));
        }

        for (int value = 1; value <= ROUNDS; value++) {
            watch.set(value);
            hesitate();
        }

        for (Running<List<Integer>> reader : readers) {
            assertThat(reader.result()).isSorted().doesNotHaveDuplicates().endsWith(ROUNDS);
        }
    }

    /** A moment of random length, so that either side may come first. */
    private void hesitate() {
        for (int i = random.nextInt(2_000); i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
