package dev.channels.spring.transport;

import dev.channels.ChannelInterceptor;
import org.jspecify.annotations.Nullable;

/** Gives an interceptor to the channels in memory that properties or the registry make. */
@FunctionalInterface
public interface InterceptorFactory {

    /**
     * Called once for each of them, before it is built.
     *
     * @param channel the channel's name
     * @return its interceptor, or {@code null} if it needs none
     */
    @Nullable ChannelInterceptor<Object> interceptorFor(String channel);
}
