package dev.channels;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One operation that waits on a channel.
 *
 * @param thread the thread that is blocked, or {@code null} for a pending asynchronous operation
 * @param side what it waits to do
 * @param waited for how long it has waited
 */
public record Waiter(@Nullable Thread thread, Side side, Duration waited) {

    /** What an operation waits to do. */
    public enum Side {
        /** It has a message to send. */
        SEND,
        /** It wants a message. */
        RECEIVE
    }
}
