package dev.channels.spring.autoconfigure;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.RequestChannel;
import dev.channels.Requester;
import dev.channels.Sender;
import dev.channels.Watch;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelTransport;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Registers a bean for each declared channel, with its generic type, so that it is injected as {@code Sender<Order>}. In
 * memory the bean is the core's own channel; with another transport it is a {@link Sender}, or a {@link Requester}, and no
 * more.
 */
class ChannelBeanRegistrar implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        ChannelDefinitions definitions = new ChannelDefinitions(environment);
        registry.registerBean(
                ChannelDefinitions.class.getName(),
                ChannelDefinitions.class,
                spec -> spec.supplier(context -> definitions));
        for (ChannelDefinition definition : definitions.all()) {
            register(registry, definition);
        }
    }

    private static void register(BeanRegistry registry, ChannelDefinition definition) {
        registry.registerBean(
                definition.name(),
                ParameterizedTypeReference.forType(beanType(definition).getType()),
                spec -> spec.description("channels.definitions." + definition.name())
                        .supplier(context -> open(context.bean(DefaultChannelRegistry.class), definition)));
    }

    private static Object open(DefaultChannelRegistry channels, ChannelDefinition definition) {
        try {
            return channels.open(definition).bean();
        } catch (IllegalArgumentException invalid) {
            throw new ChannelConfigurationException(
                    "Channel '" + definition.name() + "' cannot be opened: " + invalid.getMessage(),
                    "Correct '" + PropertyNames.of("channels.definitions", definition.name())
                            + "', or add the module that brings the transport to the class path.");
        }
    }

    private static ResolvableType beanType(ChannelDefinition definition) {
        boolean inMemory = definition.transport().equals(ChannelTransport.MEMORY);
        Class<?> raw = switch (definition.kind()) {
            case QUEUE -> inMemory ? Channel.class : Sender.class;
            case BROADCAST -> inMemory ? Broadcast.class : Sender.class;
            case WATCH -> Watch.class;
            case REQUEST -> inMemory ? RequestChannel.class : Requester.class;
        };
        ResolvableType elementType = definition.elementType();
        if (elementType == null) {
            return ResolvableType.forClass(raw);
        }
        return definition.replyType() == null
                ? ResolvableType.forClassWithGenerics(raw, elementType)
                : ResolvableType.forClassWithGenerics(raw, elementType, definition.replyType());
    }
}
