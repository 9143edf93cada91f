package dev.channels.spring.transport;

import dev.channels.Broadcast;
import dev.channels.ChannelInterceptor;
import dev.channels.Overflow;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Builds a broadcast that the starter looks at, whatever the application says about it. */
final class BroadcastBuilder<T> implements Broadcast.Builder<T> {

    private final Broadcast.Builder<T> builder;
    private final Onlookers onlookers;

    BroadcastBuilder(Broadcast.Builder<T> builder, Onlookers onlookers) {
        this.builder = builder;
        this.onlookers = onlookers;
    }

    @Override
    public BroadcastBuilder<T> capacity(int capacity) {
        builder.capacity(capacity);
        return this;
    }

    @Override
    public BroadcastBuilder<T> overflow(Overflow policy) {
        builder.overflow(policy);
        return this;
    }

    @Override
    public BroadcastBuilder<T> replay(int messages) {
        builder.replay(messages);
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends T> BroadcastBuilder<S> interceptor(ChannelInterceptor<? super S> interceptor) {
        onlookers.setOwn(interceptor);
        return (BroadcastBuilder<S>) this;
    }

    @Override
    public BroadcastBuilder<T> sendTimeout(Duration timeout) {
        builder.sendTimeout(timeout);
        return this;
    }

    @Override
    public BroadcastBuilder<T> onSendWaited(LongConsumer nanos) {
        onlookers.setOwn(nanos);
        return this;
    }

    @Override
    public <S extends T> Broadcast<S> build() {
        builder.onSendWaited(onlookers.onSendWaited());
        ChannelInterceptor<Object> interceptor = onlookers.interceptor();
        if (interceptor != null) {
            builder.interceptor(interceptor);
        }
        return builder.build();
    }
}
