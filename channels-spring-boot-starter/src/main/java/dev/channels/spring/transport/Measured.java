package dev.channels.spring.transport;

import org.jspecify.annotations.Nullable;

/**
 * What is measured of one channel in memory.
 *
 * @param queueTime how long messages are in it, or {@code null} if that is not switched on
 * @param sendWaits how long sends wait for room, or {@code null} if that is not known
 */
record Measured(@Nullable QueueTime queueTime, @Nullable SendWaits sendWaits) {

    /** Nothing, because the application has built the channel. */
    static final Measured NOTHING = new Measured(null, null);
}
