package dev.channels.spring.transport;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.RequestChannel;
import dev.channels.Watch;
import dev.channels.spring.ChannelBuilderCustomizer;
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
            case QUEUE -> openQueue(definition, null);
            case BROADCAST -> openBroadcast(definition);
            case WATCH -> openWatch(definition);
            case REQUEST -> openRequests(definition);
        };
    }

    /**
     * Opens a queue whose last word the caller has.
     *
     * @param definition what the channel is to be
     * @param settings what the caller changes about it, or {@code null}
     * @return the open channel
     */
    public MemoryQueue openQueue(ChannelDefinition definition, @Nullable Consumer<Channel.Builder<Object>> settings) {
        String name = definition.name();
        QueueTime time = timeOf(name);
        Onlookers onlookers = onlookersOf(name, time);
        QueueBuilder<Object> builder = new QueueBuilder<>(Channel.builder(name), onlookers);
        if (definition.capacity() == Integer.MAX_VALUE) {
            builder.unbounded();
        } else {
            builder.capacity(definition.capacity());
        }
        builder.overflow(definition.overflow());
        if (definition.sendTimeout() != null) {
            builder.sendTimeout(definition.sendTimeout());
        }
        for (ChannelBuilderCustomizer customizer : customizers) {
            customizer.customize(name, builder);
        }
        if (settings != null) {
            settings.accept(builder);
        }
        Channel<Object> channel = builder.build();
        if (time != null && builder.isFirstInFirstOut()) {
            time.follow(channel, builder.overflow());
        }
        return new MemoryQueue(channel, new Measured(time, onlookers.waits()));
    }

    private @Nullable QueueTime timeOf(String channel) {
        return measured.test(channel) ? new QueueTime() : null;
    }

    private Onlookers onlookersOf(String channel, @Nullable QueueTime time) {
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
        return new Onlookers(found);
    }

    private TransportChannel openBroadcast(ChannelDefinition definition) {
        String name = definition.name();
        QueueTime time = timeOf(name);
        Onlookers onlookers = onlookersOf(name, time);
        BroadcastBuilder<Object> builder = new BroadcastBuilder<>(Broadcast.builder(name), onlookers);
        builder.capacity(definition.capacity()).overflow(definition.overflow());
        if (definition.sendTimeout() != null) {
            builder.sendTimeout(definition.sendTimeout());
        }
        for (ChannelBuilderCustomizer customizer : customizers) {
            customizer.customize(name, builder);
        }
        return new MemoryBroadcast(builder.build(), new Measured(time, onlookers.waits()));
    }

    private TransportChannel openWatch(ChannelDefinition definition) {
        Watch.Builder<Object> builder = Watch.builder(definition.name());
        for (ChannelBuilderCustomizer customizer : customizers) {
            customizer.customize(definition.name(), builder);
        }
        return new MemoryWatch(builder.build());
    }

    private TransportChannel openRequests(ChannelDefinition definition) {
        String name = definition.name();
        QueueTime time = timeOf(name);
        Onlookers onlookers = onlookersOf(name, time);
        RequestBuilder<Object, Object> builder = new RequestBuilder<>(RequestChannel.builder(name), onlookers);
        if (definition.capacity() == Integer.MAX_VALUE) {
            builder.unbounded();
        } else {
            builder.capacity(definition.capacity());
        }
        if (definition.requestTimeout() != null) {
            builder.requestTimeout(definition.requestTimeout());
        }
        for (ChannelBuilderCustomizer customizer : customizers) {
            customizer.customize(name, builder);
        }
        return new MemoryRequests(builder.build(), new Measured(time, onlookers.waits()));
    }
}
