package dev.channels.spring.observation;

import dev.channels.spring.observation.SenderContext.Captured;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of the messages that one listener has taken and not begun with. Not by thread, because one worker may
 * take what another one handles.
 */
final class Arrivals {

    private static final ThreadLocal<@Nullable Arrivals> OF_THREAD = new ThreadLocal<>();

    private final Map<Identity, Arrival> byMessage = new ConcurrentHashMap<>();

    /** Those of the listener whose worker this thread is, or {@code null} if it is no worker. */
    static @Nullable Arrivals ofThisThread() {
        return OF_THREAD.get();
    }

    /** This thread takes for the listener. */
    void expectInThisThread() {
        OF_THREAD.set(this);
    }

    /** What this thread receives now is not for the listener: it is handling a message, and asks elsewhere for more. */
    static void expectNothingInThisThread() {
        OF_THREAD.set(null);
    }

    void add(Object message, Captured context) {
        byMessage.merge(new Identity(message), new Arrival(context, null), (first, another) -> first.and(context));
    }

    /** The context that a message came with. A batch has that of its first message. */
    @Nullable Captured take(Object message) {
        Captured own = takeSingle(message);
        if (own == null && message instanceof List<?> batch) {
            for (Object each : batch) {
                Captured context = takeSingle(each);
                own = own == null ? context : own;
            }
        }
        return own;
    }

    private @Nullable Captured takeSingle(Object message) {
        Arrival[] taken = new Arrival[1];
        byMessage.computeIfPresent(new Identity(message), (key, arrival) -> {
            taken[0] = arrival;
            return arrival.next();
        });
        return taken[0] == null ? null : taken[0].context();
    }

    /** One object may be sent several times, and be in hand several times. */
    private record Arrival(Captured context, @Nullable Arrival next) {

        Arrival and(Captured another) {
            return new Arrival(context, next == null ? new Arrival(another, null) : next.and(another));
        }
    }

    private record Identity(Object message) {

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity identity && identity.message == message;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(message);
        }
    }
}
