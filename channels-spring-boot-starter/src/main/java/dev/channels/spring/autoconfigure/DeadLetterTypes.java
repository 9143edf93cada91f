package dev.channels.spring.autoconfigure;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.DeadLetter;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/** Gives dead-letter channels their types: letters of what their source carries, if they have one source. */
final class DeadLetterTypes {

    private final List<ChannelDefinition> declared;
    private final Origins origins;
    private final Map<String, ChannelDefinition> complete = new HashMap<>();

    /**
     * Creates the inference.
     *
     * @param declared the channels as they were declared
     * @param origins where they were written
     */
    DeadLetterTypes(List<ChannelDefinition> declared, Origins origins) {
        this.declared = declared;
        this.origins = origins;
    }

    List<ChannelDefinition> infer() {
        for (ChannelDefinition channel : declared) {
            refuseCircle(channel);
            refuseWhatCannotBeSentTo(channel);
        }
        List<ChannelDefinition> inferred = new ArrayList<>();
        for (ChannelDefinition channel : declared) {
            inferred.add(complete(channel));
        }
        return List.copyOf(inferred);
    }

    private void refuseCircle(ChannelDefinition start) {
        List<String> path = new ArrayList<>(List.of(start.name()));
        String next = start.deadLetter();
        while (next != null && !path.contains(next)) {
            path.add(next);
            next = deadLetterOf(next);
        }
        if (start.name().equals(next)) {
            throw new ChannelConfigurationException(
                    "The dead letters of channel '" + start.name() + "' come back to it: " + String.join(" -> ", path)
                            + " -> " + next + origins.describe(start.name(), "dead-letter") + ".",
                    "Let one of them have no dead-letter channel, or one outside this circle.");
        }
    }

    private @Nullable String deadLetterOf(String channel) {
        ChannelDefinition definition = find(channel);
        return definition == null ? null : definition.deadLetter();
    }

    private @Nullable ChannelDefinition find(@Nullable String channel) {
        for (ChannelDefinition definition : declared) {
            if (definition.name().equals(channel)) {
                return definition;
            }
        }
        return null;
    }

    private void refuseWhatCannotBeSentTo(ChannelDefinition source) {
        ChannelDefinition target = find(source.deadLetter());
        if (target != null && (target.kind() == ChannelKind.WATCH || target.kind() == ChannelKind.REQUEST)) {
            throw new ChannelConfigurationException(
                    "The dead letters of channel '" + source.name() + "' go to channel '" + target.name()
                            + "', which is a " + target.kind().name().toLowerCase(Locale.ROOT) + " channel"
                            + origins.describe(source.name(), "dead-letter") + ".",
                    "Let them go to a queue or a broadcast.");
        }
    }

    /** There is no circle, so this comes to an end. */
    private ChannelDefinition complete(ChannelDefinition channel) {
        ChannelDefinition known = complete.get(channel.name());
        if (known != null) {
            return known;
        }
        List<ChannelDefinition> sources = sourcesOf(channel);
        ChannelDefinition completed = channel;
        if (channel.elementType() != null) {
            for (ChannelDefinition source : sources) {
                refuseOtherType(source, channel.name(), channel.elementType());
            }
        } else if (!sources.isEmpty()) {
            completed = channel.withElementType(sources.size() == 1 ? lettersOf(sources.getFirst()) : ofAnything());
        }
        complete.put(channel.name(), completed);
        return completed;
    }

    private List<ChannelDefinition> sourcesOf(ChannelDefinition channel) {
        List<ChannelDefinition> sources = new ArrayList<>();
        for (ChannelDefinition source : declared) {
            if (channel.name().equals(source.deadLetter())) {
                sources.add(complete(source));
            }
        }
        return sources;
    }

    private void refuseOtherType(ChannelDefinition source, String target, ResolvableType type) {
        if (!takesLettersOf(source, type)) {
            throw new ChannelConfigurationException(
                    "Channel '" + target + "' gets the dead letters of channel '" + source.name()
                            + "', and its type is " + type + origins.describe(target, "type") + ".",
                    "Remove the type, because it follows from the channels whose dead letters it gets, or write "
                            + lettersOf(source) + ".");
        }
    }

    /** Whether a channel of this type can be the dead-letter channel of another. */
    static boolean takesLettersOf(ChannelDefinition source, ResolvableType type) {
        return type.resolve() == DeadLetter.class && type.isAssignableFrom(lettersOf(source));
    }

    static ResolvableType lettersOf(ChannelDefinition source) {
        ResolvableType payload = source.elementType();
        return payload == null ? ofAnything() : ResolvableType.forClassWithGenerics(DeadLetter.class, payload);
    }

    private static ResolvableType ofAnything() {
        return ResolvableType.forType(new ParameterizedTypeReference<DeadLetter<?>>() {}.getType());
    }
}
