package dev.channels.spring.listener;

import org.jspecify.annotations.Nullable;

/** What there is around the handling of each message of one listener: a context, an observation. */
public interface MessageSurroundings {

    /** Called once in the thread of each worker, before it takes its first message. */
    default void workerStarted() {}

    /**
     * Called before a message is handled, in the worker's thread. What it throws is a failure of the message,
     * for which the listener is not called.
     *
     * @param message the message
     * @return what to end when the message is done with, in the same thread
     */
    Scope enter(Object message);

    /** The handling of one message. */
    interface Scope {

        /**
         * The message is given up.
         *
         * @param failure what the listener threw
         */
        default void failed(Throwable failure) {}

        /** The message is done with, handled or not. */
        void leave();
    }

    /** Makes the surroundings of listeners. */
    @FunctionalInterface
    interface Factory {

        /**
         * Called once for each listener, before it takes messages.
         *
         * @param listener what the listener is
         * @return its surroundings, or {@code null} if it needs none
         */
        @Nullable MessageSurroundings surround(ListenerDefinition listener);
    }
}
