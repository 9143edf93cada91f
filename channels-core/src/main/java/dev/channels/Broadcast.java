package dev.channels;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * A channel whose every subscription gets every message sent after {@link #subscribe()} returned. All subscriptions see
 * one order. A message that nobody is subscribed to is dropped and counted.
 *
 * <p>Each subscription has a buffer of its own. When one is full, {@link Overflow#BLOCK} makes senders wait for the
 * slowest, {@link Overflow#DROP_OLDEST} makes that subscription miss messages.
 *
 * @param <T> the type of the messages
 */
public interface Broadcast<T> extends Sender<T>, Monitored, AutoCloseable {

    /**
     * A broadcast whose senders wait for the slowest subscription.
     *
     * @param capacity how many messages each subscription holds, at least 1
     * @param <T> the type of the messages
     * @return a new broadcast
     */
    static <T> Broadcast<T> create(int capacity) {
        return BroadcastBuilder.unnamed().capacity(capacity).build();
    }

    /**
     * Starts to build a broadcast. Unless told otherwise its capacity is 16, senders wait, and nothing is replayed.
     *
     * @param name the broadcast's name, for messages and metrics
     * @return a new builder
     */
    static Builder<Object> builder(String name) {
        return BroadcastBuilder.named(name);
    }

    /**
     * Subscribes to what is sent from now on, after what is replayed. On a closed broadcast the subscription gets the
     * replay and then the end.
     *
     * @return a new subscription, to be closed by the caller
     */
    Subscription<T> subscribe();

    /**
     * How many subscriptions are open.
     *
     * @return the number
     */
    int subscribers();

    /**
     * Closes the broadcast for sending. Subscriptions read what they have, waiting senders are still served. Idempotent.
     */
    @Override
    void close();

    /**
     * Closes the broadcast for sending, for a reason that subscriptions get after what they have. The first close
     * decides the cause.
     *
     * @param cause why
     */
    void close(Throwable cause);

    /**
     * Closes the broadcast at once: waiting senders get a {@link ChannelClosedException} and keep their message.
     * Subscriptions read what they have.
     */
    void closeNow();

    /**
     * Builds broadcasts. Each method returns this builder, and it may build many times; those that take a typed argument
     * narrow the type of the messages.
     *
     * @param <T> the type of the messages, or a supertype of it
     */
    interface Builder<T> {

        /**
         * Sets how many messages each subscription holds.
         *
         * @param capacity the number, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the capacity is less than 1
         */
        Builder<T> capacity(int capacity);

        /**
         * Sets what happens when a subscription is full.
         *
         * @param overflow {@link Overflow#BLOCK} or {@link Overflow#DROP_OLDEST}
         * @return this builder
         * @throws IllegalArgumentException for another policy
         */
        Builder<T> overflow(Overflow overflow);

        /**
         * Sets how many of the newest messages a new subscription begins with.
         *
         * @param messages the number, at most the capacity
         * @return this builder
         * @throws IllegalArgumentException if the number is negative
         */
        Builder<T> replay(int messages);

        /**
         * Sets who sees messages enter and leave. What {@link ChannelInterceptor#onSend} returns is shared by all
         * subscriptions, those that get the message as a replay included; each that receives the message tells
         * {@link ChannelInterceptor#onReceive}.
         *
         * @param interceptor the interceptor
         * @param <S> the type of the messages from here on
         * @return this builder
         */
        <S extends T> Builder<S> interceptor(ChannelInterceptor<? super S> interceptor);

        /**
         * Limits how long a send waits for the slowest subscription, in all forms that wait: {@code send} then throws
         * {@link ChannelFullException}, the future of {@code sendAsync} fails with it, {@code trySend} is {@code false}
         * after this time or its own, whichever is shorter. No subscription gets the message then. It means nothing to a
         * {@link Select}, and nothing with {@link Overflow#DROP_OLDEST}, which never waits.
         *
         * @param timeout the longest wait, more than zero; {@code Duration.ofSeconds(Long.MAX_VALUE)} means for ever, as
         *     without it
         * @return this builder
         * @throws IllegalArgumentException if the time is zero or negative
         */
        Builder<T> sendTimeout(Duration timeout);

        /**
         * Sets who is told of each send that waited, and how long, whether it then succeeded or not; see
         * {@link Channel.Builder#onSendWaited}.
         *
         * @param nanos is given the time in nanoseconds
         * @return this builder
         */
        Builder<T> onSendWaited(LongConsumer nanos);

        /**
         * Builds a broadcast.
         *
         * @param <S> the type of its messages
         * @return a new broadcast
         * @throws IllegalArgumentException if more is to be replayed than a subscription holds
         */
        <S extends T> Broadcast<S> build();
    }
}
