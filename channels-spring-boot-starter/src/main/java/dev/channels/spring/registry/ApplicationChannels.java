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

/** Makes the registry complete when the context starts: with beans that are lazy, and with those of the application. */
public final class ApplicationChannels {

    private final ConfigurableListableBeanFactory beans;
    private final DefaultChannelRegistry registry;

    /**
     * Creates it.
     *
     * @param beans where to look for channels
     * @param registry where to add them
     */
    public ApplicationChannels(ConfigurableListableBeanFactory beans, DefaultChannelRegistry registry) {
        this.beans = beans;
        this.registry = registry;
    }

    /** Makes all channels, and adds those that were not declared in properties: a bean's name is its channel's name. */
    public void register() {
        for (String name : beans.getBeanNamesForType(Sender.class, false, true)) {
            Object bean = beans.getBean(name);
            if (!registry.contains(name)) {
                if (bean instanceof Channel<?> channel) {
                    add(name, ChannelKind.QUEUE, Channel.class, channel.capacity(), new MemoryQueue(channel));
                } else if (bean instanceof Broadcast<?> broadcast) {
                    add(
                            name,
                            ChannelKind.BROADCAST,
                            Broadcast.class,
                            broadcast.capacity(),
                            new MemoryBroadcast(broadcast));
                }
            }
        }
    }

    private void add(String name, ChannelKind kind, Class<?> as, int capacity, TransportChannel channel) {
        // What a full channel does is the application's own affair; nothing here depends on it.
        ChannelDefinition definition = new ChannelDefinition(
                name, kind, elementType(name, as), capacity, Overflow.BLOCK, ChannelTransport.MEMORY, Map.of());
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
