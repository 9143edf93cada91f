package dev.channels;

import org.jspecify.annotations.Nullable;

/** What a broadcast was built with. */
record BroadcastSettings<T>(
        String name,
        int capacity,
        Overflow overflow,
        int replay,
        @Nullable ChannelInterceptor<? super T> interceptor,
        SendWait sendWait) {}
