package dev.channels.spring.registry;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.Overflow;
import dev.channels.RequestChannel;
import dev.channels.Requester;
import dev.channels.Sender;
import dev.channels.Watch;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.ChannelTransport;
import dev.channels.spring.transport.MemoryBroadcast;
import dev.channels.spring.transport.MemoryQueue;
import dev.channels.spring.transport.MemoryRequests;
import dev.channels.spring.transport.MemoryWatch;
import dev.channels.spring.transport.TransportChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** Finds the channels that are beans: those that are lazy or were not made yet, and those of the application's own. */
final class ApplicationChannels {

    /** A bean may be declared as one side of its channel only. */
    private static final List<Class<?>> TYPES = List.of(Sender.class, Watch.class, Requester.class);

    private final ConfigurableListableBeanFactory beans;
    private final DefaultChannelRegistry registry;

    ApplicationChannels(ConfigurableListableBeanFactory beans, DefaultChannelRegistry registry) {
        this.beans = beans;
        this.registry = registry;
    }

    void registerAll() {
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> type : TYPES) {
            names.addAll(List.of(beans.getBeanNamesForType(type, false, true)));
        }
        names.forEach(this::make);
    }

    /** Registers the channel of a name, if there is such a bean. A declared one registers itself when it is made. */
    void register(String name) {
        if (beans.containsLocalBean(name)
                && TYPES.stream().anyMatch(type -> beans.isTypeMatch(name, type))
                && beans.isSingleton(name)) {
            make(name);
        }
    }

    private void make(String name) {
        Object bean = beans.getBean(name);
        // One object may be a bean under two names; its first name is the channel's.
        if (registry.containsBean(bean)) {
            return;
        }
        switch (bean) {
            case Channel<?> channel -> add(name, ChannelKind.QUEUE, Channel.class, new MemoryQueue(channel));
            case Broadcast<?> broadcast ->
                add(name, ChannelKind.BROADCAST, Broadcast.class, new MemoryBroadcast(broadcast));
            case Watch<?> watch -> add(name, ChannelKind.WATCH, Watch.class, new MemoryWatch(watch));
            case RequestChannel<?, ?> requests ->
                add(name, ChannelKind.REQUEST, RequestChannel.class, new MemoryRequests(requests));
            default -> {}
        }
    }

    private void add(String name, ChannelKind kind, Class<?> as, TransportChannel channel) {
        // What a full channel does, and how long a send waits, is the application's own affair.
        ChannelDefinition definition = new ChannelDefinition(
                name,
                kind,
                typeArgument(name, as, 0),
                kind == ChannelKind.REQUEST ? typeArgument(name, as, 1) : null,
                channel.stats().capacity(),
                Overflow.BLOCK,
                null,
                null,
                ChannelTransport.MEMORY,
                Map.of(),
                null);
        registry.add(new RegisteredChannel(definition, channel));
    }

    private @Nullable ResolvableType typeArgument(String name, Class<?> as, int index) {
        if (!beans.containsBeanDefinition(name)) {
            return null;
        }
        ResolvableType argument =
                beans.getMergedBeanDefinition(name).getResolvableType().as(as).getGeneric(index);
        return argument.resolve() == null ? null : argument;
    }
}
