package dev.channels.spring.transport;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.spring.ChannelBuilderCustomizer;
import java.util.List;
import java.util.function.Consumer;

/** Keeps messages in this process, in the core's own channels. */
public final class MemoryTransport implements ChannelTransport {

    private final List<ChannelBuilderCustomizer> customizers;

    /**
     * Creates the transport.
     *
     * @param customizers who may change a channel before it is built
     */
    public MemoryTransport(List<ChannelBuilderCustomizer> customizers) {
        this.customizers = List.copyOf(customizers);
    }

    @Override
    public String name() {
        return MEMORY;
    }

    @Override
    public TransportChannel open(ChannelDefinition definition) {
        return switch (definition.kind()) {
            case QUEUE -> openQueue(definition, builder -> {});
            case BROADCAST -> openBroadcast(definition);
        };
    }

    /**
     * Opens a queue whose last word the caller has.
     *
     * @param definition what the channel is to be
     * @param settings what the caller changes about it
     * @return the open channel
     */
    public MemoryQueue openQueue(ChannelDefinition definition, Consumer<Channel.Builder<Object>> settings) {
        Channel.Builder<Object> builder = Channel.builder(definition.name());
        if (definition.capacity() == Integer.MAX_VALUE) {
            builder.unbounded();
        } else {
            builder.capacity(definition.capacity());
        }
        builder.overflow(definition.overflow());
        customizers.forEach(customizer -> customizer.customize(definition.name(), builder));
        settings.accept(builder);
        return new MemoryQueue(builder.build());
    }

    private static TransportChannel openBroadcast(ChannelDefinition definition) {
        return new MemoryBroadcast(Broadcast.builder(definition.name())
                .capacity(definition.capacity())
                .overflow(definition.overflow())
                .build());
    }
}
