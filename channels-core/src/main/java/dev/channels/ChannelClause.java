package dev.channels;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A clause that sends or receives. */
abstract sealed class ChannelClause<R> extends SelectClause<R> permits ReceiveClause, SendClause {

    private final Select.@Nullable Action<? extends R> whenClosed;

    ChannelClause(@Nullable BooleanSupplier guard, Select.@Nullable Action<? extends R> whenClosed) {
        super(guard);
        this.whenClosed = whenClosed;
    }

    /** Where it waits. */
    abstract Port port();

    /** What it brings: for a send its message, sealed; {@code null} switches it off. */
    abstract @Nullable Object prepare();

    /** Tries without waiting: the message or {@link Signal#TAKEN}, {@link Signal#FULL}, or that the channel is closed. */
    abstract Object attempt(Object prepared);

    /** What waiting has brought. */
    Object outcome(PendingClause place) {
        return place.message();
    }

    /** Finishes what {@link #attempt} or the waiting has done. */
    abstract R finish(Object outcome) throws InterruptedException;

    /** A place in which it waits. */
    abstract PendingClause place(SelectWait select, int index, Object prepared);

    /** Whether its channel is closed, and drained if it receives. */
    abstract boolean isClosed();

    final R finishClosed() throws InterruptedException {
        if (whenClosed == null) {
            throw port().closedException();
        }
        return whenClosed.run();
    }
}
