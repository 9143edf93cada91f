package dev.channels.spring.autoconfigure;

import dev.channels.Overflow;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.JavaTypeName;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.ChannelTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

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
        List<ChannelDefinition> declared = properties.definitions().entrySet().stream()
                .map(entry -> toDefinition(entry.getKey(), entry.getValue()))
                .toList();
        return new DeadLetterTypes(declared, this::at).infer();
    }

    Optional<ChannelDefinition> find(String name) {
        return all().stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst();
    }

    /** What a channel is that has only a name. */
    static ChannelDefinition withDefaults(String name, ChannelsProperties.Defaults defaults) {
        return new ChannelDefinition(
                name,
                ChannelKind.QUEUE,
                null,
                null,
                defaults.capacity().messages(),
                defaults.overflow(),
                sendTimeout(null, defaults, defaults.overflow()),
                null,
                ChannelTransport.MEMORY,
                Map.of(),
                null);
    }

    private ChannelDefinition toDefinition(String name, ChannelsProperties.Definition definition) {
        if (name.isBlank()) {
            throw new ChannelConfigurationException(
                    "A channel under '" + PREFIX + "' has a blank name.", "Give it a name.");
        }
        ChannelsProperties.Defaults defaults = properties.defaults();
        ChannelKind kind = definition.kind();
        Overflow overflow =
                definition.overflow() != null ? definition.overflow() : KindRules.defaultOverflow(kind, defaults);
        ChannelDefinition complete = new ChannelDefinition(
                name,
                kind,
                type(name, "type", definition.type()),
                type(name, "reply-type", definition.replyType()),
                definition.capacity() != null
                        ? definition.capacity().messages()
                        : KindRules.defaultCapacity(kind, defaults),
                overflow,
                kind == ChannelKind.QUEUE || kind == ChannelKind.BROADCAST
                        ? sendTimeout(definition.sendTimeout(), defaults, overflow)
                        : null,
                kind == ChannelKind.REQUEST && definition.requestTimeout() == null
                        ? defaults.requestTimeout()
                        : definition.requestTimeout(),
                definition.transport() != null ? definition.transport() : defaults.transport(),
                definition.transportOptions(),
                StringUtils.hasText(definition.deadLetter()) ? definition.deadLetter() : null);
        new KindRules(environment).check(complete);
        validateTimeInQueue(complete, definition.timeInQueue());
        return complete;
    }

    /** A default is meant for the channels whose sends wait. */
    private static @Nullable Duration sendTimeout(
            @Nullable Duration own, ChannelsProperties.Defaults defaults, Overflow overflow) {
        return own != null || overflow != Overflow.BLOCK ? own : defaults.sendTimeout();
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
        return new Origins(environment).describe(channel, key);
    }
}
