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
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/** Gives dead-letter channels their types: letters of what their source carries, if they have one source. */
final class DeadLetterTypes {

    private static final ResolvableType OF_ANYTHING =
            ResolvableType.forType(new ParameterizedTypeReference<DeadLetter<?>>() {});

    private final List<ChannelDefinition> declared;
    private final BinaryOperator<String> origin;
    private final Map<String, ChannelDefinition> complete = new HashMap<>();

    /**
     * Creates the inference.
     *
     * @param declared the channels as they were declared
     * @param origin says where a key of a channel was written, for the end of a sentence
     */
    DeadLetterTypes(List<ChannelDefinition> declared, BinaryOperator<String> origin) {
        this.declared = declared;
        this.origin = origin;
    }

    List<ChannelDefinition> infer() {
        declared.forEach(this::refuseCircle);
        declared.forEach(this::refuseWhatCannotBeSentTo);
        return declared.stream().map(this::complete).toList();
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
                            + " -> " + next + origin.apply(start.name(), "dead-letter") + ".",
                    "Let one of them have no dead-letter channel, or one outside this circle.");
        }
    }

    private @Nullable String deadLetterOf(String channel) {
        return find(channel).map(ChannelDefinition::deadLetter).orElse(null);
    }

    private Optional<ChannelDefinition> find(@Nullable String channel) {
        return declared.stream()
                .filter(definition -> definition.name().equals(channel))
                .findFirst();
    }

    private void refuseWhatCannotBeSentTo(ChannelDefinition source) {
        find(source.deadLetter())
                .filter(target -> target.kind() == ChannelKind.WATCH || target.kind() == ChannelKind.REQUEST)
                .ifPresent(target -> {
                    throw new ChannelConfigurationException(
                            "The dead letters of channel '" + source.name() + "' go to channel '" + target.name()
                                    + "', which is a " + target.kind().name().toLowerCase(Locale.ROOT) + " channel"
                                    + origin.apply(source.name(), "dead-letter") + ".",
                            "Let them go to a queue or a broadcast.");
                });
    }

    /** There is no circle, so this comes to an end. */
    private ChannelDefinition complete(ChannelDefinition channel) {
        ChannelDefinition known = complete.get(channel.name());
        if (known != null) {
            return known;
        }
        List<ChannelDefinition> sources = declared.stream()
                .filter(source -> channel.name().equals(source.deadLetter()))
                .map(this::complete)
                .toList();
        ChannelDefinition completed = channel;
        if (channel.elementType() != null) {
            sources.forEach(source -> refuseOtherType(source, channel.name(), channel.elementType()));
        } else if (!sources.isEmpty()) {
            completed = channel.withElementType(sources.size() == 1 ? lettersOf(sources.getFirst()) : OF_ANYTHING);
        }
        complete.put(channel.name(), completed);
        return completed;
    }

    private void refuseOtherType(ChannelDefinition source, String target, ResolvableType type) {
        if (!takesLettersOf(source, type)) {
            throw new ChannelConfigurationException(
                    "Channel '" + target + "' gets the dead letters of channel '" + source.name()
                            + "', and its type is " + type + origin.apply(target, "type") + ".",
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
        return payload == null ? OF_ANYTHING : ResolvableType.forClassWithGenerics(DeadLetter.class, payload);
    }
}
