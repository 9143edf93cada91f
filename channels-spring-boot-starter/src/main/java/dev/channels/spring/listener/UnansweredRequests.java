package dev.channels.spring.listener;

import dev.channels.Receiver;
import dev.channels.RequestChannel;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import dev.channels.spring.transport.ChannelTransport;
import java.lang.reflect.Executable;
import java.lang.reflect.ParameterizedType;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Refuses to start with a declared request channel that nobody answers: it has no listener, and no bean has a field or a
 * parameter through which it could take requests by hand.
 */
final class UnansweredRequests {

    private final ConfigurableListableBeanFactory beans;
    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;

    UnansweredRequests(
            ConfigurableListableBeanFactory beans,
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners) {
        this.beans = beans;
        this.channels = channels;
        this.listeners = listeners;
    }

    void refuse() {
        for (RegisteredChannel channel : channels.declared()) {
            ChannelDefinition definition = channel.definition();
            if (definition.kind() == ChannelKind.REQUEST
                    && definition.transport().equals(ChannelTransport.MEMORY)
                    && listeners.ofChannel(channel).isEmpty()
                    && !mayBeAnsweredByHand(definition)) {
                throw new ChannelConfigurationException(
                        "Nobody answers on the request channel '" + definition.name() + "' (declared in '"
                                + PropertyNames.of("channels.definitions", definition.name())
                                + "'): who asks there would wait for ever.",
                        "Write a @ChannelListener(\"" + definition.name() + "\") that returns the answer. To answer"
                                + " without one, have a ChannelListenerRegistry injected and register a listener before"
                                + " the context has started, or inject the channel as RequestChannel<"
                                + definition.elementType() + ", " + definition.replyType() + ">.");
            }
        }
    }

    private boolean mayBeAnsweredByHand(ChannelDefinition definition) {
        ResolvableType channel = ResolvableType.forClassWithGenerics(
                RequestChannel.class,
                Objects.requireNonNull(definition.elementType()),
                Objects.requireNonNull(definition.replyType()));
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            Class<?> type = channels.contains(name) ? null : AutoProxyUtils.determineTargetClass(beans, name);
            if (type != null && injected(type).anyMatch(injected -> takesRequests(injected, channel))) {
                return true;
            }
        }
        return false;
    }

    /** What could be injected into a bean: its fields, and the parameters of its constructors and methods. */
    private static Stream<ResolvableType> injected(Class<?> bean) {
        try {
            Class<?> type = ClassUtils.getUserClass(bean);
            return Stream.<Class<?>>iterate(type, level -> level != null && level != Object.class, Class::getSuperclass)
                    .flatMap(level -> Stream.concat(
                            Stream.of(level.getDeclaredFields()).map(field -> ResolvableType.forField(field, type)),
                            Stream.<Executable>concat(
                                            Stream.of(level.getDeclaredConstructors()),
                                            Stream.of(level.getDeclaredMethods()))
                                    .flatMap(UnansweredRequests::parameters)))
                    .toList()
                    .stream();
        } catch (LinkageError missing) {
            return Stream.empty();
        }
    }

    private static Stream<ResolvableType> parameters(Executable executable) {
        return IntStream.range(0, executable.getParameterCount())
                .mapToObj(index -> ResolvableType.forMethodParameter(MethodParameter.forExecutable(executable, index)));
    }

    /** Also inside an {@code ObjectProvider}, a list or a map. What a type variable stands for is not looked at. */
    private static boolean takesRequests(ResolvableType type, ResolvableType channel) {
        Class<?> raw = type.resolve();
        return ((raw == RequestChannel.class || raw == Receiver.class) && type.isAssignableFrom(channel))
                || (type.getType() instanceof ParameterizedType
                        && Stream.of(type.getGenerics()).anyMatch(argument -> takesRequests(argument, channel)));
    }
}
