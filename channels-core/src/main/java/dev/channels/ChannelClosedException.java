package dev.channels;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The channel is closed. Its cause is the one that was given to {@code close(cause)}; its message names the channel. */
public class ChannelClosedException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which channel is closed
     * @param cause the cause given at the close, or {@code null} if there was none
     */
    public ChannelClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
