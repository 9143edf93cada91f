package dev.channels.spring;

/**
 * A bean that decides what is done about a listener's failure, before the retries that are configured. There may be
 * several: they are asked in their order, and the first decision that is not {@link Decision#DEFAULT} counts. One that
 * speaks for a single listener asks for its id:
 *
 * <pre>{@code
 * @Bean
 * ChannelListenerErrorHandler ignoreDuplicates() {
 *     return failure -> failure.listener().equals("warehouse") && failure.cause() instanceof DuplicateKeyException
 *             ? Decision.HANDLED
 *             : Decision.DEFAULT;
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ChannelListenerErrorHandler {

    /**
     * Decides about a call that failed. Runs in the listener's thread, after each call that failed; when the cause is an
     * {@link InterruptedException} the thread's interrupt flag is set.
     *
     * @param failure what failed, where, and how often so far
     * @return what is to be done
     * @throws Exception if it cannot decide: that is logged and counts as {@link Decision#DEFAULT}
     */
    Decision onError(ListenerFailure failure) throws Exception;

    /** What is to be done about a failure. */
    enum Decision {

        /** What would be done without this handler: the retries that are configured, then the dead-letter channel. */
        DEFAULT,

        /** Nothing more: the message counts as handled. */
        HANDLED,

        /**
         * The listener is called again, even if the configured retries are used up: after the delay that they give, or
         * at once if they give none. How often is up to the handler. Once the listener has returned, only the send of
         * what it returned is tried again. Where that would be in vain (a channel that is closed, a key that cannot be
         * evaluated, a question whose asker has left) this is {@link #DEAD_LETTER}.
         */
        RETRY,

        /** There are no more retries: the message goes to the dead-letter channel, or is given up if there is none. */
        DEAD_LETTER
    }
}
