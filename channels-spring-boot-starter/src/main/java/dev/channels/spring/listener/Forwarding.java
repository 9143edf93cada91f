package dev.channels.spring.listener;

import dev.channels.Sender;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.registry.RegisteredChannel;
import java.lang.reflect.Array;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Sends what a listener returns to another channel: whole if the channel can take it, else one by one where it is
 * several. Waiting for room is part of the handling, and a send that fails is a failure of the message. Once the listener
 * has returned it is not called again for that message: only what was not sent yet is tried again.
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
            return ListenerSignature.boxed(result.getComponentType());
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

    @Override
    public void handle(Object message) throws Throwable {
        Object result = method.call(message);
        if (result == null) {
            return;
        }
        // Left over from the listener: as without sendTo, it must not make its message fail.
        Thread.interrupted();
        if (isSentWhole(result)) {
            try {
                send(result);
            } catch (Throwable failure) {
                throw Delivery.of(this, result).failed(failure);
            }
        } else {
            deliveryOf(result).goOn();
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

    private Delivery deliveryOf(Object result) throws FailureOutsideListener {
        try {
            return switch (result) {
                case BaseStream<?, ?> stream -> Delivery.ofAll(this, stream);
                case Iterable<?> items -> Delivery.ofAll(this, items.iterator());
                default -> Delivery.ofAll(this, iterator(result));
            };
        } catch (Throwable failure) {
            throw new FailureOutsideListener(failure);
        }
    }

    private static Iterator<?> iterator(Object array) {
        return IntStream.range(0, Array.getLength(array))
                .mapToObj(index -> Array.get(array, index))
                .iterator();
    }

    void send(Object item) throws InterruptedException {
        if (!carries(item)) {
            throw new ClassCastException(
                    "The listener returned a " + item.getClass().getName() + ", and channel '" + channel
                            + "', to which it sends, carries "
                            + Objects.requireNonNull(carried).getName());
        }
        target.send(item);
    }

    boolean carries(Object item) {
        return carried == null || carried.isInstance(item);
    }
}
