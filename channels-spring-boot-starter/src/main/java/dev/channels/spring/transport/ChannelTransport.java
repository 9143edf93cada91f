package dev.channels.spring.transport;

/**
 * Where the messages of a channel are: in memory, or at a broker. A transport is a bean; a channel chooses it by its
 * name, in {@code channels.definitions.<channel>.transport}.
 */
public interface ChannelTransport {

    /** The name of the transport that keeps messages in this process. */
    String MEMORY = "memory";

    /**
     * The name by which channels choose it.
     *
     * @return the name
     */
    String name();

    /**
     * Opens a channel. Called once for each channel, while the context starts.
     *
     * @param definition what the channel is to be
     * @return the open channel
     * @throws IllegalArgumentException if the transport cannot be what the definition says; the message says why
     */
    TransportChannel open(ChannelDefinition definition);
}
