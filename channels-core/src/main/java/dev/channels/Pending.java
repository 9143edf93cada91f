package dev.channels;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One operation that waits at a {@link Port}: a blocked thread, a future, or a clause of a select. Its links are guarded
 * by the port's lock.
 *
 * <p>Whoever serves it takes it out of the {@link Waiters} under that lock, claims it, gives or takes the message,
 * settles it, and wakes it when the lock is free. So it can give up only while it still stands there, which makes
 * interrupt, timeout and cancel atomic, and leaves no wake-up to pass on.
 */
abstract class Pending implements Port.Wait {

    @Nullable Object message;

    @Nullable Object owner;

    long since;
    private boolean waiting;
    private @Nullable Pending older;
    private @Nullable Pending younger;

    @Override
    public final Pending in(Waiters waiters) {
        return this;
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

    /** Whether it may be served. Only a clause whose select has chosen another may not. */
    boolean claim() {
        return true;
    }

    /** Whether a close ends it at once: it has not sent anything yet that would still have to be served. */
    boolean endsWithClose() {
        return message == Reserved.ROOM;
    }

    /** The message that it sends. */
    final Object message() {
        return Objects.requireNonNull(message);
    }

    /** Ends its waiting, under the lock; {@code true} if {@link #wake()} is to be called once the lock is free. */
    abstract boolean settle(boolean closed);

    abstract void wake();

    /** Whether a thread waits for it, which is woken; else waking it runs foreign code. */
    boolean isThread() {
        return false;
    }

    /** Wakes threads first, then futures: what depends on these may take long, or wait for any of the others. */
    static void wakeAll(List<Pending> settled) {
        for (Pending operation : settled) {
            if (operation.isThread()) {
                operation.wake();
            }
        }
        for (Pending operation : settled) {
            if (!operation.isThread()) {
                operation.wake();
            }
        }
    }

    /** The thread that is blocked; {@code null} for a future. */
    abstract @Nullable Thread thread();

    /** Notes the time, unless that was done before. */
    final void beginsToWait() {
        if (since == 0) {
            since = System.nanoTime();
        }
    }

    /** When it began to wait, by {@link System#nanoTime()}; 0 for a thread that has not parked yet. */
    long since() {
        return since;
    }

    /** Describes it at the given instant of {@link System#nanoTime()}: one for all, so that ages can be compared. */
    final Waiter describe(Waiter.Side side, long nanos) {
        return new Waiter(thread(), side, Duration.ofNanos(nanos));
    }
}
