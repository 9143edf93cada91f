package dev.channels;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A channel: senders put messages in, receivers take them out, each waits for the other when it has to.
 *
 * <p>Messages of one sender arrive in order, unless the channel was built with {@link Builder#priority priority} or
 * {@link Builder#lifo() lifo}, which order what is in the buffer. Blocked senders and receivers are served oldest first.
 * Every operation may be used from platform and virtual threads alike. {@code null} is no message.
 *
 * @param <T> the type of the messages
 */
public interface Channel<T> extends Sender<T>, Receiver<T>, Monitored, AutoCloseable {

    /**
     * A channel without a buffer: a send returns when a receiver took the message.
     *
     * @param <T> the type of the messages
     * @return a new channel
     */
    static <T> Channel<T> rendezvous() {
        return ChannelBuilder.unnamed("rendezvous").capacity(0).build();
    }

    /**
     * A channel that holds at most {@code capacity} messages; senders wait while it is full.
     *
     * @param capacity how many messages it holds, exactly; 0 makes a rendezvous channel
     * @param <T> the type of the messages
     * @return a new channel
     * @throws IllegalArgumentException if the capacity is negative
     */
    static <T> Channel<T> bounded(int capacity) {
        return capacity == 0
                ? rendezvous()
                : ChannelBuilder.unnamed("bounded").capacity(capacity).build();
    }

    /**
     * A channel without a limit. Senders never wait, so nothing holds back a producer that is too fast.
     *
     * @param <T> the type of the messages
     * @return a new channel
     */
    static <T> Channel<T> unbounded() {
        return ChannelBuilder.unnamed("unbounded").unbounded().build();
    }

    /**
     * A channel that keeps the newest message only. Those it replaces count as dropped.
     *
     * @param <T> the type of the messages
     * @return a new channel
     */
    static <T> Channel<T> conflated() {
        return ChannelBuilder.unnamed("conflated")
                .capacity(1)
                .overflow(Overflow.DROP_OLDEST)
                .build();
    }

    /**
     * Starts to build a channel. Unless told otherwise it has capacity 0 and senders wait.
     *
     * @param name the channel's name, for messages and metrics
     * @return a new builder
     */
    static Builder<Object> builder(String name) {
        return ChannelBuilder.named(name);
    }

    /**
     * A receiver that gets one message after a time, the instant at which it was due, and is then closed. It needs no
     * closing: one that is forgotten costs nothing.
     *
     * @param delay how long from now; zero and negative mean now, {@code Duration.ofSeconds(Long.MAX_VALUE)} means
     *     never
     * @return a new receiver
     */
    static Receiver<Instant> after(Duration delay) {
        return Timers.after(delay);
    }

    /**
     * A receiver that gets a message again and again, the instant at which it was due, first after one period and
     * without drift. A slow reader finds one tick and no burst. It needs no closing: one that is forgotten costs
     * nothing.
     *
     * @param period the time from one tick to the next
     * @return a new receiver
     * @throws IllegalArgumentException if the period is zero or negative
     */
    static Receiver<Instant> tick(Duration period) {
        return Timers.tick(period);
    }

    /**
     * A receiver that never gets a message and never closes.
     *
     * @param <T> the type of the messages
     * @return the receiver
     */
    static <T> Receiver<T> never() {
        return Timers.never();
    }

    /**
     * How many messages are in the buffer. Exact, and never more than {@link #capacity()}.
     *
     * @return the number
     */
    int size();

    /**
     * How many sends wait for room, pending asynchronous ones included.
     *
     * @return the number, exact when the channel is at rest
     */
    int blockedSenders();

    /**
     * How many receives wait for a message, pending asynchronous ones included.
     *
     * @return the number, exact when the channel is at rest
     */
    int blockedReceivers();

    /**
     * Closes the channel for sending. What was accepted is still delivered, and senders that already wait are still
     * served, in order. Idempotent; never throws, never waits.
     */
    @Override
    void close();

    /**
     * Closes the channel for sending, for a reason: what was accepted is still delivered, then receivers get a
     * {@link ChannelClosedException} with this cause. The first close decides the cause, also when it gave none.
     *
     * @param cause why
     */
    void close(Throwable cause);

    /**
     * Closes the channel at once: waiting senders and receivers get a {@link ChannelClosedException}, and what was in
     * the buffer is handed back. Senders that waited keep their message; it is not in the list.
     *
     * @return the messages that nobody will receive, in the order in which they would have been received; empty at a
     *     second call
     */
    List<T> closeNow();

    /**
     * Closes the channel at once, for a reason. If it was closed before, the first cause stays.
     *
     * @param cause why
     * @return the messages that nobody will receive, in the order in which they would have been received; empty at a
     *     second call
     */
    List<T> closeNow(Throwable cause);

    /**
     * Takes room for one message, to be sent later through the permit, and waits while the channel is full. A channel
     * whose {@link Overflow} drops never waits here, one that fails throws at once. A permit that is held counts against
     * the capacity and not in {@link #size()}.
     *
     * @return a permit, to be sent or closed by the caller
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; no room was taken
     * @throws ChannelClosedException if the channel is closed, or was closed in any way while this caller waited
     * @throws ChannelFullException if the channel is full and its policy is {@link Overflow#FAIL}, or if it was full for
     *     as long as it has its senders wait
     * @throws UnsupportedOperationException if the capacity is 0
     */
    Permit<T> reserve() throws InterruptedException;

    /**
     * Counts one more sender. When every handle made here is closed, the channel closes, with the cause that the last
     * one gave. The channel itself is no handle and may be used beside them. On a closed channel the handle behaves as
     * closed.
     *
     * @return a new handle, to be closed by the caller
     */
    SenderHandle<T> newSender();

    /**
     * Counts one more receiver. When every handle made here is closed, the channel closes at once: waiting senders get a
     * {@link ChannelClosedException} and keep their message, and what was in the buffer goes to {@code onDropped} and
     * counts as dropped. The channel itself is no handle and may be used beside them. On a closed channel the handle
     * behaves as closed.
     *
     * @return a new handle, to be closed by the caller
     */
    ReceiverHandle<T> newReceiver();

    /**
     * Builds channels. Each method returns this builder, and it may build many times; those that take a typed argument
     * narrow the type of the messages.
     *
     * @param <T> the type of the messages, or a supertype of it
     */
    interface Builder<T> {

        /**
         * Limits the buffer. Between this and {@link #unbounded()} the last call wins.
         *
         * @param capacity how many messages, exactly; 0 for a rendezvous channel
         * @return this builder
         * @throws IllegalArgumentException if the capacity is negative
         */
        Builder<T> capacity(int capacity);

        /**
         * Takes the limit away.
         *
         * @return this builder
         */
        Builder<T> unbounded();

        /**
         * Sets what a send does when the channel is full.
         *
         * @param overflow the policy, {@link Overflow#BLOCK} by default
         * @return this builder
         */
        Builder<T> overflow(Overflow overflow);

        /**
         * Lets receivers take the least message first instead of the first one sent; those that compare as equal keep
         * their order. It orders the buffer, so the capacity must be at least 1: senders that wait enter oldest first,
         * whatever their message. {@link Overflow#DROP_OLDEST} then drops what would be received last: the greatest,
         * among equals the one that came last, be it the new message itself. Excludes {@link #lifo()}.
         *
         * @param order what comes first is the least
         * @param <S> the type of the messages from here on
         * @return this builder
         */
        <S extends T> Builder<S> priority(Comparator<? super S> order);

        /**
         * Lets receivers take the newest message in the buffer first, so the capacity must be at least 1. Senders that
         * wait enter oldest first. {@link Overflow#DROP_OLDEST} drops what would be received last: the message that has
         * been in the buffer longest. Excludes {@link #priority}.
         *
         * @return this builder
         */
        Builder<T> lifo();

        /**
         * Sets who gets the messages that were accepted and then dropped. Called outside any lock, in the thread of
         * the send that dropped it. What it throws goes to that thread's uncaught-exception handler.
         *
         * @param consumer what to do with a dropped message
         * @param <S> the type of the messages from here on
         * @return this builder
         */
        <S extends T> Builder<S> onDropped(Consumer<? super S> consumer);

        /**
         * Sets who sees messages enter and leave.
         *
         * @param interceptor the interceptor
         * @param <S> the type of the messages from here on
         * @return this builder
         */
        <S extends T> Builder<S> interceptor(ChannelInterceptor<? super S> interceptor);

        /**
         * Limits how long a send waits, in all forms that wait: {@code send} and {@code reserve} then throw
         * {@link ChannelFullException}, the future of {@code sendAsync} fails with it, {@code trySend} is {@code false}
         * after this time or its own, whichever is shorter. Nothing was sent then, and no room taken. It holds for
         * handles too, and means nothing where the {@link Overflow} policy never waits.
         *
         * <p>A {@link Select} that sends is not limited by it: it waits for other things as well, and has
         * {@link Select#timeout} for all of them.
         *
         * @param timeout the longest wait, more than zero; {@code Duration.ofSeconds(Long.MAX_VALUE)} means for ever, as
         *     without it
         * @return this builder
         * @throws IllegalArgumentException if the time is zero or negative
         */
        Builder<T> sendTimeout(Duration timeout);

        /**
         * Sets who is told of each send that waited, and how long, whether it then succeeded or not: what
         * {@link ChannelInterceptor#onSendWaited} is told, without what an interceptor costs for each message. Called
         * outside any lock, in the thread of the send, for {@code sendAsync} in the one that ends it. What it throws goes
         * to that thread's uncaught-exception handler and changes nothing about the send.
         *
         * @param nanos is given the time in nanoseconds
         * @return this builder
         */
        Builder<T> onSendWaited(LongConsumer nanos);

        /**
         * Builds a channel.
         *
         * @param <S> the type of its messages
         * @return a new channel
         * @throws IllegalStateException if both {@link #priority} and {@link #lifo()} were asked for, or
         *     one of them with capacity 0
         */
        <S extends T> Channel<S> build();
    }
}
