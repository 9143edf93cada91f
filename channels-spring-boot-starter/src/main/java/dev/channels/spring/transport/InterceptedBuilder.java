package dev.channels.spring.transport;

import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.Overflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A builder whose channel has interceptors of the starter's beside the one that the application sets. */
final class InterceptedBuilder<T> implements Channel.Builder<T> {

    private final Channel.Builder<T> builder;
    private final List<ChannelInterceptor<Object>> interceptors;
    private @Nullable ChannelInterceptor<Object> own;
    private Overflow overflow = Overflow.BLOCK;
    private boolean ordered;

    InterceptedBuilder(Channel.Builder<T> builder, List<ChannelInterceptor<Object>> interceptors) {
        this.builder = builder;
        this.interceptors = interceptors;
    }

    /** Whether the message that is received next is the one that was sent first. */
    boolean isFirstInFirstOut() {
        return !ordered;
    }

    Overflow overflow() {
        return overflow;
    }

    @Override
    public InterceptedBuilder<T> capacity(int capacity) {
        builder.capacity(capacity);
        return this;
    }

    @Override
    public InterceptedBuilder<T> unbounded() {
        builder.unbounded();
        return this;
    }

    @Override
    public InterceptedBuilder<T> overflow(Overflow policy) {
        builder.overflow(policy);
        overflow = policy;
        return this;
    }

    @Override
    public <S extends T> InterceptedBuilder<S> priority(Comparator<? super S> order) {
        builder.priority(order);
        ordered = true;
        return narrow();
    }

    @Override
    public InterceptedBuilder<T> lifo() {
        builder.lifo();
        ordered = true;
        return this;
    }

    @Override
    public <S extends T> InterceptedBuilder<S> onDropped(Consumer<? super S> consumer) {
        builder.onDropped(consumer);
        return narrow();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends T> InterceptedBuilder<S> interceptor(ChannelInterceptor<? super S> interceptor) {
        own = (ChannelInterceptor<Object>) Objects.requireNonNull(interceptor, "interceptor");
        return narrow();
    }

    @Override
    public <S extends T> Channel<S> build() {
        List<ChannelInterceptor<Object>> all = new ArrayList<>();
        if (own != null) {
            // First: what it throws about a message that was received leaves nothing behind in the others.
            all.add(own);
        }
        all.addAll(interceptors);
        builder.interceptor(InterceptorChain.of(all));
        return builder.build();
    }

    @SuppressWarnings("unchecked")
    private <S extends T> InterceptedBuilder<S> narrow() {
        return (InterceptedBuilder<S>) this;
    }
}
