package dev.channels.spring.transport;

import dev.channels.Receiver;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Messages in memory: taken is taken, so there is nothing to acknowledge and all workers may share one consumer. */
final class MemorySource implements MessageSource, MessageConsumer {

    private final Receiver<?> receiver;
    private final @Nullable Runnable unsubscribe;

    MemorySource(Receiver<?> receiver) {
        this(receiver, null);
    }

    MemorySource(Receiver<?> receiver, @Nullable Runnable unsubscribe) {
        this.receiver = receiver;
        this.unsubscribe = unsubscribe;
    }

    @Override
    public MessageConsumer newConsumer() {
        return new MemorySource(receiver);
    }

    @Override
    public Object receive() throws InterruptedException {
        return receiver.receive();
    }

    @Override
    public @Nullable Object tryReceive() {
        return receiver.tryReceive();
    }

    @Override
    public @Nullable Object tryReceive(Duration timeout) throws InterruptedException {
        return receiver.tryReceive(timeout);
    }

    @Override
    public void receiveMore(Collection<Object> target, int max, Duration linger) {
        int missing = max - receiver.drainTo(target, max);
        if (missing > 0 && linger.isPositive()) {
            MessageConsumer.super.receiveMore(target, missing, linger);
        }
    }

    @Override
    public void acknowledge() {}

    @Override
    public boolean isDrained() {
        return receiver.isClosedForReceive();
    }

    @Override
    public void close() {
        if (unsubscribe != null) {
            unsubscribe.run();
        }
    }
}
