package dev.channels.spring.registry;

/** Told when channels come and go at run time. */
public interface ChannelRegistryListener {

    /**
     * A channel came. Called also for those that were there when this listener was added.
     *
     * @param channel the channel
     */
    void added(RegisteredChannel channel);

    /**
     * A channel was closed through the registry.
     *
     * @param channel the channel
     */
    void removed(RegisteredChannel channel);
}
