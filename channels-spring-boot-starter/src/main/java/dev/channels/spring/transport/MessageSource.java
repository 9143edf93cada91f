package dev.channels.spring.transport;

/** What the workers of one listener take messages from. */
public interface MessageSource extends AutoCloseable {

    /**
     * Opens a consumer for one worker.
     *
     * @return a consumer of its own
     */
    MessageConsumer newConsumer();

    /**
     * Whether nothing more will come.
     *
     * @return whether workers can end
     */
    boolean isDrained();

    /** Ends the subscription, where there is one. Called when the listener is gone for good. */
    @Override
    void close();
}
