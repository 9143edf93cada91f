package dev.channels;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** See {@link Select#timeout}. */
final class TimeoutClause<R> extends SelectClause<R> {

    private final Duration time;
    private final Select.Action<? extends R> then;

    TimeoutClause(Duration time, Select.Action<? extends R> then, @Nullable BooleanSupplier guard) {
        super(guard);
        this.time = time;
        this.then = then;
    }

    @Override
    public Select.Clause<R> when(BooleanSupplier guard) {
        return new TimeoutClause<>(time, then, Objects.requireNonNull(guard, "guard"));
    }

    long nanos() {
        return TimeUnit.NANOSECONDS.convert(time);
    }

    R run() throws InterruptedException {
        return then.run();
    }
}
