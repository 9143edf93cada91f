package dev.channels.oracle;

import dev.channels.Waiter;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A receive that waits for a message. */
final class PendingReceive<T> extends Pending {

    private final @Nullable Consumer<PendingReceive<T>> future;
    private @Nullable Envelope<T> received;

    private PendingReceive(@Nullable Condition settlement, @Nullable Consumer<PendingReceive<T>> future) {
        super(Waiter.Side.RECEIVE, settlement);
        this.future = future;
    }

    static <T> PendingReceive<T> ofThread(Condition settlement) {
        return new PendingReceive<>(settlement, null);
    }

    static <T> PendingReceive<T> ofFuture(Consumer<PendingReceive<T>> future) {
        return new PendingReceive<>(null, future);
    }

    void deliver(Envelope<T> envelope) {
        received = envelope;
        done();
    }

    /** What was delivered; {@code null} if the channel closed, or nothing came in time. */
    @Nullable Envelope<T> received() {
        return received;
    }

    @Override
    void completeFuture() {
        if (future != null) {
            future.accept(this);
        }
    }
}
