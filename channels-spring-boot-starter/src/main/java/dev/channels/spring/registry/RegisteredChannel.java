package dev.channels.spring.registry;

import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.StandIn;
import dev.channels.spring.transport.TransportChannel;

/**
 * A channel of the application context.
 *
 * @param definition what it is
 * @param channel where its messages are
 */
public record RegisteredChannel(ChannelDefinition definition, TransportChannel channel) {

    /**
     * Its name.
     *
     * @return the name
     */
    public String name() {
        return definition.name();
    }

    /**
     * Whether a test has put something else in its place, from which nothing can be taken.
     *
     * @return whether it has
     */
    public boolean isReplaced() {
        return channel instanceof StandIn;
    }
}
