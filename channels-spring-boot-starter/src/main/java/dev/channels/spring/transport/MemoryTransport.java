package dev.channels.spring.transport;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.RequestChannel;
import dev.channels.Watch;
import dev.channels.spring.ChannelBuilderCustomizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps messages in this process, in the core's own channels. */
public final class MemoryTransport implements ChannelTransport {

    private final List<ChannelBuilderCustomizer> customizers;
    private final List<InterceptorFactory> interceptors;
    private final Predicate<String> measured;

    /**
     * Creates the transport.
     *
     * @param customizers who may change a channel before it is built
     * @param interceptors who sees its messages
     * @param measured whether time in queue is measured on a channel, by its name
     */
    public MemoryTransport(
            List<ChannelBuilderCustomizer> customizers,
            List<InterceptorFactory> interceptors,
            Predicate<String> measured) {
        this.customizers = List.copyOf(customizers);
        this.interceptors = List.copyOf(interceptors);
        this.measured = measured;
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
        QueueTime time = measured.test(definition.name()) ? new QueueTime() : null;
        List<ChannelInterceptor<Object>> intercepting = interceptorsOf(definition.name(), time);
        if (intercepting.isEmpty()) {
            Channel.Builder<Object> builder = Channel.builder(definition.name());
            prepare(builder, definition, settings);
            return queue(definition, builder.build(), null);
        }
        InterceptedBuilder<Object> builder = new InterceptedBuilder<>(Channel.builder(definition.name()), intercepting);
        prepare(builder, definition, settings);
        Channel<Object> channel = builder.build();
        if (time != null && builder.isFirstInFirstOut()) {
            time.follow(channel, builder.overflow());
        }
        return queue(definition, channel, time);
    }

    private static MemoryQueue queue(ChannelDefinition definition, Channel<Object> channel, @Nullable QueueTime time) {
        Duration limit = definition.sendTimeout();
        return new MemoryQueue(channel, limit == null ? channel : new LimitedChannel<>(channel, limit), time);
    }

    private List<ChannelInterceptor<Object>> interceptorsOf(String channel, @Nullable QueueTime time) {
        List<ChannelInterceptor<Object>> found = new ArrayList<>();
        if (time != null) {
            found.add(time);
        }
        for (InterceptorFactory factory : interceptors) {
            ChannelInterceptor<Object> interceptor = factory.interceptorFor(channel);
            if (interceptor != null) {
                found.add(interceptor);
            }
        }
        return found;
    }

    private void prepare(
            Channel.Builder<Object> builder, ChannelDefinition definition, Consumer<Channel.Builder<Object>> settings) {
        if (definition.capacity() == Integer.MAX_VALUE) {
            builder.unbounded();
        } else {
            builder.capacity(definition.capacity());
        }
        builder.overflow(definition.overflow());
        customizers.forEach(customizer -> customizer.customize(definition.name(), builder));
        settings.accept(builder);
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
