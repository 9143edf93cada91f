package dev.channels;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** How a {@link Latest} ended: what those are told who look for more. */
record Ending(String message, @Nullable Throwable cause, boolean isCancellation) {

    static Ending normal(String message) {
        return new Ending(message, null, false);
    }

    static Ending failure(String message, Throwable cause) {
        return new Ending(message, cause, false);
    }

    static Ending cancellation(String message) {
        return new Ending(message, new CancellationException(message), true);
    }

    ChannelClosedException exception() {
        return new ChannelClosedException(message, cause);
    }
}
