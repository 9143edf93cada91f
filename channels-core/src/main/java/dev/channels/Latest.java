package dev.channels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private volatile @Nullable Set<Reading> awaited;

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
            current = current.next(value);
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
            current = current.next(value);
            return endLocked(how);
        } finally {
            lock.unlockAndWake();
        }
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
        Set<Reading> readings = awaited;
        if (readings == null) {
            readings = ConcurrentHashMap.newKeySet();
            awaited = readings;
        }
        readings.add(reading);
    }

    /** Forgets a reading at which nobody waits any more. */
    void forgetLocked(Reading reading) {
        Set<Reading> readings = awaited;
        if (readings != null && readings.remove(reading) && readings.isEmpty()) {
            awaited = null;
        }
    }

    /** Its numbers as those of a channel: a value is in until it is replaced, read by somebody or not. Takes no lock. */
    ChannelStats stats(String name) {
        int waiting = 0;
        Set<Reading> readings = awaited;
        if (readings != null) {
            for (Reading reading : readings) {
                waiting += reading.waiting();
            }
        }
        Revision last = current;
        int size = last.isNone() ? 0 : 1;
        long dropped = last.unreadBefore();
        return new ChannelStats(
                name, 1, size, 0, waiting, last.number(), last.number() - size - dropped, dropped, 0, ending != null);
    }

    /** Who waits, longest first. */
    List<Waiter> waiters() {
        List<Waiter> waiters = new ArrayList<>();
        lock.lock();
        try {
            Set<Reading> readings = awaited;
            if (readings != null) {
                long now = System.nanoTime();
                readings.forEach(reading -> reading.describeWaitingLocked(now, waiters));
            }
        } finally {
            lock.unlockAndWake();
        }
        waiters.sort(Comparator.comparing(Waiter::waited).reversed());
        return waiters;
    }
}
