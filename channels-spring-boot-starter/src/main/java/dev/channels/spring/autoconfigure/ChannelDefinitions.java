package dev.channels.spring.autoconfigure;

import dev.channels.Overflow;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.DeclaredChannels;
import dev.channels.spring.registry.JavaTypeName;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.ChannelTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** The channels that the properties declare, with their defaults filled in. Read once, because all of it is checked. */
final class ChannelDefinitions implements DeclaredChannels {

    private static final String PREFIX = "channels.definitions";

    private final ChannelsProperties properties;
    private final ChannelsProperties.Defaults defaults;
    private final Origins origins;
    private final List<ChannelDefinition> all;

    ChannelDefinitions(Environment environment) {
        this.properties = Binder.get(environment).bindOrCreate("channels", ChannelsProperties.class);
        this.defaults = properties.getDefaults();
        this.origins = new Origins(environment);
        List<ChannelDefinition> declared = new ArrayList<>();
        for (Map.Entry<String, ChannelsProperties.Definition> entry :
                properties.getDefinitions().entrySet()) {
            declared.add(toDefinition(entry.getKey(), entry.getValue()));
        }
        this.all = new DeadLetterTypes(declared, origins).infer();
    }

    List<ChannelDefinition> all() {
        return all;
    }

    @Override
    public @Nullable ChannelDefinition find(String name) {
        for (ChannelDefinition definition : all) {
            if (definition.name().equals(name)) {
                return definition;
            }
        }
        return null;
    }

    @Override
    public ChannelDefinition withDefaults(String name) {
        return new ChannelDefinition(
                name,
                ChannelKind.QUEUE,
                null,
                null,
                defaults.getCapacity().messages(),
                defaults.getOverflow(),
                sendTimeout(null, defaults.getOverflow()),
                null,
                ChannelTransport.MEMORY,
                Map.of(),
                null);
    }

    boolean isTimeInQueueMeasured(String channel) {
        ChannelsProperties.Definition definition = properties.getDefinitions().get(channel);
        Boolean own = definition == null ? null : definition.getTimeInQueue();
        return own == null ? defaults.isTimeInQueue() : own;
    }

    private ChannelDefinition toDefinition(String name, ChannelsProperties.Definition definition) {
        if (name.isBlank()) {
            throw new ChannelConfigurationException(
                    "A channel under '" + PREFIX + "' has a blank name.", "Give it a name.");
        }
        ChannelKind kind = definition.getKind();
        Overflow overflow =
                definition.getOverflow() != null ? definition.getOverflow() : KindRules.defaultOverflow(kind, defaults);
        ChannelDefinition complete = new ChannelDefinition(
                name,
                kind,
                type(name, "type", definition.getType()),
                type(name, "reply-type", definition.getReplyType()),
                definition.getCapacity() != null
                        ? definition.getCapacity().messages()
                        : KindRules.defaultCapacity(kind, defaults),
                overflow,
                kind == ChannelKind.QUEUE || kind == ChannelKind.BROADCAST
                        ? sendTimeout(definition.getSendTimeout(), overflow)
                        : null,
                kind == ChannelKind.REQUEST && definition.getRequestTimeout() == null
                        ? defaults.getRequestTimeout()
                        : definition.getRequestTimeout(),
                definition.getTransport() != null ? definition.getTransport() : defaults.getTransport(),
                definition.getTransportOptions(),
                StringUtils.hasText(definition.getDeadLetter()) ? definition.getDeadLetter() : null);
        new KindRules(origins).check(complete);
        validateTimeInQueue(complete, definition.getTimeInQueue());
        return complete;
    }

    /** A default is meant for the channels whose sends wait. */
    private @Nullable Duration sendTimeout(@Nullable Duration own, Overflow overflow) {
        return own != null || overflow != Overflow.BLOCK ? own : defaults.getSendTimeout();
    }

    private void validateTimeInQueue(ChannelDefinition channel, @Nullable Boolean wanted) {
        if (Boolean.TRUE.equals(wanted) && !channel.transport().equals(ChannelTransport.MEMORY)) {
            throw new ChannelConfigurationException(
                    "The time in queue cannot be measured on '" + channel.name() + "'"
                            + at(channel.name(), "time-in-queue") + ".",
                    "It is measured in memory. Leave the key out, or write 'transport: memory'.");
        }
    }

    private @Nullable ResolvableType type(String channel, String key, @Nullable String type) {
        if (type == null) {
            return null;
        }
        try {
            return JavaTypeName.resolve(type, ClassUtils.getDefaultClassLoader());
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new ChannelConfigurationException(
                    "The " + key + " '" + type + "' of channel '" + channel + "' cannot be found" + at(channel, key)
                            + ": " + missing.getMessage() + ".",
                    "Write the full name of a class on the class path, such as com.example.Order"
                            + " (a nested class with $: com.example.Orders$Order).");
        } catch (IllegalArgumentException unreadable) {
            throw new ChannelConfigurationException(
                    "The " + key + " of channel '" + channel + "' cannot be read" + at(channel, key) + ": "
                            + unreadable.getMessage() + ".",
                    "Write the full name of a class, with its type arguments if it has any, such as"
                            + " java.util.List<com.example.Order>.");
        }
    }

    /** Where a property of a channel was written, for the end of a sentence. */
    String at(String channel, String key) {
        return origins.describe(channel, key);
    }
}
