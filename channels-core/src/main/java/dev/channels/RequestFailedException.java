package dev.channels;

import java.io.Serial;

/**
 * A request was answered with a failure, which is the cause; or it had no answer in the time that its channel gives, then
 * the cause is a {@link java.util.concurrent.TimeoutException}. The message names the channel.
 */
public class RequestFailedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which channel the request was made on
     * @param cause the failure given as the answer
     */
    public RequestFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
