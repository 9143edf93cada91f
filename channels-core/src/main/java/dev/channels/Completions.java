package dev.channels;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Futures to complete once the channel's lock is free. Where order matters one thread at a time completes them, and
 * another that comes meanwhile leaves its own to that one; where it does not, what depends on one may wait for another.
 */
final class Completions {

    private final ReentrantLock lock;
    private final boolean inOrder;
    private @Nullable Queue<Runnable> waiting;
    private volatile boolean empty = true;
    private boolean running;

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
        while (!empty) {
            Runnable completion = begin();
            if (completion == null) {
                return;
            }
            try {
                completion.run();
            } finally {
                end();
            }
        }
    }

    private @Nullable Runnable begin() {
        lock.lock();
        try {
            if (waiting == null || (inOrder && running)) {
                return null;
            }
            running = true;
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
            running = false;
        } finally {
            lock.unlock();
        }
    }
}
