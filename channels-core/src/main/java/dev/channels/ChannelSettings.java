package dev.channels;

import java.util.Comparator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a channel was built with. */
record ChannelSettings<T>(
        String name,
        int capacity,
        Overflow overflow,
        boolean newestFirst,
        @Nullable Comparator<? super T> priority,
        @Nullable Consumer<? super T> onDropped,
        @Nullable ChannelInterceptor<? super T> interceptor,
        SendWait sendWait) {

    Engine engine() {
        if (priority != null) {
            return new Plain(name, capacity, lock -> new PriorityBuffer(sealedOrder(priority), lock::failed));
        }
        if (newestFirst) {
            return new Plain(name, capacity, lock -> new DequeBuffer(true));
        }
        return capacity == 0 ? new Rendezvous(name) : new Ring(name, capacity);
    }

    @SuppressWarnings("unchecked")
    private Comparator<Object> sealedOrder(Comparator<? super T> order) {
        return interceptor == null
                ? (Comparator<Object>) order
                : (a, b) -> order.compare(((Envelope<T>) a).message(), ((Envelope<T>) b).message());
    }
}
