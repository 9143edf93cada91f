package dev.channels.spring.listener;

import dev.channels.Sender;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.registry.RegisteredChannel;
import java.lang.reflect.Array;
import java.util.Iterator;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Sends what a listener returns to another channel: whole if the channel can take it, else one by one where it is
 * several. Waiting for room is part of the handling, and a send that fails is a failure of the message.
 */
final class Forwarding implements MessageHandler {

    private final ListenerMethod method;
    private final Sender<Object> target;
    private final String channel;
    private final @Nullable Class<?> carried;
    private final boolean whole;
    private final boolean several;

    private Forwarding(ListenerMethod method, RegisteredChannel target, boolean whole, boolean several) {
        @SuppressWarnings("unchecked")
        Sender<Object> sender = (Sender<Object>) target.channel().sender();
        ResolvableType elementType = target.definition().elementType();
        this.method = method;
        this.target = sender;
        this.channel = target.name();
        this.carried = elementType == null ? null : elementType.resolve(Object.class);
        this.whole = whole;
        this.several = several;
    }

    /** Looks at the types: what can never be sent there is refused. */
    static Forwarding of(ListenerSignature signature, ListenerMethod method, RegisteredChannel target) {
        ResolvableType result = signature.result();
        if (signature.returnsNothing()) {
            throw new ChannelConfigurationException(
                    signature + " sends to channel '" + target.name() + "', and returns nothing.",
                    "Return what is to be sent, or remove sendTo.");
        }
        ResolvableType carried = target.definition().elementType();
        ResolvableType item = itemOf(result);
        boolean whole = carried != null && carried.isAssignableFrom(result);
        if (carried != null && !whole && !canBe(item == null ? result : item, carried) && !canBe(result, carried)) {
            throw new ChannelConfigurationException(
                    signature + " returns a " + result + ", and channel '" + target.name() + "', to which it sends,"
                            + " carries " + carried + ".",
                    "Return a " + carried + " (or several, as a collection, stream or array), or change the type of"
                            + " the channel in '" + PropertyNames.of("channels.definitions", target.name())
                            + ".type'.");
        }
        return new Forwarding(method, target, whole, item != null);
    }

    /** What a collection, stream, array or iterable has in it; {@code null} if it is none. */
    private static @Nullable ResolvableType itemOf(ResolvableType result) {
        if (result.isArray()) {
            return boxed(result.getComponentType());
        }
        for (Class<?> several : new Class<?>[] {Iterable.class, BaseStream.class}) {
            if (several.isAssignableFrom(result.resolve(Object.class))) {
                return result.as(several).getGeneric(0);
            }
        }
        return null;
    }

    /** Whether it is of that type, or may be at run time because its own is unknown or a supertype. */
    private static boolean canBe(ResolvableType type, ResolvableType wanted) {
        Class<?> raw = type.resolve();
        Class<?> rawWanted = wanted.resolve(Object.class);
        return raw == null || wanted.isAssignableFrom(type) || (raw != rawWanted && raw.isAssignableFrom(rawWanted));
    }

    static ResolvableType boxed(ResolvableType type) {
        Class<?> raw = type.resolve();
        return raw != null && raw.isPrimitive()
                ? ResolvableType.forClass(ClassUtils.resolvePrimitiveIfNecessary(raw))
                : type;
    }

    @Override
    public void handle(Object message) throws Throwable {
        Object result = method.call(message);
        if (result == null) {
            return;
        }
        if (isSentWhole(result)) {
            send(result);
        } else if (result instanceof BaseStream<?, ?> stream) {
            try (stream) {
                sendAll(stream.iterator());
            }
        } else if (result instanceof Iterable<?> items) {
            sendAll(items.iterator());
        } else {
            int length = Array.getLength(result);
            for (int index = 0; index < length; index++) {
                send(Array.get(result, index));
            }
        }
    }

    private boolean isSentWhole(Object result) {
        if (whole || (!several && carried != null && carried.isInstance(result))) {
            return true;
        }
        return !(result instanceof BaseStream
                || result instanceof Iterable
                || result.getClass().isArray());
    }

    private void sendAll(Iterator<?> items) throws InterruptedException {
        while (items.hasNext()) {
            send(items.next());
        }
    }

    /** Sends nothing for {@code null}. */
    private void send(@Nullable Object item) throws InterruptedException {
        if (item == null) {
            return;
        }
        if (carried != null && !carried.isInstance(item)) {
            throw new ClassCastException(
                    "The listener returned a " + item.getClass().getName() + ", and channel '" + channel
                            + "', to which it sends, carries " + carried.getName());
        }
        target.send(item);
    }
}
