package dev.channels.spring.listener;

import org.jspecify.annotations.Nullable;

/**
 * It was not the listener that failed: its message has a key that cannot be found out, or a context that cannot be
 * restored, or what it returned could not be sent. So it is not called again. Never seen by the application, which gets
 * to see the cause.
 */
final class FailureOutsideListener extends Exception {

    private static final long serialVersionUID = 1L;

    private final Throwable reason;
    private final transient @Nullable Delivery rest;

    /** A failure that trying again would not change. */
    FailureOutsideListener(Throwable reason) {
        this(reason, null);
    }

    /** A failure after which something is left to try again. */
    FailureOutsideListener(Throwable reason, @Nullable Delivery rest) {
        super(null, reason, false, false);
        this.reason = reason;
        this.rest = rest;
    }

    Throwable reason() {
        return reason;
    }

    /** What is still to be sent, or {@code null} if nothing can be tried again. */
    @Nullable Delivery rest() {
        return rest;
    }
}
