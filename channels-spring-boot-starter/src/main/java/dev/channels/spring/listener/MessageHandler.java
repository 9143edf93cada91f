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

    /**
     * Whether somebody still wants the message handled. Asked before it is tried again.
     *
     * @param message the message
     * @return whether it is worth a retry
     */
    default boolean isWanted(Object message) {
        return true;
    }

    /**
     * Called once for a message that is given up, after the last call that failed: whoever waits for it is to be told.
     *
     * @param message the message
     * @param cause what the last call threw
     */
    default void givenUp(Object message, Throwable cause) {}
}
