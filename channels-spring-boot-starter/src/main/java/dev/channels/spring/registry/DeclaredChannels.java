package dev.channels.spring.registry;

import dev.channels.spring.transport.ChannelDefinition;
import org.jspecify.annotations.Nullable;

/** What the properties say of channels. */
public interface DeclaredChannels {

    /**
     * What they say of a name.
     *
     * @param name the name of a channel
     * @return what it is, or {@code null} if they do not declare it
     */
    @Nullable ChannelDefinition find(String name);

    /**
     * What a channel is that was only given a name.
     *
     * @param name its name
     * @return a queue with the defaults
     */
    ChannelDefinition withDefaults(String name);
}
