package dev.channels;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * When a timer is due, counted from its making by {@link System#nanoTime()}: setting the clock of the machine changes
 * nothing. Guarded by the timer's lock.
 */
final class Schedule {

    /** Some 292 years: what does not fit into a long is as good as never. */
    private static final long NEVER = Long.MAX_VALUE;

    private static final long ONCE = 0;

    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final long first;
    private final long period;
    private long next;
    private boolean over;

    private Schedule(long first, long period) {
        this.first = first;
        this.period = period;
        this.next = first;
    }

    static Schedule once(Duration delay) {
        return new Schedule(Math.max(0, TimeUnit.NANOSECONDS.convert(delay)), ONCE);
    }

    static Schedule every(Duration period) {
        long nanos = TimeUnit.NANOSECONDS.convert(period);
        return new Schedule(nanos, nanos);
    }

    static Schedule never() {
        return new Schedule(NEVER, ONCE);
    }

    boolean isDue() {
        return !over && elapsed() >= next;
    }

    /** Whether nothing is left to be taken. */
    boolean isOver() {
        return over;
    }

    /** Whether there is a time to wait for. */
    boolean isAhead() {
        return !over && next != NEVER;
    }

    long nanosLeft() {
        return Math.max(0, next - elapsed());
    }

    /** The instant that is due, or will be next. */
    Instant next() {
        return start.plusNanos(next);
    }

    /** Takes the instant that is due. What has become due since the last one was taken is passed over: no burst. */
    Instant take() {
        Instant due = next();
        if (period == ONCE) {
            over = true;
        } else {
            long elapsed = elapsed();
            long latest = elapsed - elapsed % period;
            next = latest > NEVER - period ? NEVER : latest + period;
        }
        return due;
    }

    private long elapsed() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public String toString() {
        if (first == NEVER) {
            return "never()";
        }
        return (period == ONCE ? "after(" : "tick(") + Duration.ofNanos(first) + ")";
    }
}
