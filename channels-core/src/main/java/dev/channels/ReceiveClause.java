package dev.channels;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** See {@link Select#receive}. */
final class ReceiveClause<T, R> extends ChannelClause<R> {

    private static final Object NOTHING = Signal.TAKEN;

    private final Receiving<T> from;
    private final Select.Handler<? super T, ? extends R> then;
    private final @Nullable BooleanSupplier guard;
    private final Select.@Nullable Action<? extends R> whenClosed;

    ReceiveClause(
            Receiving<T> from,
            Select.Handler<? super T, ? extends R> then,
            @Nullable BooleanSupplier guard,
            Select.@Nullable Action<? extends R> whenClosed) {
        super(guard, whenClosed);
        this.from = from;
        this.then = then;
        this.guard = guard;
        this.whenClosed = whenClosed;
    }

    @Override
    public Select.Clause<R> onClosed(Select.Action<? extends R> newWhenClosed) {
        return new ReceiveClause<>(from, then, guard, Objects.requireNonNull(newWhenClosed, "then"));
    }

    @Override
    public Select.Clause<R> when(BooleanSupplier newGuard) {
        return new ReceiveClause<>(from, then, Objects.requireNonNull(newGuard, "guard"), whenClosed);
    }

    @Override
    Port port() {
        return from.outlet();
    }

    @Override
    Object prepare() {
        return NOTHING;
    }

    @Override
    Object attempt(Object prepared) {
        Object sealed = from.outlet().poll(null);
        return sealed == null ? Signal.FULL : sealed;
    }

    @Override
    R finish(Object sealed) throws InterruptedException {
        return then.handle(from.open(sealed));
    }

    @Override
    PendingClause place(SelectWait select, int index, Object prepared) {
        return new PendingClause(select, index, null);
    }

    @Override
    boolean isClosed() {
        return from.outlet().isEnded();
    }
}
