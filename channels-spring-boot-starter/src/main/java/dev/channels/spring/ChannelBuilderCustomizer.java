package dev.channels.spring;

import dev.channels.Channel;

/**
 * A bean that changes channels in memory before they are built: for what properties cannot say, such as
 * {@code onDropped}.
 */
@FunctionalInterface
public interface ChannelBuilderCustomizer {

    /**
     * Called once for each queue in memory that is declared or created, before it is built.
     *
     * @param name the channel's name
     * @param builder its builder, with what the properties say already set
     */
    void customize(String name, Channel.Builder<?> builder);
}
