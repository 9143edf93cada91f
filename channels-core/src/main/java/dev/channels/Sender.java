package dev.channels;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The sending side of a channel. Whoever holds it can send and cannot close.
 *
 * <p>A message that was accepted is received exactly once, or handed to the channel's {@code onDropped} once, or returned
 * by {@link Channel#closeNow()} once. Messages of one sender arrive in the order in which it sent them.
 *
 * @param <T> the type of the messages
 */
public interface Sender<T> {

    /**
     * Sends a message and waits while the channel is full. On a rendezvous channel it returns only after a receiver
     * took the message. A channel whose {@link Overflow} drops never waits here, one that fails throws at once.
     *
     * <p>A sender that already waits when the channel is closed is still served.
     *
     * @param message the message
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; the message was not sent
     * @throws ChannelClosedException if the channel is closed, or was closed by {@link Channel#closeNow()} while this
     *     sender waited; the message was not sent
     * @throws ChannelFullException if the channel is full and its policy is {@link Overflow#FAIL}, or if it was full for
     *     as long as it has its senders wait; the message was not sent
     */
    void send(T message) throws InterruptedException;

    /**
     * Sends a message if that is possible without waiting. Ignores interrupts.
     *
     * @param message the message
     * @return whether this message is now in the channel; {@code false} leaves it with the caller
     * @throws ChannelClosedException if the channel is closed
     */
    boolean trySend(T message);

    /**
     * Sends a message and waits at most the given time while the channel is full.
     *
     * @param message the message
     * @param timeout how long to wait; zero and negative mean not at all, {@code Duration.ofSeconds(Long.MAX_VALUE)}
     *     means for ever
     * @return {@code false} if the time ran out, or that for which the channel has its senders wait, or if the channel
     *     drops or fails when full; then the message is not in the channel and never will be
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; the message was not sent
     * @throws ChannelClosedException if the channel is closed, or was closed by {@link Channel#closeNow()} while this
     *     sender waited
     */
    boolean trySend(T message, Duration timeout) throws InterruptedException;

    /**
     * Sends a message for a caller that must not block. A pending send keeps its place: later sends of the same caller
     * do not overtake it, and the futures of one channel complete in order.
     *
     * <p>Completing the future by hand, {@code cancel} and {@code orTimeout} included, takes the send back if it has
     * not taken effect, and does nothing otherwise. What depends on the future runs outside any lock; it must not
     * wait for a later send on this channel that is still pending, because the futures complete in order.
     *
     * @param message the message
     * @return a future that completes when the message was accepted, or fails with what {@link #send} would throw
     */
    CompletableFuture<Void> sendAsync(T message);

    /**
     * Whether the channel takes no more messages. Senders that already wait may still be served.
     *
     * @return whether a send would throw {@link ChannelClosedException}
     */
    boolean isClosedForSend();
}
