package dev.channels.spring;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.RequestChannel;
import dev.channels.Watch;

/**
 * A bean that changes channels in memory before they are built: for what properties cannot say, such as
 * {@code onDropped}, what a broadcast replays, or the first value of a watch. Such a bean is needed before any channel
 * can be made, so it cannot have one injected; what it gives to {@code onDropped} may look one up when it is called, in
 * an {@code ObjectProvider} for instance.
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

    /**
     * Called once for each broadcast in memory that is declared, before it is built.
     *
     * @param name the broadcast's name
     * @param builder its builder, with what the properties say already set
     */
    default void customize(String name, Broadcast.Builder<?> builder) {}

    /**
     * Called once for each watch that is declared, before it is built.
     *
     * @param name the watch's name
     * @param builder its builder
     */
    default void customize(String name, Watch.Builder<Object> builder) {}

    /**
     * Called once for each request channel in memory that is declared, before it is built.
     *
     * @param name the request channel's name
     * @param builder its builder, with what the properties say already set
     */
    default void customize(String name, RequestChannel.Builder<?, ?> builder) {}
}
