package dev.channels;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds request channels. */
final class RequestChannelBuilder<Q, A> implements RequestChannel.Builder<Q, A> {

    private final Supplier<String> name;
    private int capacity;
    private @Nullable ChannelInterceptor<? super Request<Q, A>> interceptor;
    private long requestNanos = BlockedThread.FOREVER;
    private SendWait sendWait = SendWait.UNLIMITED;

    private RequestChannelBuilder(Supplier<String> name) {
        this.name = name;
    }

    static <Q, A> RequestChannelBuilder<Q, A> named(String name) {
        Objects.requireNonNull(name, "name");
        return new RequestChannelBuilder<>(() -> name);
    }

    static <Q, A> RequestChannelBuilder<Q, A> unnamed() {
        return new RequestChannelBuilder<>(() -> DefaultName.of("request"));
    }

    @Override
    public RequestChannelBuilder<Q, A> capacity(int requests) {
        if (requests < 0) {
            throw new IllegalArgumentException("A capacity must not be negative: " + requests);
        }
        this.capacity = requests;
        return this;
    }

    @Override
    public RequestChannelBuilder<Q, A> unbounded() {
        this.capacity = Integer.MAX_VALUE;
        return this;
    }

    @Override
    public RequestChannelBuilder<Q, A> interceptor(ChannelInterceptor<? super Request<Q, A>> newInterceptor) {
        this.interceptor = Objects.requireNonNull(newInterceptor, "interceptor");
        return this;
    }

    @Override
    public RequestChannelBuilder<Q, A> requestTimeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("A request timeout must be greater than zero, not " + timeout);
        }
        this.requestNanos = TimeUnit.NANOSECONDS.convert(timeout);
        return this;
    }

    @Override
    public RequestChannelBuilder<Q, A> onSendWaited(LongConsumer nanos) {
        this.sendWait = sendWait.toldTo(nanos);
        return this;
    }

    @Override
    public RequestChannel<Q, A> build() {
        return StandardRequestChannel.of(
                new RequestChannelSettings<>(name.get(), capacity, interceptor, requestNanos, sendWait));
    }
}
