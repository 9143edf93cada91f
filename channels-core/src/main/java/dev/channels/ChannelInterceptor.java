package dev.channels;

import org.jspecify.annotations.Nullable;

/**
 * Sees messages enter and leave a channel: the seam for time in queue, context and tracing. Its methods run outside any
 * lock and may use the channel.
 *
 * <p>What a method throws reaches the caller, for asynchronous forms through the future. When {@link #onSend} throws,
 * the message does not enter the channel; when {@link #onReceive} throws, the message counts as received.
 *
 * @param <T> the type of the messages
 */
public interface ChannelInterceptor<T> {

    /**
     * Called at most once for each send, in the sender's thread, before the message can be taken. If the message then
     * does not enter the channel, the result is thrown away.
     *
     * @param message the message
     * @return what to keep beside the message, or {@code null}
     */
    default @Nullable Object onSend(T message) {
        return null;
    }

    /**
     * Called once for each message that is received, in the receiver's thread, before the receive returns; for
     * {@link Receiver#receiveAsync()} in the thread that completes the future. Not called for messages that are dropped
     * or returned.
     *
     * @param message the message
     * @param attachment what {@link #onSend} returned for it
     */
    default void onReceive(T message, @Nullable Object attachment) {}

    /**
     * Called after a send that waited, whether it succeeded or not. Whoever wants to know this alone has it cheaper with
     * {@link Channel.Builder#onSendWaited}.
     *
     * @param nanos how long it waited, in nanoseconds
     */
    default void onSendWaited(long nanos) {}
}
