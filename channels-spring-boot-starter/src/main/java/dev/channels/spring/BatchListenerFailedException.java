package dev.channels.spring;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a listener that takes batches, to say which message of the list failed. Those before it count as handled;
 * retry and dead letters concern those from it on.
 */
public class BatchListenerFailedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Where in the list the message is. */
    private final int index;

    /**
     * Creates the exception.
     *
     * @param message what went wrong
     * @param index the place of the failed message in the list, from 0 on
     */
    public BatchListenerFailedException(String message, int index) {
        this(message, null, index);
    }

    /**
     * Creates the exception.
     *
     * @param message what went wrong
     * @param cause why
     * @param index the place of the failed message in the list, from 0 on
     */
    public BatchListenerFailedException(String message, @Nullable Throwable cause, int index) {
        super(message, cause);
        this.index = index;
    }

    /**
     * The place of the failed message in the list that the listener was called with.
     *
     * @return the index, from 0 on; one that is not in the list is taken for 0
     */
    public int index() {
        return index;
    }
}
