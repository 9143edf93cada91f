package dev.channels;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A channel of questions, each of which is answered to the one who asked. Those who answer receive a {@link Request} and
 * reply to it or fail it; several of them compete, and each request goes to one.
 *
 * <p>The size in its numbers is that of the queue: requests that were taken and are not answered yet are not in it.
 *
 * @param <Q> the type of the questions
 * @param <A> the type of the answers
 */
public interface RequestChannel<Q, A> extends Requester<Q, A>, Receiver<Request<Q, A>>, Monitored, AutoCloseable {

    /**
     * A request channel whose queue holds at most {@code capacity} requests; requesters wait for room while it is full.
     *
     * @param capacity how many requests, exactly; 0 means that a request goes straight to one who receives
     * @param <Q> the type of the questions
     * @param <A> the type of the answers
     * @return a new request channel
     * @throws IllegalArgumentException if the capacity is negative
     */
    static <Q, A> RequestChannel<Q, A> bounded(int capacity) {
        return RequestChannelBuilder.<Q, A>unnamed().capacity(capacity).build();
    }

    /**
     * Starts to build a request channel. Unless told otherwise its capacity is 0.
     *
     * @param name the channel's name, for messages and metrics
     * @param <Q> the type of the questions
     * @param <A> the type of the answers
     * @return a new builder
     */
    static <Q, A> Builder<Q, A> builder(String name) {
        return RequestChannelBuilder.named(name);
    }

    /**
     * Closes the channel for asking. Requests that are queued can still be taken and answered, and requesters that wait
     * for room are still served, in order. Idempotent; never throws, never waits.
     */
    @Override
    void close();

    /**
     * Closes the channel for asking, for a reason: what is queued can still be answered, then receivers get a
     * {@link ChannelClosedException} with this cause. The first close decides the cause, also when it gave none.
     *
     * @param cause why
     */
    void close(Throwable cause);

    /**
     * Closes the channel at once: waiting receivers get a {@link ChannelClosedException}, and so does every requester
     * that has no answer yet, whether it waits for room or its request is queued or taken. The requests that were queued
     * are handed back, abandoned: they are there to be looked at, not answered.
     *
     * @return the requests that nobody will receive, oldest first; empty at a second call
     */
    List<Request<Q, A>> closeNow();

    /**
     * Builds request channels. Each method returns this builder, and it may build many times.
     *
     * @param <Q> the type of the questions
     * @param <A> the type of the answers
     */
    interface Builder<Q, A> {

        /**
         * Limits the queue. Between this and {@link #unbounded()} the last call wins.
         *
         * @param capacity how many requests, exactly; 0 means that a request goes straight to one who receives
         * @return this builder
         * @throws IllegalArgumentException if the capacity is negative
         */
        Builder<Q, A> capacity(int capacity);

        /**
         * Takes the limit away.
         *
         * @return this builder
         */
        Builder<Q, A> unbounded();

        /**
         * Sets who sees requests enter and leave the queue.
         *
         * @param interceptor the interceptor
         * @return this builder
         */
        Builder<Q, A> interceptor(ChannelInterceptor<? super Request<Q, A>> interceptor);

        /**
         * Limits how long a request waits that is not given a time: for room, in the queue and for the answer together.
         * {@link Requester#request(Object)} then throws {@link RequestFailedException}, the future of
         * {@link Requester#requestAsync} fails with it, and its cause is a
         * {@link java.util.concurrent.TimeoutException}. The request is abandoned.
         * {@link Requester#request(Object, Duration)} waits for the time it is given, be that shorter or longer.
         *
         * @param timeout the longest wait, more than zero; {@code Duration.ofSeconds(Long.MAX_VALUE)} means for ever, as
         *     without it
         * @return this builder
         * @throws IllegalArgumentException if the time is zero or negative
         */
        Builder<Q, A> requestTimeout(Duration timeout);

        /**
         * Sets who is told of each request that waited for room, and how long, whether it then got it or not; see
         * {@link Channel.Builder#onSendWaited}.
         *
         * @param nanos is given the time in nanoseconds
         * @return this builder
         */
        Builder<Q, A> onSendWaited(LongConsumer nanos);

        /**
         * Builds a request channel.
         *
         * @return a new request channel
         */
        RequestChannel<Q, A> build();
    }
}
