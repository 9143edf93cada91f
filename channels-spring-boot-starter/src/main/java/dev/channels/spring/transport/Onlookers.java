package dev.channels.spring.transport;

import dev.channels.ChannelInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Who sees what passes through a channel that is being built: the starter's, and beside them the application's own. */
final class Onlookers {

    private final List<ChannelInterceptor<Object>> interceptors;
    private final SendWaits waits = new SendWaits();
    private @Nullable ChannelInterceptor<Object> own;
    private LongConsumer onSendWaited = waits;

    Onlookers(List<ChannelInterceptor<Object>> interceptors) {
        this.interceptors = interceptors;
    }

    SendWaits waits() {
        return waits;
    }

    /** Keeps what the application asks the builder for; every type of message is an object. */
    @SuppressWarnings("unchecked")
    void setOwn(ChannelInterceptor<?> interceptor) {
        own = (ChannelInterceptor<Object>) Objects.requireNonNull(interceptor, "interceptor");
    }

    void setOwn(LongConsumer listener) {
        onSendWaited = waits.andThen(listener);
    }

    /** All interceptors as one, or {@code null} if there is none: then messages need no envelope. */
    @Nullable ChannelInterceptor<Object> interceptor() {
        List<ChannelInterceptor<Object>> all = new ArrayList<>();
        if (own != null) {
            // First: what it throws about a message that was received leaves nothing behind in the others.
            all.add(own);
        }
        all.addAll(interceptors);
        return all.isEmpty() ? null : InterceptorChain.of(all);
    }

    LongConsumer onSendWaited() {
        return onSendWaited;
    }
}
