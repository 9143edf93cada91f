package dev.channels;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Futures to complete once the channel's lock is free, by whoever frees it.
 *
 * <p>In order means one after the other, with what depends on it: one thread at a time completes them, another that
 * comes meanwhile leaves its own to that one. But what depends on one may wait for the next. So while others stand behind
 * one that has dependents, a new thread follows, and goes on without them if they take long. A new thread also takes over
 * before dependents of dependents use up the stack.
 */
final class Completions extends SpinLock {

    private static final int DEEPEST = 16;
    private static final Duration GRACE = Duration.ofMillis(10);
    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    private record Completion(CompletableFuture<?> future, Runnable action) {}

    private final boolean inOrder;
    private @Nullable Queue<Completion> waiting;
    private volatile boolean empty = true;
    private @Nullable Completion running;
    private boolean followed;

    Completions(boolean inOrder) {
        this.inOrder = inOrder;
    }

    /** Adds one; may be called under a channel's lock. */
    void add(CompletableFuture<?> future, Runnable action) {
        lockSpinning();
        try {
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
            waiting.add(new Completion(future, action));
            empty = false;
        } finally {
            unlock();
        }
    }

    /** Runs what is there, without a lock. */
    void run() {
        if (!empty) {
            run(null);
        }
    }

    private void run(@Nullable Completion overdue) {
        int depth = DEPTH.get();
        if (depth == DEEPEST) {
            Thread.startVirtualThread(() -> run(overdue));
            return;
        }
        DEPTH.set(depth + 1);
        try {
            for (Completion next = begin(overdue); next != null; next = begin(null)) {
                next.action().run();
                end(next);
            }
        } finally {
            if (depth == 0) {
                DEPTH.remove();
            } else {
                DEPTH.set(depth);
            }
        }
    }

    private @Nullable Completion begin(@Nullable Completion overdue) {
        Completion next = null;
        boolean follow = false;
        lock();
        try {
            if (waiting != null) {
                if (!inOrder || running == null || running.equals(overdue)) {
                    next = waiting.remove();
                    if (waiting.isEmpty()) {
                        waiting = null;
                        empty = true;
                    }
                    running = next;
                }
                follow = inOrder && !followed && waiting != null && (next == null || hasDependents(next));
                followed |= follow;
            }
        } finally {
            unlock();
        }
        if (follow) {
            Thread.startVirtualThread(this::follow);
        }
        return next;
    }

    private static boolean hasDependents(Completion completion) {
        return completion.future().getNumberOfDependents() > 0;
    }

    private void end(Completion done) {
        lock();
        try {
            if (done.equals(running)) {
                running = null;
            }
        } finally {
            unlock();
        }
    }

    /** Waits for the one that runs, but not for long once it is done. */
    private void follow() {
        Completion overdue = null;
        Completion current = current();
        while (current != null) {
            if (current.equals(overdue)) {
                break;
            }
            overdue = current.future().isDone() ? current : null;
            LockSupport.parkNanos(GRACE.toNanos());
            current = current();
        }
        lock();
        try {
            followed = false;
        } finally {
            unlock();
        }
        run(overdue);
    }

    /** The one that runs while others stand behind it. */
    private @Nullable Completion current() {
        lock();
        try {
            return waiting == null ? null : running;
        } finally {
            unlock();
        }
    }
}
