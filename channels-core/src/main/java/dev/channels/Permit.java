package dev.channels;

/**
 * Room for one message in a channel, taken by {@link Channel#reserve()}: the slot now, the message later. Whoever holds
 * it must either send or close it; until then it counts against the channel's capacity, and not in its size.
 *
 * <p>After {@link Channel#close()} a permit may still send, and receivers do not find the end before it was sent or
 * closed. After {@link Channel#closeNow()} it cannot send any more.
 *
 * @param <T> the type of the messages
 */
public interface Permit<T> extends AutoCloseable {

    /**
     * Sends the message into the reserved room and never waits. Its place in the order is that of this call, not that
     * of the reservation. Ignores interrupts.
     *
     * @param message the message
     * @throws IllegalStateException if this permit has sent before or is closed; the message was not sent
     * @throws ChannelClosedException if the channel was closed by {@link Channel#closeNow()}; the message was not sent
     */
    void send(T message);

    /** Gives the room back if nothing was sent, else does nothing. Idempotent; never throws, never waits. */
    @Override
    void close();
}
