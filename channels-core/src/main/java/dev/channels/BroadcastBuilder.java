package dev.channels;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds broadcasts. */
final class BroadcastBuilder<T> implements Broadcast.Builder<T> {

    private final Supplier<String> name;
    private int capacity = 16;
    private Overflow overflow = Overflow.BLOCK;
    private int replay;
    private @Nullable ChannelInterceptor<? super T> interceptor;
    private SendWait sendWait = SendWait.UNLIMITED;

    private BroadcastBuilder(Supplier<String> name) {
        this.name = name;
    }

    static BroadcastBuilder<Object> named(String name) {
        Objects.requireNonNull(name, "name");
        return new BroadcastBuilder<>(() -> name);
    }

    static BroadcastBuilder<Object> unnamed() {
        return new BroadcastBuilder<>(() -> DefaultName.of("broadcast"));
    }

    @Override
    public BroadcastBuilder<T> capacity(int messages) {
        if (messages < 1) {
            throw new IllegalArgumentException("A broadcast needs a capacity of at least 1, not " + messages);
        }
        this.capacity = messages;
        return this;
    }

    @Override
    public BroadcastBuilder<T> overflow(Overflow policy) {
        Objects.requireNonNull(policy, "overflow");
        if (policy != Overflow.BLOCK && policy != Overflow.DROP_OLDEST) {
            throw new IllegalArgumentException("A broadcast can have BLOCK or DROP_OLDEST, not " + policy);
        }
        this.overflow = policy;
        return this;
    }

    @Override
    public BroadcastBuilder<T> replay(int messages) {
        if (messages < 0) {
            throw new IllegalArgumentException("A broadcast cannot replay " + messages + " messages");
        }
        this.replay = messages;
        return this;
    }

    @Override
    public <S extends T> BroadcastBuilder<S> interceptor(ChannelInterceptor<? super S> newInterceptor) {
        BroadcastBuilder<S> narrowed = narrow();
        narrowed.interceptor = Objects.requireNonNull(newInterceptor, "interceptor");
        return narrowed;
    }

    @Override
    public BroadcastBuilder<T> sendTimeout(Duration timeout) {
        this.sendWait = sendWait.atMost(timeout);
        return this;
    }

    @Override
    public BroadcastBuilder<T> onSendWaited(LongConsumer nanos) {
        this.sendWait = sendWait.toldTo(nanos);
        return this;
    }

    @Override
    public <S extends T> Broadcast<S> build() {
        if (replay > capacity) {
            throw new IllegalArgumentException(
                    "A broadcast of capacity " + capacity + " cannot replay " + replay + " messages");
        }
        return new StandardBroadcast<>(
                new BroadcastSettings<>(name.get(), capacity, overflow, replay, interceptor, sendWait));
    }

    @SuppressWarnings("unchecked")
    private <S extends T> BroadcastBuilder<S> narrow() {
        return (BroadcastBuilder<S>) this;
    }
}
