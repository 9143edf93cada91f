package dev.channels.spring.transport;

import dev.channels.SenderHandle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A counted sender of a {@link LimitedChannel}. */
final class LimitedSender<T> implements SenderHandle<T> {

    private final SenderHandle<T> handle;
    private final SendLimit limit;

    LimitedSender(SenderHandle<T> handle, SendLimit limit) {
        this.handle = handle;
        this.limit = limit;
    }

    @Override
    public void send(T message) throws InterruptedException {
        limit.send(handle, message);
    }

    @Override
    public boolean trySend(T message) {
        return handle.trySend(message);
    }

    @Override
    public boolean trySend(T message, Duration timeout) throws InterruptedException {
        return limit.trySend(handle, message, timeout);
    }

    @Override
    public CompletableFuture<Void> sendAsync(T message) {
        return limit.sendAsync(handle, message);
    }

    @Override
    public boolean isClosedForSend() {
        return handle.isClosedForSend();
    }

    @Override
    public void close() {
        handle.close();
    }

    @Override
    public void close(Throwable cause) {
        handle.close(cause);
    }
}
