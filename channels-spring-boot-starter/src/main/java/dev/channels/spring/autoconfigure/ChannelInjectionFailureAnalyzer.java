package dev.channels.spring.autoconfigure;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.Receiver;
import dev.channels.RequestChannel;
import dev.channels.Requester;
import dev.channels.Sender;
import dev.channels.Watch;
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

    private static final Set<Class<?>> INJECTED = Set.of(
            Sender.class,
            Receiver.class,
            Channel.class,
            Broadcast.class,
            Watch.class,
            Requester.class,
            RequestChannel.class);

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
            String bean = channel.kind() == ChannelKind.REQUEST ? "Requester" : "Sender";
            return new FailureAnalysis(
                    carried + ", but its transport is '" + channel.transport()
                            + "': its messages are not in this process, so its bean is a " + bean + " and no more.",
                    "Inject a " + bean + "<" + wanted.getGeneric(0)
                            + (channel.kind() == ChannelKind.REQUEST ? ", " + channel.replyType() : "")
                            + "> to send, and "
                            + receive + "; or remove its transport, so that the channel is in memory.",
                    cause);
        }
        return switch (channel.kind()) {
            case BROADCAST ->
                new FailureAnalysis(
                        carried + ", but it is a broadcast: receivers subscribe to it.",
                        "Inject a Broadcast<" + wanted.getGeneric(0) + "> and call subscribe(), or " + receive + ".",
                        cause);
            case WATCH ->
                new FailureAnalysis(
                        carried + ", but it is a watch: its value is set, and read.",
                        "Inject a Watch<" + channel.elementType() + ">, or " + receive + ".",
                        cause);
            case REQUEST ->
                new FailureAnalysis(
                        carried + ", but it is a request channel: it is asked, and answers with " + channel.replyType()
                                + ".",
                        "Inject a Requester<" + channel.elementType() + ", " + channel.replyType() + ">, or " + receive
                                + ".",
                        cause);
            case QUEUE -> explainQueue(carried, wanted, cause);
        };
    }

    private static @Nullable FailureAnalysis explainQueue(
            String carried, ResolvableType wanted, NoSuchBeanDefinitionException cause) {
        Class<?> raw = wanted.resolve(Object.class);
        if (raw != Broadcast.class && raw != Watch.class && raw != Requester.class && raw != RequestChannel.class) {
            return null;
        }
        String kind = raw == Broadcast.class ? "broadcast" : raw == Watch.class ? "watch" : "request";
        return new FailureAnalysis(
                carried + ", but it is a queue: each message goes to one receiver.",
                "Give it 'kind: " + kind + "', or inject a Channel<" + wanted.getGeneric(0) + ">.",
                cause);
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
