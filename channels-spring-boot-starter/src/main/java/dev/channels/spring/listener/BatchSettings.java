package dev.channels.spring.listener;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a listener takes batches.
 *
 * @param size how many messages a batch has at most
 * @param linger how long it waits for more after its first message
 * @param requested whether a size is set for this listener or for its channel
 * @param own what is set for this listener alone, for people; {@code null} if nothing is
 */
public record BatchSettings(
        int size,
        Duration linger,
        boolean requested,
        @Nullable String own) {}
