package dev.channels.benchmarks.spring.common;

/** Where messages go in. A bean of each application. */
@FunctionalInterface
public interface Entrance {

    /**
     * Sends a message, or asks a question and checks the answer.
     *
     * @param message the message
     * @throws Exception if it was refused
     */
    void send(Long message) throws Exception;

    /** Called by each sender in its own thread before its first message. */
    default void begin() {}
}
