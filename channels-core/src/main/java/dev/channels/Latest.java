package dev.channels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest value, and who waits for the next: what a watch and a one-shot are made of. It knows a {@link Reading} only
 * while somebody waits there, so one that is forgotten is gone.
 *
 * <p>Invariant, whenever the lock is free: nobody waits at a reading that has something to read, and nobody waits at all
 * once it has ended.
 */
final class Latest {

    private final SharedLock lock = new SharedLock();
    private volatile Revision current;
    private volatile @Nullable Ending ending;
    private @Nullable Set<Reading> awaited;
    private long replacedAfterReading;
    private long replacedUnread;

    Latest(@Nullable Object initial) {
        this.current = initial == null ? Revision.NONE : Revision.NONE.next(initial);
    }

    SharedLock lock() {
        return lock;
    }

    Revision current() {
        return current;
    }

    @Nullable Ending ending() {
        return ending;
    }

    /** Writes a value, if one was expected only in place of that; {@code false} if it was another, or after the end. */
    boolean write(Object value, @Nullable Revision expected) {
        lock.lock();
        try {
            if (ending != null || (expected != null && !expected.equals(current))) {
                return false;
            }
            replaceLocked(value);
            serveLocked();
            return true;
        } finally {
            lock.unlockAndWake();
        }
    }

    /** Writes a value and ends, in one; {@code false} after the end. */
    boolean writeLast(Object value, Ending how) {
        lock.lock();
        try {
            if (ending != null) {
                return false;
            }
            replaceLocked(value);
            return endLocked(how);
        } finally {
            lock.unlockAndWake();
        }
    }

    private void replaceLocked(Object value) {
        Revision former = current;
        if (!former.isNone()) {
            if (former.isRead()) {
                replacedAfterReading++;
            } else {
                replacedUnread++;
            }
        }
        current = former.next(value);
    }

    /** Ends; {@code false} if it had ended before. */
    boolean end(Ending how) {
        lock.lock();
        try {
            return endLocked(how);
        } finally {
            lock.unlockAndWake();
        }
    }

    /** Ends because one gives up who waits, and who is not told; {@code false} if that one was settled before. */
    boolean endInsteadOf(Pending operation, Reading reading, Ending how) {
        lock.lock();
        try {
            return reading.removeLocked(operation) && endLocked(how);
        } finally {
            lock.unlockAndWake();
        }
    }

    private boolean endLocked(Ending how) {
        if (ending != null) {
            return false;
        }
        ending = how;
        serveLocked();
        return true;
    }

    private void serveLocked() {
        Set<Reading> readings = awaited;
        if (readings != null) {
            awaited = null;
            for (Reading reading : readings) {
                reading.serveLocked();
                if (reading.isAwaitedLocked()) {
                    awaitLocked(reading);
                }
            }
        }
    }

    /** Notes that somebody waits there. */
    void awaitLocked(Reading reading) {
        if (awaited == null) {
            awaited = new LinkedHashSet<>();
        }
        awaited.add(reading);
    }

    /** Forgets a reading at which nobody waits any more. */
    void forgetLocked(Reading reading) {
        if (awaited != null && awaited.remove(reading) && awaited.isEmpty()) {
            awaited = null;
        }
    }

    /** Its numbers as those of a channel: a value is in until it is replaced, read by somebody or not. */
    ChannelStats stats(String name) {
        lock.lock();
        try {
            int waiting = 0;
            if (awaited != null) {
                for (Reading reading : awaited) {
                    waiting += reading.waiting();
                }
            }
            return new ChannelStats(
                    name,
                    1,
                    current.isNone() ? 0 : 1,
                    0,
                    waiting,
                    current.number(),
                    replacedAfterReading,
                    replacedUnread,
                    0,
                    ending != null);
        } finally {
            lock.unlockAndWake();
        }
    }

    /** Who waits, longest first. */
    List<Waiter> waiters() {
        List<Waiter> waiters = new ArrayList<>();
        lock.lock();
        try {
            if (awaited != null) {
                long now = System.nanoTime();
                awaited.forEach(reading -> reading.describeWaitingLocked(now, waiters));
            }
        } finally {
            lock.unlockAndWake();
        }
        waiters.sort(Comparator.comparing(Waiter::waited).reversed());
        return waiters;
    }
}
