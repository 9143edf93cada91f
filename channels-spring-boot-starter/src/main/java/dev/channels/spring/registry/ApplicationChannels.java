package dev.channels.spring.registry;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.Monitored;
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
import dev.channels.spring.transport.StandIn;
import dev.channels.spring.transport.TransportChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;

/**
 * Finds the channels that are beans: those that are lazy or were not made yet, those of the application's own, and what a
 * test has put in their place.
 */
final class ApplicationChannels {

    /** A bean may be declared as one side of its channel only. */
    private static final List<Class<?>> TYPES = List.of(Sender.class, Watch.class, Requester.class);

    private final ConfigurableListableBeanFactory beans;
    private final DefaultChannelRegistry registry;
    private final DeclaredChannels declarations;

    ApplicationChannels(
            ConfigurableListableBeanFactory beans, DefaultChannelRegistry registry, DeclaredChannels declarations) {
        this.beans = beans;
        this.registry = registry;
        this.declarations = declarations;
    }

    void registerAll() {
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> type : TYPES) {
            names.addAll(List.of(beans.getBeanNamesForType(type, false, true)));
        }
        for (String name : names) {
            make(name);
        }
    }

    /** Registers the channel of a name, if there is such a bean. A declared one registers itself when it is made. */
    void register(String name) {
        if (beans.containsLocalBean(name) && isChannel(name) && beans.isSingleton(name)) {
            make(name);
        }
    }

    private boolean isChannel(String name) {
        for (Class<?> type : TYPES) {
            if (beans.isTypeMatch(name, type)) {
                return true;
            }
        }
        return false;
    }

    private void make(String name) {
        Object bean = beans.getBean(name);
        Object behindProxy = AopProxyUtils.getSingletonTarget(bean);
        // One object may be a bean under two names; its first name is the channel's.
        if (registry.containsBean(bean) || (behindProxy != null && registry.containsBean(behindProxy))) {
            return;
        }
        ChannelKind kind = kindOf(bean);
        ChannelDefinition declared = declarations.find(name);
        if (declared != null && (kind == null || kind == declared.kind())) {
            add(bean, declared, isWorking(bean));
        } else if (kind != null) {
            add(bean, describe(name, kind), isWorking(bean));
        }
    }

    private void add(Object bean, ChannelDefinition definition, boolean working) {
        TransportChannel channel = working ? inMemory(bean) : new StandIn(bean, definition);
        registry.addInPlace(
                new RegisteredChannel(definition.withCapacity(channel.stats().capacity()), channel));
    }

    private static @Nullable ChannelKind kindOf(Object bean) {
        return switch (bean) {
            case Channel<?> queue -> ChannelKind.QUEUE;
            case Broadcast<?> broadcast -> ChannelKind.BROADCAST;
            case Watch<?> watch -> ChannelKind.WATCH;
            case RequestChannel<?, ?> requests -> ChannelKind.REQUEST;
            default -> null;
        };
    }

    /** What has no name is a mock, or one side only of what was declared: it has no numbers, and nothing comes out of it. */
    private static boolean isWorking(Object bean) {
        return kindOf(bean) != null && StringUtils.hasText(((Monitored) bean).name());
    }

    private static TransportChannel inMemory(Object bean) {
        if (bean instanceof Channel<?> queue) {
            return new MemoryQueue(queue);
        }
        if (bean instanceof Broadcast<?> broadcast) {
            return new MemoryBroadcast(broadcast);
        }
        if (bean instanceof Watch<?> watch) {
            return new MemoryWatch(watch);
        }
        return new MemoryRequests((RequestChannel<?, ?>) bean);
    }

    /** What a full channel does, and how long a send waits, is the application's own affair. */
    private ChannelDefinition describe(String name, ChannelKind kind) {
        Class<?> type = switch (kind) {
            case QUEUE -> Channel.class;
            case BROADCAST -> Broadcast.class;
            case WATCH -> Watch.class;
            case REQUEST -> RequestChannel.class;
        };
        return new ChannelDefinition(
                name,
                kind,
                typeArgument(name, type, 0),
                kind == ChannelKind.REQUEST ? typeArgument(name, type, 1) : null,
                0,
                Overflow.BLOCK,
                null,
                null,
                ChannelTransport.MEMORY,
                Map.of(),
                null);
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
