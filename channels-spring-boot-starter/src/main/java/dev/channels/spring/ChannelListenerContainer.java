package dev.channels.spring;

/** Runs one listener: its workers take messages from the channel and call the method. Safe for use by many threads. */
public interface ChannelListenerContainer {

    /**
     * The listener's id.
     *
     * @return the id
     */
    String id();

    /** Starts the workers. Does nothing if it runs. A container that was stopped may be started again. */
    void start();

    /**
     * Stops the workers and waits, however long it takes, until the messages in hand are finished or somebody starts it
     * again. What is in the channel stays there. A listener may stop its own container; its own message is not waited
     * for.
     */
    void stop();

    /**
     * Stops taking. When this returns, no worker takes another message; those in hand are finished, and are not waited
     * for. Sends go on until the channel is full. The container still runs; pausing a container that does not run has no effect.
     */
    void pause();

    /** Goes on taking after {@link #pause()}. */
    void resume();

    /**
     * Whether it was paused.
     *
     * @return whether it runs and takes nothing
     */
    boolean isPaused();

    /**
     * Whether it was started and not stopped.
     *
     * @return whether it runs
     */
    boolean isRunning();

    /**
     * Changes the number of workers. Those that are too many finish what they have in hand.
     *
     * @param range a number such as {@code 8}, or a range such as {@code 2-16}
     * @throws IllegalArgumentException if it is neither; nothing changes then
     */
    void setConcurrency(String range);
}
