package dev.channels.spring;

import java.io.Serial;

/**
 * The application asks for channels or listeners that cannot be. Thrown while the context starts; the failure analysis
 * prints what is wrong, where, and what to write instead.
 */
public class ChannelConfigurationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What to write instead. */
    private final String action;

    /**
     * Creates the exception.
     *
     * @param description what is wrong, and where
     * @param action what to write instead
     */
    public ChannelConfigurationException(String description, String action) {
        super(description);
        this.action = action;
    }

    /**
     * What to write instead.
     *
     * @return a sentence for the user
     */
    public String action() {
        return action;
    }
}
