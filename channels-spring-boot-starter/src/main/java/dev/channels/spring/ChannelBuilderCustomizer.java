package dev.channels.spring;

import dev.channels.Channel;

/**
 * A bean that changes channels in memory before they are built: for what properties cannot say, such as
 * {@code onDropped}. Such a bean is needed before any channel can be made, so it cannot have one injected; what it gives
 * to {@code onDropped} may look one up when it is called, in an {@code ObjectProvider} for instance.
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
