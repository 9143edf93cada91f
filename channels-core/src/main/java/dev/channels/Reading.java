package dev.channels;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody has read the {@link Latest} value: an outlet that gives each value once, the newest only, or one that
 * gives it again and again. Guarded by the lock of the latest.
 */
final class Reading implements Outlet {

    private final Latest latest;
    private final SharedLock lock;
    private final boolean again;
    private final @Nullable Supplier<Ending> whenWithdrawn;
    private final long since;
    private final Waiters readers = new Waiters(Waiter.Side.RECEIVE);
    private long seen;

    private Reading(Latest latest, long seen, boolean again, @Nullable Supplier<Ending> whenWithdrawn, long since) {
        this.latest = latest;
        this.lock = latest.lock();
        this.seen = seen;
        this.again = again;
        this.whenWithdrawn = whenWithdrawn;
        this.since = since;
    }

    /** Gives the value that is there now as well. */
    static Reading fromNow(Latest latest) {
        return new Reading(latest, 0, false, null, 0);
    }

    /** The same, for one who looks at value after value: all of that is one wait. */
    static Reading untilFound(Latest latest) {
        return new Reading(latest, 0, false, null, System.nanoTime());
    }

    /** Gives values that come after the one that is there now. */
    static Reading afterNow(Latest latest) {
        return new Reading(latest, latest.current().number(), false, null, 0);
    }

    /** Gives the same value as often as asked. */
    static Reading again(Latest latest) {
        return new Reading(latest, 0, true, null, 0);
    }

    /** The same; but if one gives up who waits here, it ends for all. */
    static Reading endedByWithdrawal(Latest latest, Supplier<Ending> whenWithdrawn) {
        return new Reading(latest, 0, true, whenWithdrawn, 0);
    }

    private boolean isUnreadLocked() {
        return latest.current().number() != seen;
    }

    private Object readLocked() {
        Revision current = latest.current();
        if (!again) {
            seen = current.number();
        }
        return Objects.requireNonNull(current.read());
    }

    /** Whether there is something to read. */
    boolean isUnread() {
        lock.lock();
        try {
            return isUnreadLocked();
        } finally {
            lock.unlockAndWake();
        }
    }

    /** The newest value, which then counts as seen; {@code null} if there is none. */
    @Nullable Object newest() {
        lock.lock();
        try {
            return latest.current().isNone() ? null : readLocked();
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public @Nullable Object poll(@Nullable Wait wait) {
        lock.lock();
        try {
            if (isUnreadLocked()) {
                return readLocked();
            }
            if (latest.ending() != null) {
                return Signal.ENDED;
            }
            Pending operation = wait == null ? null : wait.in(readers);
            if (operation == null) {
                return wait == null ? null : Signal.ENDED;
            }
            enqueueLocked(operation);
            return operation;
        } finally {
            lock.unlockAndWake();
        }
    }

    /** Gives to who waits what there is now, or tells of the end. */
    void serveLocked() {
        while (isUnreadLocked()) {
            Pending oldest = readers.poll();
            if (oldest == null) {
                return;
            }
            oldest.message = readLocked();
            lock.settle(oldest, false);
        }
        if (latest.ending() != null) {
            lock.wakeLater(readers.close(any -> true));
        }
    }

    boolean isAwaitedLocked() {
        return !readers.isEmpty();
    }

    int waiting() {
        return readers.size();
    }

    void describeWaitingLocked(long now, List<? super Waiter> target) {
        List<Waiter> waiting = new ArrayList<>();
        readers.describe(now, waiting);
        for (Waiter waiter : waiting) {
            target.add(
                    since == 0
                            ? waiter
                            : new Waiter(waiter.thread(), waiter.side(), Duration.ofNanos(Math.max(0, now - since))));
        }
    }

    /** Takes out one that gives up; {@code false} if it was settled before. */
    boolean removeLocked(Pending operation) {
        boolean removed = readers.remove(operation);
        if (readers.isEmpty()) {
            latest.forgetLocked(this);
        }
        return removed;
    }

    @Override
    public @Nullable Object peek() {
        lock.lock();
        try {
            return isUnreadLocked() ? latest.current().value() : null;
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public int available() {
        return isUnread() ? 1 : 0;
    }

    @Override
    public boolean isEnded() {
        lock.lock();
        try {
            return isEndedLocked();
        } finally {
            lock.unlockAndWake();
        }
    }

    private boolean isEndedLocked() {
        return latest.ending() != null && !isUnreadLocked();
    }

    @Override
    public boolean endsNormally() {
        Ending ending = latest.ending();
        return ending == null || ending.cause() == null;
    }

    @Override
    public SpinLock guard() {
        return lock;
    }

    @Override
    public boolean isReadyLocked() {
        return isUnreadLocked() || isEndedLocked();
    }

    @Override
    public void enqueueLocked(Pending operation) {
        readers.add(operation);
        latest.awaitLocked(this);
    }

    @Override
    public void settle() {
        // A value cannot come without the lock under which operations are added: all have been served.
    }

    @Override
    public boolean withdraw(Pending operation) {
        if (whenWithdrawn != null) {
            return latest.ending() == null && latest.endInsteadOf(operation, this, whenWithdrawn.get());
        }
        lock.lock();
        try {
            return removeLocked(operation);
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public void failAll(Object owner) {
        lock.lock();
        try {
            lock.wakeLater(readers.close(operation -> owner.equals(operation.owner)));
            if (readers.isEmpty()) {
                latest.forgetLocked(this);
            }
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public void recycle(BlockedThread operation) {
        readers.giveBack(operation);
    }

    @Override
    public ChannelClosedException closedException() {
        return Objects.requireNonNull(latest.ending(), "has not ended").exception();
    }
}
