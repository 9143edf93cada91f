package dev.channels;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The ways in which a caller completes a future by hand. */
enum ByHand {
    CANCEL,
    COMPLETE,
    COMPLETE_EXCEPTIONALLY,
    COMPLETE_ASYNC,
    COMPLETE_ASYNC_HERE,
    OR_TIMEOUT,
    COMPLETE_ON_TIMEOUT;

    /** Completes the future, with the value if it is given one, and waits until it is done. */
    <T> void end(CompletableFuture<T> future, T value) {
        switch (this) {
            case CANCEL -> future.cancel(true);
            case COMPLETE -> future.complete(value);
            case COMPLETE_EXCEPTIONALLY -> future.completeExceptionally(new IllegalArgumentException());
            case COMPLETE_ASYNC -> future.completeAsync(() -> value);
            case COMPLETE_ASYNC_HERE -> future.completeAsync(() -> value, Runnable::run);
            case OR_TIMEOUT -> future.orTimeout(1, TimeUnit.MILLISECONDS);
            case COMPLETE_ON_TIMEOUT -> future.completeOnTimeout(value, 1, TimeUnit.MILLISECONDS);
        }
        Eventually.eventually(future::isDone);
    }
}
