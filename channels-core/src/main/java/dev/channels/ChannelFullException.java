package dev.channels;

import java.io.Serial;

/** The channel is full, and does not wait, or was full for as long as it has its senders wait. Nothing was sent. */
public class ChannelFullException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which channel is full
     */
    public ChannelFullException(String message) {
        super(message);
    }
}
