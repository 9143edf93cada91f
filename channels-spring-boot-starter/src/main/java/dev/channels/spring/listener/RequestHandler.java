package dev.channels.spring.listener;

import dev.channels.Request;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests with what a listener returns. A failure is told to who asked only when the request is given up, so
 * that calls which follow a failed one can still answer.
 */
final class RequestHandler implements MessageHandler {

    private final Call call;
    private final boolean takesRequest;
    private final boolean returnsAnswer;

    /**
     * Creates the handler.
     *
     * @param call what is called
     * @param takesRequest whether it is given the request, not only the question
     * @param returnsAnswer whether the answer is what it returns
     */
    RequestHandler(Call call, boolean takesRequest, boolean returnsAnswer) {
        this.call = call;
        this.takesRequest = takesRequest;
        this.returnsAnswer = returnsAnswer;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void handle(Object message) throws Throwable {
        Request<Object, Object> request = (Request<Object, Object>) message;
        Object answer = call.with(takesRequest ? request : request.question());
        if (answer != null && returnsAnswer) {
            boolean unused = request.reply(answer);
        } else if (returnsAnswer) {
            refuseNull(request);
        }
    }

    /** Nothing is no answer, unless the listener has given one through the request. */
    private void refuseNull(Request<Object, Object> request) {
        IllegalStateException nothing = new IllegalStateException("The listener returned null, which is no answer");
        if (!takesRequest || request.fail(nothing)) {
            throw nothing;
        }
    }

    @Override
    public boolean isWanted(Object message) {
        return !((Request<?, ?>) message).isAbandoned();
    }

    @Override
    public void givenUp(Object message, Throwable cause) {
        boolean unused = ((Request<?, ?>) message).fail(cause);
    }

    /** What is called with a question or a request. */
    @FunctionalInterface
    interface Call {

        @Nullable Object with(Object argument) throws Throwable;
    }
}
