package dev.channels;

/**
 * A question that was received and waits for its answer. The first of {@link #reply} and {@link #fail} answers it; none
 * of its methods waits.
 *
 * @param <Q> the type of the question
 * @param <A> the type of the answer
 */
public interface Request<Q, A> {

    /**
     * What is asked.
     *
     * @return the question
     */
    Q question();

    /**
     * Answers.
     *
     * @param answer the answer
     * @return whether the requester gets this answer; {@code false} if the request was answered or failed before, or is
     *     abandoned
     */
    boolean reply(A answer);

    /**
     * Answers with a failure: the requester gets a {@link RequestFailedException} with this cause.
     *
     * @param cause what went wrong
     * @return whether the requester gets this failure; {@code false} if the request was answered or failed before, or
     *     is abandoned
     */
    boolean fail(Throwable cause);

    /**
     * Whether the requester gave up before there was an answer: its time ran out, it was interrupted, its future was
     * completed by hand, or the channel was closed at once. Whoever works on the answer may stop.
     *
     * @return whether nobody waits for an answer any more though none was given
     */
    boolean isAbandoned();
}
