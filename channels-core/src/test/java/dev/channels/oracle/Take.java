package dev.channels.oracle;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Takes the next message, or answers {@code null} at an end that is no failure: what iteration is made of. */
@FunctionalInterface
interface Take<T> {

    @Nullable T next() throws InterruptedException;

    /** The same for callers that cannot throw {@link InterruptedException}. */
    default @Nullable T nextUninterrupted() {
        try {
            return next();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while waiting for a message");
            cancelled.initCause(interrupted);
            throw cancelled;
        }
    }
}
