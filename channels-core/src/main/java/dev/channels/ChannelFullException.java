package dev.channels;

import java.io.Serial;

/** The channel is full and does not wait. The message was not sent. */
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
