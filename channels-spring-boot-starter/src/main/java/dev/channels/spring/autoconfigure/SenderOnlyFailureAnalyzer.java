package dev.channels.spring.autoconfigure;

import dev.channels.Channel;
import dev.channels.Receiver;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelTransport;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says why a channel whose messages are elsewhere cannot be injected as more than a sender. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SenderOnlyFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final Set<Class<?>> RECEIVING = Set.of(Channel.class, Receiver.class);

    private final Environment environment;

    SenderOnlyFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        ResolvableType wanted = cause.getResolvableType();
        if (wanted == null || !RECEIVING.contains(wanted.resolve(Object.class))) {
            return null;
        }
        for (ChannelDefinition definition : new ChannelDefinitions(environment).all()) {
            if (!definition.transport().equals(ChannelTransport.MEMORY) && carries(definition, wanted)) {
                return explain(definition, wanted, cause);
            }
        }
        return null;
    }

    private static boolean carries(ChannelDefinition definition, ResolvableType wanted) {
        ResolvableType elementType = definition.elementType();
        return elementType == null || wanted.getGeneric(0).isAssignableFrom(elementType);
    }

    private static FailureAnalysis explain(
            ChannelDefinition definition, ResolvableType wanted, NoSuchBeanDefinitionException cause) {
        String sender = "Sender<" + wanted.getGeneric(0) + ">";
        return new FailureAnalysis(
                "A " + wanted + " is to be injected, and channel '" + definition.name() + "' carries such messages, but"
                        + " its transport is '" + definition.transport() + "': its messages are not in this process, so"
                        + " its bean is a Sender and no more.",
                "Inject a " + sender + " to send, and write a @ChannelListener(\"" + definition.name()
                        + "\") to receive; or remove 'channels.definitions." + definition.name()
                        + ".transport', so that the channel is in memory.",
                cause);
    }
}
