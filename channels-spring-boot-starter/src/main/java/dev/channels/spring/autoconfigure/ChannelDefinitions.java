package dev.channels.spring.autoconfigure;

import dev.channels.Overflow;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.JavaTypeName;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.ChannelTransport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Reads the channels that the properties declare, with their defaults filled in. */
final class ChannelDefinitions {

    private static final String PREFIX = "channels.definitions";

    private final Environment environment;
    private final ChannelsProperties properties;

    ChannelDefinitions(Environment environment) {
        this.environment = environment;
        this.properties = Binder.get(environment).bindOrCreate("channels", ChannelsProperties.class);
    }

    List<ChannelDefinition> all() {
        return properties.definitions().entrySet().stream()
                .map(entry -> toDefinition(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What a channel is that has only a name. */
    static ChannelDefinition withDefaults(String name, ChannelsProperties.Defaults defaults) {
        return new ChannelDefinition(
                name,
                ChannelKind.QUEUE,
                null,
                defaults.capacity().messages(),
                defaults.overflow(),
                ChannelTransport.MEMORY,
                Map.of());
    }

    private ChannelDefinition toDefinition(String name, ChannelsProperties.Definition definition) {
        if (name.isBlank()) {
            throw new ChannelConfigurationException(
                    "A channel under '" + PREFIX + "' has a blank name.", "Give it a name.");
        }
        ChannelsProperties.Defaults defaults = properties.defaults();
        ChannelDefinition complete = new ChannelDefinition(
                name,
                definition.kind(),
                elementType(name, definition.type()),
                capacityOf(definition, defaults),
                definition.overflow() != null ? definition.overflow() : overflowFor(definition.kind(), defaults),
                definition.transport() != null ? definition.transport() : defaults.transport(),
                definition.transportOptions());
        if (complete.kind() == ChannelKind.BROADCAST) {
            validateBroadcast(complete);
        }
        validateTimeInQueue(complete, definition.timeInQueue());
        return complete;
    }

    private static int capacityOf(ChannelsProperties.Definition definition, ChannelsProperties.Defaults defaults) {
        if (definition.capacity() != null) {
            return definition.capacity().messages();
        }
        int common = defaults.capacity().messages();
        return definition.kind() == ChannelKind.BROADCAST ? Math.max(common, 1) : common;
    }

    /** A default that a broadcast cannot have is meant for the others. */
    private static Overflow overflowFor(ChannelKind kind, ChannelsProperties.Defaults defaults) {
        boolean unfit = kind == ChannelKind.BROADCAST
                && (defaults.overflow() == Overflow.DROP_LATEST || defaults.overflow() == Overflow.FAIL);
        return unfit ? Overflow.BLOCK : defaults.overflow();
    }

    private void validateTimeInQueue(ChannelDefinition channel, @Nullable Boolean wanted) {
        boolean possible =
                channel.kind() == ChannelKind.QUEUE && channel.transport().equals(ChannelTransport.MEMORY);
        if (Boolean.TRUE.equals(wanted) && !possible) {
            throw new ChannelConfigurationException(
                    "The time in queue cannot be measured on '" + channel.name() + "'"
                            + at(channel.name(), "time-in-queue") + ".",
                    "It is measured on queues in memory. Leave the key out, or make the channel one.");
        }
    }

    private void validateBroadcast(ChannelDefinition broadcast) {
        if (broadcast.capacity() < 1) {
            throw new ChannelConfigurationException(
                    "The broadcast '" + broadcast.name() + "' has no capacity" + at(broadcast.name(), "capacity") + ".",
                    "Give each subscription room for at least one message: capacity 1 or more.");
        }
        if (broadcast.overflow() != Overflow.BLOCK && broadcast.overflow() != Overflow.DROP_OLDEST) {
            throw new ChannelConfigurationException(
                    "The broadcast '" + broadcast.name() + "' cannot have overflow "
                            + broadcast
                                    .overflow()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-')
                            + at(broadcast.name(), "overflow") + ".",
                    "Write 'block', so that senders wait for the slowest subscription, or 'drop-oldest'.");
        }
    }

    private @Nullable ResolvableType elementType(String channel, @Nullable String type) {
        if (type == null) {
            return null;
        }
        try {
            return JavaTypeName.resolve(type, ClassUtils.getDefaultClassLoader());
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new ChannelConfigurationException(
                    "The type '" + type + "' of channel '" + channel + "' cannot be found" + at(channel, "type") + ": "
                            + missing.getMessage() + ".",
                    "Write the full name of a class on the class path, such as com.example.Order"
                            + " (a nested class with $: com.example.Orders$Order).");
        } catch (IllegalArgumentException unreadable) {
            throw new ChannelConfigurationException(
                    "The type of channel '" + channel + "' cannot be read" + at(channel, "type") + ": "
                            + unreadable.getMessage() + ".",
                    "Write the full name of a class, with its type arguments if it has any, such as"
                            + " java.util.List<com.example.Order>.");
        }
    }

    /** Where a property of a channel was written, for the end of a sentence. */
    private String at(String channel, String key) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(PropertyNames.of(PREFIX, channel) + "." + key);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null && property.getOrigin() != null) {
                return " (property '" + name + "' in " + property.getOrigin() + ")";
            }
        }
        return " (property '" + name + "')";
    }
}
