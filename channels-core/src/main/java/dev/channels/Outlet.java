package dev.channels;

import org.jspecify.annotations.Nullable;

/** Where messages leave a channel. */
interface Outlet extends Port {

    /**
     * Takes the next message, or lets the receive wait.
     *
     * @param wait how to wait; {@code null} to answer {@code null} instead
     * @return the message, {@link Signal#ENDED}, the {@link Pending} that waits, or {@code null} if there is none
     */
    @Nullable Object poll(@Nullable Wait wait);

    /** The next message in the buffer, which stays there; {@code null} if there is none. */
    @Nullable Object peek();

    /** How many messages could be had without waiting. */
    int available();

    /** Whether no message is left and none can come. */
    boolean isEnded();

    /** Whether those who read to the end may take it for the end of the messages. */
    boolean endsNormally();
}
