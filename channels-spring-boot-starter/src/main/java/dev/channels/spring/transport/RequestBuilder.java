package dev.channels.spring.transport;

import dev.channels.ChannelInterceptor;
import dev.channels.Request;
import dev.channels.RequestChannel;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Builds a request channel that the starter looks at, whatever the application says about it. */
final class RequestBuilder<Q, A> implements RequestChannel.Builder<Q, A> {

    private final RequestChannel.Builder<Q, A> builder;
    private final Onlookers onlookers;

    RequestBuilder(RequestChannel.Builder<Q, A> builder, Onlookers onlookers) {
        this.builder = builder;
        this.onlookers = onlookers;
    }

    @Override
    public RequestBuilder<Q, A> capacity(int capacity) {
        builder.capacity(capacity);
        return this;
    }

    @Override
    public RequestBuilder<Q, A> unbounded() {
        builder.unbounded();
        return this;
    }

    @Override
    public RequestBuilder<Q, A> interceptor(ChannelInterceptor<? super Request<Q, A>> interceptor) {
        onlookers.setOwn(interceptor);
        return this;
    }

    @Override
    public RequestBuilder<Q, A> requestTimeout(Duration timeout) {
        builder.requestTimeout(timeout);
        return this;
    }

    @Override
    public RequestBuilder<Q, A> onSendWaited(LongConsumer nanos) {
        onlookers.setOwn(nanos);
        return this;
    }

    @Override
    public RequestChannel<Q, A> build() {
        builder.onSendWaited(onlookers.onSendWaited());
        ChannelInterceptor<Object> interceptor = onlookers.interceptor();
        if (interceptor != null) {
            builder.interceptor(interceptor);
        }
        return builder.build();
    }
}
