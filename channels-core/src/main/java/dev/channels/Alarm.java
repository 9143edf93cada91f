package dev.channels;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Rings once, unless it is cancelled first. It waits among the timeouts of all the futures there are and needs no thread
 * of its own; the thread it rings in belongs to all of them, so nothing may keep that busy.
 */
final class Alarm {

    private final CompletableFuture<Boolean> inTime = new CompletableFuture<>();

    /** Sets it, if it is not cancelled yet. */
    void set(long nanos, Runnable bell) {
        CompletableFuture<?> unused = inTime.completeOnTimeout(true, nanos, TimeUnit.NANOSECONDS)
                .thenAccept(rings -> {
                    if (rings) {
                        bell.run();
                    }
                });
    }

    /** The same for a bell that may run foreign code, which may take long: it rings in a thread of its own. */
    void setForForeignCode(long nanos, Runnable bell) {
        set(nanos, () -> Thread.startVirtualThread(bell));
    }

    void cancel() {
        inTime.complete(false);
    }
}
