package dev.channels.spring;

import java.util.List;

/**
 * A bean that gets the messages which were left behind: accepted, but not handled when the time to shut down was up, or
 * in a channel that has no listener, or given up by their listener and not taken by the dead-letter channel. They are
 * logged with their number in any case.
 */
@FunctionalInterface
public interface AbandonedMessages {

    /**
     * Called once for each channel that left messages behind, while the context closes; and by a listener's worker when
     * a dead-letter channel did not take what it gave up. It should not take long.
     *
     * @param channel the channel's name
     * @param messages the messages, oldest first; those whose listener was interrupted come before those in the queue
     */
    void abandoned(String channel, List<?> messages);
}
