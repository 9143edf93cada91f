package dev.channels;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * The asking side of a {@link RequestChannel}. Whoever holds it can ask and cannot close.
 *
 * <p>A request whose requester gave up is abandoned: one that is still in the queue is taken out and counts as dropped,
 * and a late answer goes nowhere.
 *
 * @param <Q> the type of the questions
 * @param <A> the type of the answers
 */
public interface Requester<Q, A> {

    /**
     * Asks and waits for the answer, first for room in the channel while it is full.
     *
     * @param question the question
     * @return the answer
     * @throws InterruptedException if the thread was interrupted on entry, when nothing was asked, or while it waited;
     *     the request is then abandoned
     * @throws RequestFailedException if the answer is a failure, with that failure as cause; or, with a
     *     {@link TimeoutException} as cause, if the time ran out that the channel gives a request
     * @throws ChannelClosedException if the channel is closed, or was closed by {@link RequestChannel#closeNow()}
     *     before the answer came
     */
    A request(Q question) throws InterruptedException;

    /**
     * Asks and waits at most the given time for the answer. The time covers waiting for room, queueing and answering; it
     * takes the place of one that the channel gives.
     *
     * @param question the question
     * @param timeout how long to wait; zero and negative mean not at all, {@code Duration.ofSeconds(Long.MAX_VALUE)}
     *     means for ever
     * @return the answer
     * @throws InterruptedException if the thread was interrupted on entry, when nothing was asked, or while it waited;
     *     the request is then abandoned
     * @throws TimeoutException if the time ran out; the request is then abandoned
     * @throws RequestFailedException if the answer is a failure, with that failure as cause
     * @throws ChannelClosedException if the channel is closed, or was closed by {@link RequestChannel#closeNow()}
     *     before the answer came
     */
    A request(Q question, Duration timeout) throws InterruptedException, TimeoutException;

    /**
     * Asks for a caller that must not block. Completing the future by hand, {@code cancel} and {@code orTimeout}
     * included, abandons the request if it was not answered, and does nothing otherwise. What depends on the future
     * runs outside any lock.
     *
     * @param question the question
     * @return a future of the answer; it fails with {@link RequestFailedException} if the answer is a failure or the time
     *     ran out that the channel gives a request, and with {@link ChannelClosedException} if the channel is closed
     */
    CompletableFuture<A> requestAsync(Q question);
}
