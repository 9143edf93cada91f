package dev.channels.spring.transport;

import dev.channels.ChannelInterceptor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several interceptors as one: each finds beside the message what it put there itself. */
final class InterceptorChain implements ChannelInterceptor<Object> {

    private final List<ChannelInterceptor<Object>> interceptors;

    private InterceptorChain(List<ChannelInterceptor<Object>> interceptors) {
        this.interceptors = List.copyOf(interceptors);
    }

    static ChannelInterceptor<Object> of(List<ChannelInterceptor<Object>> interceptors) {
        return interceptors.size() == 1 ? interceptors.getFirst() : new InterceptorChain(interceptors);
    }

    @Override
    public Object onSend(Object message) {
        @Nullable Object[] attachments = new Object[interceptors.size()];
        for (int index = 0; index < attachments.length; index++) {
            attachments[index] = interceptors.get(index).onSend(message);
        }
        return attachments;
    }

    @Override
    public void onReceive(Object message, @Nullable Object attachment) {
        @Nullable Object[] attachments = (Object[]) Objects.requireNonNull(attachment);
        for (int index = 0; index < attachments.length; index++) {
            interceptors.get(index).onReceive(message, attachments[index]);
        }
    }

    @Override
    public void onSendWaited(long nanos) {
        for (ChannelInterceptor<Object> interceptor : interceptors) {
            interceptor.onSendWaited(nanos);
        }
    }
}
