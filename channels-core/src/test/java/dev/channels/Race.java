package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Two things that happen at the same instant, again and again: whoever wins, each message is received, dropped, returned
 * or reported as not sent, exactly one of these, and nobody is stuck.
 *
 * <p>How often is the system property {@code stress.rounds}.
 */
final class Race {

    static final int ROUNDS = Integer.getInteger("stress.rounds", 2_000);
    static final List<Capacity> LIMITS = List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO);
    static final List<Capacity> BUFFERS = List.of(Capacity.ONE, Capacity.TWO, Capacity.TEN);
    static final List<Capacity> ALL = List.of(Capacity.values());

    private final SplittableRandom random = new SplittableRandom(42);
    private final AtomicInteger marks = new AtomicInteger();

    SplittableRandom random() {
        return random;
    }

    /** Starts a thread that waits for {@link #begin}, looks at the channel for a moment, and then does its work. */
    <T> Running<T> onTheMark(int round, Channel<?> channel, Callable<T> work) {
        int looks = random.nextInt(1 << random.nextInt(11));
        marks.set(0);
        return threads(round).start(() -> {
            marks.set(1);
            while (marks.get() != 2) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < looks; i++) {
                assertThat(channel.stats().closed()).isFalse();
            }
            return work.call();
        });
    }

    /** Lets the thread on its mark begin, and goes on a moment later. */
    void begin() {
        until(() -> marks.get() == 1);
        marks.set(2);
        for (int i = random.nextInt(400); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    /** A moment of random length, so that either side may come first. */
    void hesitate() {
        for (int i = random.nextInt(2_000); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    /** The kinds of threads by turns. */
    static Threads threads(int round) {
        return Threads.alternating(round);
    }

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("somebody is stuck");
            }
            LockSupport.parkNanos(5_000);
        }
    }

    static void assertEachOnce(AtomicIntegerArray ends) {
        for (int message = 0; message < ends.length(); message++) {
            if (ends.get(message) != 1) {
                throw new AssertionError("message " + message + " ended " + ends.get(message) + " times");
            }
        }
    }

    static void assertAtRestAndEmpty(Channel<?> channel) {
        assertThat(countsOf(channel)).endsWith("size 0");
        assertThat(channel.waiters()).isEmpty();
        assertThat(channel.blockedSenders()).isZero();
        assertThat(channel.blockedReceivers()).isZero();
    }
}
