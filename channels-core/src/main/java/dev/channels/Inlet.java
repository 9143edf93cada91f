package dev.channels;

import org.jspecify.annotations.Nullable;

/** Where messages enter a channel. They come as they are, or in an {@link Envelope} if there is an interceptor. */
interface Inlet extends Port {

    /**
     * Takes a message, or lets the send wait.
     *
     * @param wait how to wait; {@code null} to answer {@link Signal#FULL} instead
     * @return {@link Signal#TAKEN}, {@link Signal#FULL}, {@link Signal#CLOSED}, or the {@link Pending} that waits
     */
    Object offer(Object message, @Nullable Wait wait);

    /**
     * Takes a message; if there is no room the oldest goes.
     *
     * @param acceptAnyway whether to take and drop the message itself if no other may go
     * @return {@link Signal#TAKEN}, {@link Signal#FULL}, {@link Signal#CLOSED}, or the message that was dropped
     */
    Object offerReplacing(Object message, boolean acceptAnyway);

    /** Counts a message that was accepted and dropped in one; {@code false} if the channel is closed. */
    boolean refuse();

    /**
     * Sets room aside for a message, as {@link #offer} would take the message {@link Reserved#ROOM}.
     *
     * @return {@link Signal#TAKEN}, {@link Signal#FULL}, {@link Signal#CLOSED}, or the {@link Pending} that waits
     */
    default Object reserve(@Nullable Wait wait) {
        return offer(Reserved.ROOM, wait);
    }

    /** Uses room that was set aside; {@code false} if the channel was closed at once. */
    boolean redeem(Object message);

    /** Gives room back that was set aside. */
    void release();

    boolean isClosed();
}
