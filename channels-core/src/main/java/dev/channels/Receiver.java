package dev.channels;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a channel. Several receivers of one channel compete: each message goes to one of them.
 *
 * <p>After {@link Channel#close()} receivers take what is left and then find the end: {@link #receive()} and both forms
 * of {@code tryReceive} throw, iteration and streams end normally. After {@link Channel#close(Throwable)} iteration and
 * streams throw a {@link ChannelClosedException} with that cause instead of ending, so that a failure is not taken for
 * completeness; the same holds after {@link Channel#closeNow()}, which takes messages away.
 *
 * @param <T> the type of the messages
 */
public interface Receiver<T> extends Iterable<T> {

    /**
     * Takes the next message and waits while there is none.
     *
     * @return the message
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; no message was taken
     * @throws ChannelClosedException if the channel is closed and drained
     */
    T receive() throws InterruptedException;

    /**
     * Takes the next message if there is one. Ignores interrupts.
     *
     * @return the message, or {@code null} if there is none now
     * @throws ChannelClosedException if the channel is closed and drained
     */
    @Nullable T tryReceive();

    /**
     * Takes the next message and waits at most the given time while there is none.
     *
     * @param timeout how long to wait; zero and negative mean not at all, {@code Duration.ofSeconds(Long.MAX_VALUE)}
     *     means for ever
     * @return the message, or {@code null} if the time ran out
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; no message was taken
     * @throws ChannelClosedException if the channel is closed and drained
     */
    @Nullable T tryReceive(Duration timeout) throws InterruptedException;

    /**
     * Waits for one message, then takes what else is there without waiting. Messages are taken one by one: one that the
     * target refuses with an exception counts as received, and those after it stay in the channel.
     *
     * @param target where the messages go, in order
     * @param max the most to take, at least 1
     * @return how many were taken; 0 only if the channel was closed without a cause and is drained
     * @throws InterruptedException if the thread was interrupted on entry or while it waited for the first message
     * @throws ChannelClosedException if the channel was closed with a cause, or by {@link Channel#closeNow()}, and is
     *     drained
     * @throws IllegalArgumentException if {@code max} is less than 1
     */
    int receiveMany(Collection<? super T> target, int max) throws InterruptedException;

    /**
     * Waits for one message, then goes on taking until there are {@code max} or the linger time after the first is
     * over. An interrupt or the channel's end during that time ends it: the call returns normally, with the flag kept.
     *
     * @param target where the messages go, in order
     * @param max the most to take, at least 1
     * @param linger how long to wait for more after the first message
     * @return how many were taken; 0 only if the channel was closed without a cause and is drained
     * @throws InterruptedException if the thread was interrupted on entry or while it waited for the first message
     * @throws ChannelClosedException if the channel was closed with a cause, or by {@link Channel#closeNow()}, and is
     *     drained
     * @throws IllegalArgumentException if {@code max} is less than 1
     */
    int receiveMany(Collection<? super T> target, int max, Duration linger) throws InterruptedException;

    /**
     * Takes what is there without waiting, also from senders that wait. Never throws because of a close. Messages are
     * taken one by one: one that the target refuses with an exception counts as received, and those after it stay.
     *
     * @param target where the messages go, in order
     * @param max the most to take
     * @return how many were taken; 0 if there is nothing or {@code max} is less than 1
     */
    int drainTo(Collection<? super T> target, int max);

    /**
     * Looks at the message that is next in the buffer and leaves it there.
     *
     * @return the message, or {@code null} if the buffer is empty (on a rendezvous channel always)
     */
    @Nullable T peek();

    /**
     * Takes the next message for a caller that must not block. Completing the future by hand, {@code cancel} and
     * {@code orTimeout} included, is atomic: either it got a message, or none was taken.
     *
     * @return a future of the message; it fails with {@link ChannelClosedException} if the channel is closed and
     *     drained
     */
    CompletableFuture<T> receiveAsync();

    /**
     * The messages as a sequential stream that waits for each and ends when the channel does. Closing the stream does
     * not close the channel; {@code limit(n)} takes exactly {@code n} messages. Like {@link #iterator()} a step throws
     * {@link java.util.concurrent.CancellationException} when its thread is interrupted, with the flag kept and nothing
     * taken.
     *
     * @return the stream
     */
    Stream<T> stream();

    /**
     * The messages for reactive code. Each subscriber competes as one more receiver, and takes a message only when it
     * has asked for one; after {@code cancel()} it takes none. Its signals run outside any lock.
     *
     * <p>{@link Channel#close()} completes a subscriber once the channel is drained. After
     * {@link Channel#close(Throwable)} and {@link Channel#closeNow()} it gets {@code onError} with the
     * {@link ChannelClosedException}. Asking for less than 1 is {@code onError} with an
     * {@link IllegalArgumentException}.
     *
     * <p>The end needs no demand if it is there when the subscriber comes, or when it has got its last message. Later, a
     * subscriber that has asked for nothing is known nowhere and finds the end when it asks again.
     *
     * @return the publisher
     */
    Flow.Publisher<T> publisher();

    /**
     * Whether everything that was accepted has been taken and nothing more can come.
     *
     * @return whether a receive would throw {@link ChannelClosedException}
     */
    boolean isClosedForReceive();
}
