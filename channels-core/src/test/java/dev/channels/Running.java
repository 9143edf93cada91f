package dev.channels;

import java.time.Duration;
import java.util.concurrent.Callable;

/** A started thread: it can be interrupted, and waited for to get its result or what it threw. */
final class Running<T> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Thread thread;
    private T result;
    private Throwable failure;
    private boolean flag;

    private Running() {}

    static <T> Running<T> start(Thread.Builder builder, Callable<T> work) {
        Running<T> running = new Running<>();
        running.thread = builder.unstarted(() -> running.call(work));
        running.thread.start();
        return running;
    }

    private void call(Callable<T> work) {
        try {
            result = work.call();
        } catch (Throwable e) {
            failure = e;
        } finally {
            flag = Thread.currentThread().isInterrupted();
        }
    }

    Thread thread() {
        return thread;
    }

    boolean isDone() {
        return !thread.isAlive();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Waits until the thread has ended, however it ended. */
    void join() throws InterruptedException {
        if (!thread.join(PATIENCE)) {
            AssertionError stuck = new AssertionError(thread + " is stuck");
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
    }

    /** Waits until the thread has ended and tells its result. */
    T result() throws InterruptedException {
        join();
        if (failure != null) {
            throw new AssertionError(thread + " failed", failure);
        }
        return result;
    }

    /** Waits until the thread has ended and tells what it threw. */
    Throwable failure() throws InterruptedException {
        join();
        if (failure == null) {
            throw new AssertionError(thread + " should have failed, but returned " + result);
        }
        return failure;
    }

    /** Waits until the thread has ended and tells what it threw, {@code null} if it returned normally. */
    Throwable failureIfAny() throws InterruptedException {
        join();
        return failure;
    }

    /** Waits until the thread has ended and tells whether its interrupt flag was set then. */
    boolean endedInterrupted() throws InterruptedException {
        join();
        return flag;
    }
}
