package dev.channels.spring.listener;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelKind;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** A listener method as its class declares it, and whether it can be one. */
record ListenerSignature(Class<?> type, Method method) {

    private static final Logger logger = LoggerFactory.getLogger(ListenerSignature.class);

    void validate(ChannelDefinition channel) {
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
            throw new ChannelConfigurationException(
                    this + " cannot be a @ChannelListener because it is static or private.",
                    "Make it an instance method that is not private.");
        }
        if (method.getParameterCount() != 1) {
            throw new ChannelConfigurationException(
                    this + " cannot be a @ChannelListener because it has " + method.getParameterCount()
                            + " parameters.",
                    "Give it one parameter, the message.");
        }
        refuseAsynchronousResult();
        if (channel.kind() == ChannelKind.REQUEST) {
            new RequestSignature(this).validate(channel);
            return;
        }
        ResolvableType elementType = channel.elementType();
        if (elementType != null && !parameter().isAssignableFrom(elementType) && !takesListOf(elementType)) {
            throw new ChannelConfigurationException(
                    this + " takes a " + parameter() + ", and channel '" + channel.name() + "' carries " + elementType
                            + ".",
                    "Change the parameter to " + elementType + ", or the type of the channel in '"
                            + PropertyNames.of("channels.definitions", channel.name()) + ".type'.");
        }
    }

    void warnOfLostResult() {
        if (!returnsNothing()) {
            logger.warn("What {} returns goes nowhere", this);
        }
    }

    /** Whether it is called with batches; on a channel without a type only if a size was asked for. */
    boolean takesBatches(ChannelDefinition channel, BatchSettings settings) {
        ResolvableType elementType = channel.elementType();
        boolean batches = elementType == null
                ? settings.requested() && parameterClass() == List.class
                : !parameter().isAssignableFrom(elementType) && takesListOf(elementType);
        if (!batches && settings.own() != null) {
            throw new ChannelConfigurationException(
                    this + " takes one message at a time, and " + settings.own() + " is for batches.",
                    "Give it a List<" + (elementType == null ? "?" : elementType) + "> parameter, or remove that.");
        }
        return batches;
    }

    private boolean takesListOf(ResolvableType elementType) {
        ResolvableType element = parameter().getGeneric(0);
        return parameterClass() == List.class
                && (element.equals(ResolvableType.NONE) || element.isAssignableFrom(elementType));
    }

    /** What the messages of a batch have to be. */
    Class<?> batchElementClass() {
        return parameter().getGeneric(0).resolve(Object.class);
    }

    boolean returnsNothing() {
        return method.getReturnType() == void.class || method.getReturnType() == Void.class;
    }

    private void refuseAsynchronousResult() {
        Class<?> result = method.getReturnType();
        boolean asynchronous = CompletionStage.class.isAssignableFrom(result)
                || Future.class.isAssignableFrom(result)
                || Flow.Publisher.class.isAssignableFrom(result)
                || isReactive(result)
                || result.getName().startsWith("reactor.core.publisher.");
        if (asynchronous) {
            throw new ChannelConfigurationException(
                    this + " returns a " + result.getName() + ", which nobody waits for.",
                    "Do the work in the method and return when it is done: it runs on a virtual thread and may block.");
        }
    }

    private static boolean isReactive(Class<?> result) {
        for (Class<?> face : result.getInterfaces()) {
            if (face.getName().equals("org.reactivestreams.Publisher")) {
                return true;
            }
        }
        return false;
    }

    ResolvableType parameter() {
        return boxed(ResolvableType.forMethodParameter(method, 0, type));
    }

    ResolvableType result() {
        return boxed(ResolvableType.forMethodReturnType(method, type));
    }

    static ResolvableType boxed(ResolvableType declared) {
        Class<?> raw = declared.resolve(Object.class);
        return raw.isPrimitive() ? ResolvableType.forClass(ClassUtils.resolvePrimitiveIfNecessary(raw)) : declared;
    }

    /** The type of the messages, as far as it is known. */
    ResolvableType payload(ChannelDefinition channel) {
        return channel.elementType() == null ? parameter() : channel.elementType();
    }

    Class<?> parameterClass() {
        return parameter().resolve(Object.class);
    }

    @Override
    public String toString() {
        return type.getName() + "." + method.getName();
    }
}
