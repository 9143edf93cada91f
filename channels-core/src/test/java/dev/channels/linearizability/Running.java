package dev.channels.linearizability;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A started thread, and how its work ended. Lincheck knows only platform threads. */
final class Running {

    private final Thread thread;
    private @Nullable Object result;
    private @Nullable Throwable failure;

    private Running(Callable<?> work) {
        thread = new Thread(() -> {
            try {
                result = work.call();
            } catch (Throwable e) {
                failure = e;
            }
        });
    }

    static Running start(Callable<?> work) {
        Running running = new Running(work);
        running.thread.start();
        return running;
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Waits for its end and tells the result, or the class of what it threw. */
    @Nullable Object outcome() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return failure == null ? result : failure.getClass();
    }
}
