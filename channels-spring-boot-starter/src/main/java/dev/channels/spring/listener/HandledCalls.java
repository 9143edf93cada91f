package dev.channels.spring.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/**
 * The calls of one listener that returned. Each worker counts in numbers of its own, so that they do not write to the
 * same one for every message.
 */
final class HandledCalls {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Tally> tallies = new ArrayList<>();
    private final Tally ended = new Tally();

    HandledCalls() {
        tallies.add(ended);
    }

    /** For a worker that begins. */
    Tally begin() {
        Tally tally = new Tally();
        lock.lock();
        try {
            tallies.add(tally);
        } finally {
            lock.unlock();
        }
        return tally;
    }

    /** For a worker that writes no more. */
    void end(Tally tally) {
        lock.lock();
        try {
            tallies.remove(tally);
            ended.add(tally.messages(), tally.nanos());
        } finally {
            lock.unlock();
        }
    }

    long messages() {
        return sum(Tally::messages);
    }

    long nanos() {
        return sum(Tally::nanos);
    }

    private long sum(ToLongFunction<Tally> number) {
        lock.lock();
        try {
            return tallies.stream().mapToLong(number).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Written by one thread, read by any. */
    static final class Tally {

        private final AtomicLong messages = new AtomicLong();
        private final AtomicLong nanos = new AtomicLong();

        void add(long handled, long took) {
            messages.setOpaque(messages.getPlain() + handled);
            nanos.setOpaque(nanos.getPlain() + took);
        }

        private long messages() {
            return messages.getOpaque();
        }

        private long nanos() {
            return nanos.getOpaque();
        }
    }
}
