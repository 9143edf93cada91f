package dev.channels.spring.transport;

import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.Overflow;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Builds a queue that the starter looks at, whatever the application says about it. */
final class QueueBuilder<T> implements Channel.Builder<T> {

    private final Channel.Builder<T> builder;
    private final Onlookers onlookers;
    private Overflow overflow = Overflow.BLOCK;
    private boolean ordered;

    QueueBuilder(Channel.Builder<T> builder, Onlookers onlookers) {
        this.builder = builder;
        this.onlookers = onlookers;
    }

    /** Whether the message that is received next is the one that was sent first. */
    boolean isFirstInFirstOut() {
        return !ordered;
    }

    Overflow overflow() {
        return overflow;
    }

    @Override
    public QueueBuilder<T> capacity(int capacity) {
        builder.capacity(capacity);
        return this;
    }

    @Override
    public QueueBuilder<T> unbounded() {
        builder.unbounded();
        return this;
    }

    @Override
    public QueueBuilder<T> overflow(Overflow policy) {
        builder.overflow(policy);
        overflow = policy;
        return this;
    }

    @Override
    public <S extends T> QueueBuilder<S> priority(Comparator<? super S> order) {
        builder.priority(order);
        ordered = true;
        return narrow();
    }

    @Override
    public QueueBuilder<T> lifo() {
        builder.lifo();
        ordered = true;
        return this;
    }

    @Override
    public <S extends T> QueueBuilder<S> onDropped(Consumer<? super S> consumer) {
        builder.onDropped(consumer);
        return narrow();
    }

    @Override
    public <S extends T> QueueBuilder<S> interceptor(ChannelInterceptor<? super S> interceptor) {
        onlookers.setOwn(interceptor);
        return narrow();
    }

    @Override
    public QueueBuilder<T> sendTimeout(Duration timeout) {
        builder.sendTimeout(timeout);
        return this;
    }

    @Override
    public QueueBuilder<T> onSendWaited(LongConsumer nanos) {
        onlookers.setOwn(nanos);
        return this;
    }

    @Override
    public <S extends T> Channel<S> build() {
        builder.onSendWaited(onlookers.onSendWaited());
        ChannelInterceptor<Object> interceptor = onlookers.interceptor();
        if (interceptor != null) {
            builder.interceptor(interceptor);
        }
        return builder.build();
    }

    @SuppressWarnings("unchecked")
    private <S extends T> QueueBuilder<S> narrow() {
        return (QueueBuilder<S>) this;
    }
}
