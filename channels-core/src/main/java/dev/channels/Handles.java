package dev.channels;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the handles of a channel: with the last of the senders it closes, with the last of the receivers at once. */
final class Handles<T> {

    private final Engine engine;
    private final Sending<T> sending;
    private final Receiving<T> receiving;
    private final AtomicInteger openSenders = new AtomicInteger();
    private final AtomicInteger openReceivers = new AtomicInteger();

    Handles(Engine engine, Sending<T> sending, Receiving<T> receiving) {
        this.engine = engine;
        this.sending = sending;
        this.receiving = receiving;
    }

    SenderHandle<T> newSender() {
        openSenders.incrementAndGet();
        return new CountedSender<>(sending, engine.inlet(), this::senderClosed);
    }

    private void senderClosed(@Nullable Throwable cause) {
        if (openSenders.decrementAndGet() == 0) {
            engine.close(cause);
        }
    }

    ReceiverHandle<T> newReceiver() {
        openReceivers.incrementAndGet();
        return new CountedReceiver<>(sending.name(), receiving, engine.outlet(), this::receiverClosed);
    }

    private void receiverClosed() {
        if (openReceivers.decrementAndGet() == 0) {
            engine.closeNow(null, true).forEach(sending::reportDropped);
        }
    }
}
