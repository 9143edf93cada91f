package dev.channels;

import org.jspecify.annotations.Nullable;

/** What a request channel was built with. */
record RequestChannelSettings<Q, A>(
        String name,
        int capacity,
        @Nullable ChannelInterceptor<? super Request<Q, A>> interceptor,
        long requestNanos,
        SendWait sendWait) {}
