package dev.channels.oracle;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Futures to complete once the channel's lock is free, by whoever frees it.
 *
 * <p>In order means that one is complete before the next; what depends on it may still run. So one thread at a time
 * completes them, another that comes meanwhile leaves its own to that one, and where a dependent comes back to the
 * channel, the rest goes to a new thread: the dependent may wait for it. A new thread also takes over before dependents
 * of dependents use up the stack.
 */
final class Completions {

    private static final int DEEPEST = 16;
    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    private final ReentrantLock lock;
    private final boolean inOrder;
    private @Nullable Queue<Runnable> waiting;
    private volatile boolean empty = true;
    private @Nullable Thread runner;

    Completions(ReentrantLock lock, boolean inOrder) {
        this.lock = lock;
        this.inOrder = inOrder;
    }

    /** Adds one, under the lock. */
    void add(Runnable completion) {
        if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.add(completion);
        empty = false;
    }

    /** Runs what is there, without the lock. */
    void run() {
        if (empty) {
            return;
        }
        int depth = DEPTH.get();
        if (leaveRunning() || depth == DEEPEST) {
            Thread.startVirtualThread(this::run);
            return;
        }
        DEPTH.set(depth + 1);
        try {
            for (Runnable next = begin(); next != null; next = begin()) {
                next.run();
            }
        } finally {
            end();
            if (depth == 0) {
                DEPTH.remove();
            } else {
                DEPTH.set(depth);
            }
        }
    }

    /** Whether this thread is in the middle of a completion and leaves the others to a new thread. */
    private boolean leaveRunning() {
        lock.lock();
        try {
            boolean nested = inOrder && Thread.currentThread().equals(runner);
            if (nested) {
                runner = null;
            }
            return nested;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable begin() {
        lock.lock();
        try {
            if (inOrder && runner != null && !runner.equals(Thread.currentThread())) {
                return null;
            }
            runner = null;
            if (waiting == null) {
                return null;
            }
            runner = Thread.currentThread();
            Runnable completion = waiting.remove();
            if (waiting.isEmpty()) {
                waiting = null;
                empty = true;
            }
            return completion;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            if (Thread.currentThread().equals(runner)) {
                runner = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
