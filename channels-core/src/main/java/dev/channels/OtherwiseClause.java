package dev.channels;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** See {@link Select#otherwise}. */
final class OtherwiseClause<R> extends SelectClause<R> {

    private final Select.Action<? extends R> then;

    OtherwiseClause(Select.Action<? extends R> then, @Nullable BooleanSupplier guard) {
        super(guard);
        this.then = then;
    }

    @Override
    public Select.Clause<R> when(BooleanSupplier guard) {
        return new OtherwiseClause<>(then, Objects.requireNonNull(guard, "guard"));
    }

    R run() throws InterruptedException {
        return then.run();
    }
}
