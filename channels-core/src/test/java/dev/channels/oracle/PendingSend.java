package dev.channels.oracle;

import dev.channels.Waiter;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A send that waits for room, or for a receiver. */
final class PendingSend<T> extends Pending {

    private final Envelope<T> envelope;
    private final @Nullable Consumer<PendingSend<T>> future;

    private PendingSend(
            Envelope<T> envelope, @Nullable Condition settlement, @Nullable Consumer<PendingSend<T>> future) {
        super(Waiter.Side.SEND, settlement);
        this.envelope = envelope;
        this.future = future;
    }

    static <T> PendingSend<T> ofThread(Envelope<T> envelope, Condition settlement) {
        return new PendingSend<>(envelope, settlement, null);
    }

    static <T> PendingSend<T> ofFuture(Envelope<T> envelope, Consumer<PendingSend<T>> future) {
        return new PendingSend<>(envelope, null, future);
    }

    Envelope<T> envelope() {
        return envelope;
    }

    @Override
    void completeFuture() {
        if (future != null) {
            future.accept(this);
        }
    }
}
