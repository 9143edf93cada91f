package dev.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two that decide a one-shot at the same instant, again and again: one of them did, and everybody learns which. How often
 * is the system property {@code stress.rounds}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class OneShotStressTests {

    private static final int ROUNDS = Integer.getInteger("stress.rounds", 500);

    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void aSendAgainstACancel() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OneShot<Integer> oneShot = OneShot.create();
            Running<Integer> reader = Threads.alternating(round / 2).start(oneShot::receive);
            Running<Boolean> sender = Threads.alternating(round).start(() -> oneShot.send(1));

            hesitate();
            boolean cancelled = oneShot.cancel();

            assertThat(sender.result()).isEqualTo(!cancelled);
            assertThat(oneShot.isCancelled()).isEqualTo(cancelled);
            assertThat(reader.failureIfAny() == null).isEqualTo(!cancelled);
        }
    }

    @Test
    void aSendAgainstACancelledFuture() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OneShot<Integer> oneShot = OneShot.create();
            CompletableFuture<Integer> future = oneShot.toFuture();
            CompletableFuture<Integer> other = oneShot.toFuture();
            Running<Boolean> sender = Threads.alternating(round).start(() -> oneShot.send(1));

            hesitate();
            boolean cancelled = future.cancel(true);

            assertThat(sender.result()).isEqualTo(!cancelled);
            assertThat(oneShot.isCancelled()).isEqualTo(cancelled);
            if (!cancelled) {
                assertThat(future.get(10, TimeUnit.SECONDS)).isOne();
                assertThat(other.get(10, TimeUnit.SECONDS)).isOne();
            } else {
                assertThat(other.handle((value, failure) -> failure).get(10, TimeUnit.SECONDS))
                        .isInstanceOf(ChannelClosedException.class);
            }
        }
    }

    @Test
    void manySendersAgainstEachOther() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OneShot<Integer> oneShot = OneShot.create();
            List<Running<Boolean>> senders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int value = i;
                senders.add(Threads.alternating(round + i).start(() -> oneShot.send(value)));
            }

            int value = oneShot.receive();

            for (int i = 0; i < senders.size(); i++) {
                assertThat(senders.get(i).result()).isEqualTo(i == value);
            }
        }
    }

    @Test
    void aSendAgainstATimeoutAndAnInterrupt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            OneShot<Integer> oneShot = OneShot.create();
            Duration timeout = Duration.ofNanos(random.nextInt(200_000));
            Running<Integer> timed = Threads.alternating(round).start(() -> oneShot.tryReceive(timeout));
            Running<Integer> interrupted = Threads.alternating(round / 2).start(oneShot::receive);
            Running<Boolean> sender = Threads.alternating(round / 4).start(() -> oneShot.send(1));

            hesitate();
            interrupted.interrupt();

            assertThat(sender.result()).isTrue();
            assertThat(timed.result()).isIn(null, 1);
            if (interrupted.failureIfAny() == null) {
                assertThat(interrupted.result()).isOne();
            } else {
                assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
            }
            assertThat(oneShot.receive()).isOne();
        }
    }

    /** A moment of random length, so that either side may come first. */
    private void hesitate() {
        for (int i = random.nextInt(2_000); i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
