package dev.channels.spring.listener;

/** What a worker does with a message. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles one message.
     *
     * @param message the message
     * @throws Throwable whatever the listener throws: the message counts as failed
     */
    void handle(Object message) throws Throwable;
}
