package dev.channels.spring.listener;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The lock of a container, and the waiting for its workers to get somewhere. */
final class Monitor {

    private static final long BETWEEN_QUESTIONS_NANOS = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    <V> V locked(Supplier<V> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Something that is waited for may have come true. With the lock held. */
    void changed() {
        changed.signalAll();
    }

    /** With the lock held. */
    void awaitUninterruptibly(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            changed.awaitUninterruptibly();
        }
    }

    /**
     * Waits for a condition, interrupts or not, because the time is bounded; answers whether it came true. With the lock
     * held.
     */
    boolean await(BooleanSupplier condition, long nanos) {
        return await(condition, nanos, Long.MAX_VALUE);
    }

    /** The same for what nobody tells of: asks again and again. With the lock held. */
    boolean awaitAsking(BooleanSupplier condition, long nanos) {
        return await(condition, nanos, BETWEEN_QUESTIONS_NANOS);
    }

    private boolean await(BooleanSupplier condition, long nanos, long atOnce) {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + nanos;
        while (!condition.getAsBoolean() && deadline - System.nanoTime() > 0) {
            try {
                changed.awaitNanos(Math.min(atOnce, deadline - System.nanoTime()));
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }
}
