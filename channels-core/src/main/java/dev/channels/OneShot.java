package dev.channels;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One value, once: the two halves of a future. The first of {@link #send}, {@link #fail} and {@link #cancel} decides;
 * the later ones return {@code false} and change nothing.
 *
 * <p>The value stays: every receive returns it, to as many readers as ask. A failure and a cancellation stay likewise.
 *
 * @param <T> the type of the value
 */
public interface OneShot<T> {

    /**
     * Creates one, still without a value.
     *
     * @param <T> the type of the value
     * @return a new one
     */
    static <T> OneShot<T> create() {
        return new StandardOneShot<>();
    }

    /**
     * Sends the value. Never waits.
     *
     * @param value the value
     * @return whether this is now the value; {@code false} if one was sent before, or after {@link #fail} or
     *     {@link #cancel}
     */
    boolean send(T value);

    /**
     * Tells the readers that there will be no value. Never waits.
     *
     * @param cause why, the cause of the {@link ChannelClosedException} that readers get
     * @return whether this decided; {@code false} after {@link #send}, {@link #cancel} or an earlier failure
     */
    boolean fail(Throwable cause);

    /**
     * Returns the value and waits while there is none.
     *
     * @return the value
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     * @throws ChannelClosedException if it failed, with the given cause; or if it was cancelled, with a
     *     {@link java.util.concurrent.CancellationException} as cause
     */
    T receive() throws InterruptedException;

    /**
     * Returns the value and waits at most the given time while there is none.
     *
     * @param timeout how long to wait; zero and negative mean not at all, {@code Duration.ofSeconds(Long.MAX_VALUE)}
     *     means for ever
     * @return the value, or {@code null} if the time ran out
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     * @throws ChannelClosedException if it failed, with the given cause; or if it was cancelled, with a
     *     {@link java.util.concurrent.CancellationException} as cause
     */
    @Nullable T tryReceive(Duration timeout) throws InterruptedException;

    /**
     * Gives up: nobody wants the value any more. Whoever waits for it gets a {@link ChannelClosedException}. Never
     * waits.
     *
     * @return whether this decided; {@code false} after {@link #send}, {@link #fail} or an earlier cancellation
     */
    boolean cancel();

    /**
     * Whether it was cancelled, so that whoever makes the value may stop.
     *
     * @return whether {@link #cancel()} decided
     */
    boolean isCancelled();

    /**
     * The value as a future. Cancelling the future cancels this; so does completing it by hand in another way,
     * {@code orTimeout} included, unless the value was there before.
     *
     * @return a future of the value; it fails with the {@link ChannelClosedException} that {@link #receive()} would
     *     throw
     */
    CompletableFuture<T> toFuture();

    /**
     * The reading half as a receiver, to stand in a select. Every receive from it returns the value, or throws what
     * {@link #receive()} would throw. What takes all there is gets the value once: an iterator, a stream or a subscriber
     * of the publisher then ends normally, a batch is one message.
     *
     * @return the receiver
     */
    Receiver<T> receiver();
}
