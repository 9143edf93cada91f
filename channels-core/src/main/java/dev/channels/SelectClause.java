package dev.channels;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A clause of a select; see {@link Select}. */
abstract sealed class SelectClause<R> implements Select.Clause<R>
        permits ChannelClause, TimeoutClause, OtherwiseClause {

    private final @Nullable BooleanSupplier guard;

    SelectClause(@Nullable BooleanSupplier guard) {
        this.guard = guard;
    }

    final boolean isOn() {
        return guard == null || guard.getAsBoolean();
    }

    @Override
    public Select.Clause<R> onClosed(Select.Action<? extends R> then) {
        throw new IllegalStateException("onClosed is for a clause with a channel");
    }
}
