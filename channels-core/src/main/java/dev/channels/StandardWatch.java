package dev.channels;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A watch over a {@link Latest}. Whoever waits reads on from a place of its own: a watcher, or one wait for a condition. */
final class StandardWatch<T> implements Watch<T> {

    private final String name;
    private final Latest latest;
    private final Receiving<T> receiving;

    StandardWatch(String name, @Nullable T initial) {
        this.name = name;
        this.latest = new Latest(initial);
        this.receiving = new Receiving<>(Reading.again(latest), null);
    }

    @Override
    public @Nullable T get() {
        return value(latest.current().read());
    }

    @Override
    public void set(T value) {
        Objects.requireNonNull(value, "value");
        if (!latest.write(value, null)) {
            throw closedException();
        }
    }

    @Override
    public T update(UnaryOperator<T> change) {
        Objects.requireNonNull(change, "change");
        while (true) {
            Revision before = open();
            T value = changed(before, change);
            if (latest.write(value, before)) {
                return value;
            }
        }
    }

    // That the function gets null for the missing value is said where it is asked for; its type cannot say it.
    @SuppressWarnings("NullAway")
    private T changed(Revision before, UnaryOperator<T> change) {
        return Objects.requireNonNull(change.apply(value(before.value())), "the function returned null");
    }

    @Override
    public boolean compareAndSet(@Nullable T expected, T value) {
        Objects.requireNonNull(value, "value");
        while (true) {
            Revision before = open();
            if (!Objects.equals(before.value(), expected)) {
                return false;
            }
            if (latest.write(value, before)) {
                return true;
            }
        }
    }

    /** What there is now, for a write that can still succeed. */
    private Revision open() {
        Revision current = latest.current();
        if (latest.ending() != null) {
            throw closedException();
        }
        return current;
    }

    private ChannelClosedException closedException() {
        return receiving.outlet().closedException();
    }

    @Override
    public T await(Predicate<? super T> condition) throws InterruptedException {
        return Objects.requireNonNull(await(condition, BlockedThread.FOREVER));
    }

    @Override
    public @Nullable T await(Predicate<? super T> condition, Duration timeout) throws InterruptedException {
        return await(condition, Math.max(0, TimeUnit.NANOSECONDS.convert(timeout)));
    }

    private @Nullable T await(Predicate<? super T> condition, long nanos) throws InterruptedException {
        Objects.requireNonNull(condition, "condition");
        Reading reading = Reading.untilFound(latest);
        Receiving<T> values = receiving.through(reading);
        long from = System.nanoTime();
        long left = nanos;
        do {
            T value = values.tryReceive(Duration.ofNanos(left));
            if (value == null || condition.test(value)) {
                return value;
            }
            left = nanos == BlockedThread.FOREVER ? nanos : nanos - (System.nanoTime() - from);
        } while (left > 0);
        if (reading.isEnded()) {
            throw reading.closedException();
        }
        return null;
    }

    @Override
    public Watcher<T> watcher() {
        return new StandardWatcher<>(name, Reading.afterNow(latest), receiving);
    }

    @Override
    public void close() {
        boolean unused = latest.end(Ending.normal("Watch '" + name + "' is closed"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int capacity() {
        return 1;
    }

    @Override
    public ChannelStats stats() {
        return latest.stats(name);
    }

    @Override
    public List<Waiter> waiters() {
        return latest.waiters();
    }

    @Override
    public String toString() {
        return Description.of("Watch", stats());
    }

    @SuppressWarnings("unchecked")
    private @Nullable T value(@Nullable Object value) {
        return (T) value;
    }
}
