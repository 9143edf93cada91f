package dev.channels.spring.registry;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.Overflow;
import dev.channels.Sender;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.ChannelTransport;
import dev.channels.spring.transport.MemoryBroadcast;
import dev.channels.spring.transport.MemoryQueue;
import dev.channels.spring.transport.TransportChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** Finds the channels that are beans: those that are lazy or were not made yet, and those of the application's own. */
final class ApplicationChannels {

    private final ConfigurableListableBeanFactory beans;
    private final DefaultChannelRegistry registry;

    ApplicationChannels(ConfigurableListableBeanFactory beans, DefaultChannelRegistry registry) {
        this.beans = beans;
        this.registry = registry;
    }

    void registerAll() {
        for (String name : beans.getBeanNamesForType(Sender.class, false, true)) {
            make(name);
        }
    }

    /** Registers the channel of a name, if there is such a bean. A declared one registers itself when it is made. */
    void register(String name) {
        if (beans.containsLocalBean(name) && beans.isTypeMatch(name, Sender.class) && beans.isSingleton(name)) {
            make(name);
        }
    }

    private void make(String name) {
        Object bean = beans.getBean(name);
        // One object may be a bean under two names; its first name is the channel's.
        if (registry.containsSender(bean)) {
            return;
        }
        if (bean instanceof Channel<?> channel) {
            add(name, ChannelKind.QUEUE, Channel.class, channel.capacity(), new MemoryQueue(channel));
        } else if (bean instanceof Broadcast<?> broadcast) {
            add(name, ChannelKind.BROADCAST, Broadcast.class, broadcast.capacity(), new MemoryBroadcast(broadcast));
        }
    }

    private void add(String name, ChannelKind kind, Class<?> as, int capacity, TransportChannel channel) {
        // What a full channel does is the application's own affair; nothing here depends on it.
        ChannelDefinition definition = new ChannelDefinition(
                name, kind, elementType(name, as), capacity, Overflow.BLOCK, ChannelTransport.MEMORY, Map.of(), null);
        registry.add(new RegisteredChannel(definition, channel));
    }

    private @Nullable ResolvableType elementType(String name, Class<?> as) {
        if (!beans.containsBeanDefinition(name)) {
            return null;
        }
        ResolvableType element =
                beans.getMergedBeanDefinition(name).getResolvableType().as(as).getGeneric(0);
        return element.resolve() == null ? null : element;
    }
}
