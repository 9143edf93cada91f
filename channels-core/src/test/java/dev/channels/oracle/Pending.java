package dev.channels.oracle;

import dev.channels.Waiter;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * One operation that waits for its other side: a blocked thread, or a future. Guarded by the channel's lock.
 *
 * <p>Whoever serves it takes it out of the {@link Waiters} and settles it in one go, so it can give up only while it
 * still stands there. That makes interrupt, timeout and cancel atomic, and leaves no wake-up to pass on.
 */
abstract class Pending {

    private enum Outcome {
        WAITING,
        DONE,
        CLOSED
    }

    private final Waiter.Side side;
    private final @Nullable Thread thread;
    private final @Nullable Condition settlement;
    private final long since = System.nanoTime();
    private Outcome outcome = Outcome.WAITING;
    private long waitedNanos;
    private boolean waiting;
    private @Nullable Pending older;
    private @Nullable Pending younger;

    /** The calling thread is about to wait, when it is given a condition to wait for; else a future is. */
    Pending(Waiter.Side side, @Nullable Condition settlement) {
        this.side = side;
        this.thread = settlement == null ? null : Thread.currentThread();
        this.settlement = settlement;
    }

    /** Puts it between its neighbours in the {@link Waiters}. */
    final void link(@Nullable Pending before, @Nullable Pending after) {
        waiting = true;
        older = before;
        younger = after;
    }

    /** Forgets its neighbours: a finished waiter must not keep others in memory. */
    final void unlink() {
        waiting = false;
        older = null;
        younger = null;
    }

    final boolean isWaiting() {
        return waiting;
    }

    final @Nullable Pending older() {
        return older;
    }

    final @Nullable Pending younger() {
        return younger;
    }

    /** Called once when it is settled and no thread waits for it. */
    abstract void completeFuture();

    final void done() {
        settle(Outcome.DONE);
    }

    final void failClosed() {
        settle(Outcome.CLOSED);
    }

    private void settle(Outcome as) {
        outcome = as;
        waitedNanos = System.nanoTime() - since;
        if (settlement != null) {
            settlement.signal();
        } else {
            completeFuture();
        }
    }

    /** Whether the channel closed before it could take effect. */
    final boolean isClosed() {
        return outcome == Outcome.CLOSED;
    }

    /** Blocks until it is settled or the time is up. */
    final void await(Condition settled, long nanos) throws InterruptedException {
        long left = nanos;
        while (outcome == Outcome.WAITING && left > 0) {
            if (nanos == Long.MAX_VALUE) {
                settled.await();
            } else {
                left = settled.awaitNanos(left);
            }
        }
    }

    /** How long it waited until it was settled, or until now. */
    final long waitedNanos() {
        return outcome == Outcome.WAITING ? System.nanoTime() - since : waitedNanos;
    }

    /** Describes it at the given instant of {@link System#nanoTime()}: one for all, so that ages can be compared. */
    final Waiter describe(long now) {
        return new Waiter(thread, side, Duration.ofNanos(now - since));
    }
}
