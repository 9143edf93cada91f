package dev.channels.spring.autoconfigure;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.Receiver;
import dev.channels.Sender;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.ChannelTransport;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says why a channel cannot be injected as it is asked for, and how it can. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ChannelInjectionFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final Set<Class<?>> INJECTED = Set.of(Sender.class, Receiver.class, Channel.class, Broadcast.class);

    private final Environment environment;

    ChannelInjectionFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        ResolvableType wanted = cause.getResolvableType();
        if (wanted == null || !INJECTED.contains(wanted.resolve(Object.class))) {
            return null;
        }
        List<ChannelDefinition> channels = new ChannelDefinitions(environment).all();
        for (ChannelDefinition channel : channels) {
            if (carries(channel, wanted)) {
                return explain(channel, wanted, cause);
            }
        }
        return new FailureAnalysis(
                "A " + wanted + " is to be injected, and no channel carries such messages.",
                "Declare one under 'channels.definitions' with the type " + wanted.getGeneric(0)
                        + ", or inject one that is there: " + list(channels) + ".",
                cause);
    }

    private static boolean carries(ChannelDefinition channel, ResolvableType wanted) {
        ResolvableType elementType = channel.elementType();
        return elementType != null && wanted.getGeneric(0).isAssignableFrom(elementType);
    }

    private static @Nullable FailureAnalysis explain(
            ChannelDefinition channel, ResolvableType wanted, NoSuchBeanDefinitionException cause) {
        String carried =
                "A " + wanted + " is to be injected, and channel '" + channel.name() + "' carries such messages";
        String receive = "write a @ChannelListener(\"" + channel.name() + "\") to receive";
        if (!channel.transport().equals(ChannelTransport.MEMORY)) {
            return new FailureAnalysis(
                    carried + ", but its transport is '" + channel.transport()
                            + "': its messages are not in this process, so its bean is a Sender and no more.",
                    "Inject a Sender<" + wanted.getGeneric(0) + "> to send, and " + receive
                            + "; or remove its transport," + " so that the channel is in memory.",
                    cause);
        }
        if (channel.kind() == ChannelKind.BROADCAST) {
            return new FailureAnalysis(
                    carried + ", but it is a broadcast: receivers subscribe to it.",
                    "Inject a Broadcast<" + wanted.getGeneric(0) + "> and call subscribe(), or " + receive + ".",
                    cause);
        }
        return wanted.resolve() == Broadcast.class
                ? new FailureAnalysis(
                        carried + ", but it is a queue: each message goes to one receiver.",
                        "Give it 'kind: broadcast', or inject a Channel<" + wanted.getGeneric(0) + ">.",
                        cause)
                : null;
    }

    private static String list(List<ChannelDefinition> channels) {
        return channels.isEmpty()
                ? "there are none"
                : channels.stream()
                        .map(channel -> channel.name() + " ("
                                + channel.kind().name().toLowerCase(Locale.ROOT) + " of "
                                + (channel.elementType() == null ? "anything, needs @Qualifier" : channel.elementType())
                                + ")")
                        .collect(Collectors.joining(", "));
    }
}
