package dev.channels.spring.transport;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.RequestChannel;
import dev.channels.Watch;
import dev.channels.spring.ChannelBuilderCustomizer;
import java.time.Duration;
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
            case WATCH -> openWatch(definition);
            case REQUEST -> openRequests(definition);
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
        Channel<Object> channel = builder.build();
        Duration limit = definition.sendTimeout();
        return limit == null
                ? new MemoryQueue(channel)
                : new MemoryQueue(channel, new LimitedChannel<>(channel, limit));
    }

    private TransportChannel openBroadcast(ChannelDefinition definition) {
        Broadcast.Builder<Object> builder = Broadcast.builder(definition.name())
                .capacity(definition.capacity())
                .overflow(definition.overflow());
        customizers.forEach(customizer -> customizer.customize(definition.name(), builder));
        Broadcast<Object> broadcast = builder.build();
        Duration limit = definition.sendTimeout();
        return limit == null
                ? new MemoryBroadcast(broadcast)
                : new MemoryBroadcast(broadcast, new LimitedBroadcast<>(broadcast, limit));
    }

    private TransportChannel openWatch(ChannelDefinition definition) {
        Watch.Builder<Object> builder = Watch.builder(definition.name());
        customizers.forEach(customizer -> customizer.customize(definition.name(), builder));
        return new MemoryWatch(builder.build());
    }

    private TransportChannel openRequests(ChannelDefinition definition) {
        RequestChannel.Builder<Object, Object> builder = RequestChannel.builder(definition.name());
        if (definition.capacity() == Integer.MAX_VALUE) {
            builder.unbounded();
        } else {
            builder.capacity(definition.capacity());
        }
        customizers.forEach(customizer -> customizer.customize(definition.name(), builder));
        RequestChannel<Object, Object> channel = builder.build();
        Duration limit = definition.requestTimeout();
        return limit == null
                ? new MemoryRequests(channel)
                : new MemoryRequests(channel, new LimitedRequestChannel<>(channel, limit));
    }
}
