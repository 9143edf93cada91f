package dev.channels;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds the channels of this package. The type of the messages is narrowed as in Caffeine: the builder is one. */
final class ChannelBuilder<T> implements Channel.Builder<T> {

    private final Supplier<String> name;
    private int capacity;
    private Overflow overflow = Overflow.BLOCK;
    private boolean newestFirst;
    private @Nullable Comparator<? super T> priority;
    private @Nullable Consumer<? super T> onDropped;
    private @Nullable ChannelInterceptor<? super T> interceptor;
    private SendWait sendWait = SendWait.UNLIMITED;

    private ChannelBuilder(Supplier<String> name) {
        this.name = name;
    }

    static ChannelBuilder<Object> named(String name) {
        Objects.requireNonNull(name, "name");
        return new ChannelBuilder<>(() -> name);
    }

    static ChannelBuilder<Object> unnamed(String kind) {
        return new ChannelBuilder<>(() -> DefaultName.of(kind));
    }

    @Override
    public ChannelBuilder<T> capacity(int messages) {
        if (messages < 0) {
            throw new IllegalArgumentException("A capacity must not be negative: " + messages);
        }
        this.capacity = messages;
        return this;
    }

    @Override
    public ChannelBuilder<T> unbounded() {
        this.capacity = Integer.MAX_VALUE;
        return this;
    }

    @Override
    public ChannelBuilder<T> overflow(Overflow policy) {
        this.overflow = Objects.requireNonNull(policy, "overflow");
        return this;
    }

    @Override
    public <S extends T> ChannelBuilder<S> priority(Comparator<? super S> order) {
        ChannelBuilder<S> narrowed = narrow();
        narrowed.priority = Objects.requireNonNull(order, "priority");
        return narrowed;
    }

    @Override
    public ChannelBuilder<T> lifo() {
        this.newestFirst = true;
        return this;
    }

    @Override
    public <S extends T> ChannelBuilder<S> onDropped(Consumer<? super S> consumer) {
        ChannelBuilder<S> narrowed = narrow();
        narrowed.onDropped = Objects.requireNonNull(consumer, "onDropped");
        return narrowed;
    }

    @Override
    public <S extends T> ChannelBuilder<S> interceptor(ChannelInterceptor<? super S> newInterceptor) {
        ChannelBuilder<S> narrowed = narrow();
        narrowed.interceptor = Objects.requireNonNull(newInterceptor, "interceptor");
        return narrowed;
    }

    @Override
    public ChannelBuilder<T> sendTimeout(Duration timeout) {
        this.sendWait = sendWait.atMost(timeout);
        return this;
    }

    @Override
    public ChannelBuilder<T> onSendWaited(LongConsumer nanos) {
        this.sendWait = sendWait.toldTo(nanos);
        return this;
    }

    @Override
    public <S extends T> Channel<S> build() {
        if (priority != null && newestFirst) {
            throw new IllegalStateException("A channel has either a priority or lifo, not both");
        }
        if ((priority != null || newestFirst) && capacity == 0) {
            throw new IllegalStateException((newestFirst ? "lifo" : "priority")
                    + " orders the messages in the buffer: it needs capacity(n) with n >= 1, or unbounded()");
        }
        return new StandardChannel<>(new ChannelSettings<>(
                name.get(), capacity, overflow, newestFirst, priority, onDropped, interceptor, sendWait));
    }

    @SuppressWarnings("unchecked")
    private <S extends T> ChannelBuilder<S> narrow() {
        return (ChannelBuilder<S>) this;
    }
}
