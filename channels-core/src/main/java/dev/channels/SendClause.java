package dev.channels;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** See {@link Select#send}. */
final class SendClause<T, R> extends ChannelClause<R> {

    private final Sending<T> to;
    private final Supplier<? extends @Nullable T> message;
    private final Select.Action<? extends R> then;
    private final @Nullable BooleanSupplier guard;
    private final Select.@Nullable Action<? extends R> whenClosed;

    SendClause(
            Sending<T> to,
            Supplier<? extends @Nullable T> message,
            Select.Action<? extends R> then,
            @Nullable BooleanSupplier guard,
            Select.@Nullable Action<? extends R> whenClosed) {
        super(guard, whenClosed);
        this.to = to;
        this.message = message;
        this.then = then;
        this.guard = guard;
        this.whenClosed = whenClosed;
    }

    @Override
    public Select.Clause<R> onClosed(Select.Action<? extends R> newWhenClosed) {
        return new SendClause<>(to, message, then, guard, Objects.requireNonNull(newWhenClosed, "then"));
    }

    @Override
    public Select.Clause<R> when(BooleanSupplier newGuard) {
        return new SendClause<>(to, message, then, Objects.requireNonNull(newGuard, "guard"), whenClosed);
    }

    @Override
    Port port() {
        return to.inlet();
    }

    @Override
    @Nullable Object prepare() {
        T given = message.get();
        return given == null ? null : to.seal(given);
    }

    @Override
    Object attempt(Object sealed) {
        return to.offerForSelect(sealed);
    }

    @Override
    Object outcome(PendingClause place) {
        to.reportWait(place);
        return Signal.TAKEN;
    }

    @Override
    R finish(Object outcome) throws InterruptedException {
        return then.run();
    }

    @Override
    PendingClause place(SelectWait select, int index, Object sealed) {
        return new PendingClause(select, index, sealed);
    }

    @Override
    boolean isClosed() {
        return to.inlet().isClosed();
    }
}
