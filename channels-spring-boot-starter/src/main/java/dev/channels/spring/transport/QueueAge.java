package dev.channels.spring.transport;

import dev.channels.ChannelStats;
import dev.channels.Overflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Knows the age of the oldest message without a note on each: every few milliseconds, when something is sent, it notes
 * how many messages had entered by then. The oldest message is the one that entered after all those that have left, so
 * it came after the last note that counts no more than those. Messages that are dropped, or never entered, leave
 * nothing behind here.
 */
final class QueueAge {

    private static final long RESOLUTION = Duration.ofMillis(10).toNanos();
    private static final int MOST_NOTES = 512;

    private final Supplier<ChannelStats> channel;
    private final boolean dropsBeforeEntry;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Note> notes = new ArrayDeque<>();
    private volatile long lastNote = System.nanoTime() - RESOLUTION;

    private record Note(long nanos, long entered) {}

    QueueAge(Supplier<ChannelStats> channel, Overflow overflow) {
        this.channel = channel;
        this.dropsBeforeEntry = overflow == Overflow.DROP_LATEST;
    }

    /** A message is about to enter. No sender waits here for another. */
    void sending(long now) {
        if (now - lastNote >= RESOLUTION && lock.tryLock()) {
            try {
                note(now, channel.get());
            } finally {
                lock.unlock();
            }
        }
    }

    private void note(long now, ChannelStats stats) {
        lastNote = now;
        long left = left(stats);
        long entered = left + stats.size();
        forget(left);
        if (!notes.isEmpty() && notes.getLast().entered() == entered) {
            notes.removeLast();
        }
        notes.add(new Note(now, entered));
        if (notes.size() > MOST_NOTES) {
            thinOut();
        }
    }

    /** Of the notes that were made before the oldest message came, only the last one matters. */
    private void forget(long left) {
        Note latest = null;
        while (!notes.isEmpty() && notes.getFirst().entered() <= left) {
            latest = notes.removeFirst();
        }
        if (latest != null) {
            notes.addFirst(latest);
        }
    }

    private void thinOut() {
        boolean keep = true;
        for (Iterator<Note> each = notes.iterator(); each.hasNext(); keep = !keep) {
            each.next();
            if (!keep) {
                each.remove();
            }
        }
    }

    private long left(ChannelStats stats) {
        return stats.received() + stats.returned() + (dropsBeforeEntry ? 0 : stats.dropped());
    }

    Duration oldest(long now) {
        lock.lock();
        try {
            ChannelStats stats = channel.get();
            if (stats.size() == 0) {
                return Duration.ZERO;
            }
            forget(left(stats));
            return notes.isEmpty()
                    ? Duration.ZERO
                    : Duration.ofNanos(Math.max(0, now - notes.getFirst().nanos()));
        } finally {
            lock.unlock();
        }
    }
}
