package dev.channels;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One reader of a {@link StandardWatch}, which is its own receiver. */
final class StandardWatcher<T> implements Watcher<T>, Receives<T> {

    private final String name;
    private final Reading reading;
    private final Receiving<T> receiving;

    StandardWatcher(String name, Reading reading, Receiving<T> watch) {
        this.name = name;
        this.reading = reading;
        this.receiving = watch.through(reading);
    }

    @Override
    public T awaitChange() throws InterruptedException {
        return receiving.receive();
    }

    @Override
    public @Nullable T awaitChange(Duration timeout) throws InterruptedException {
        return receiving.tryReceive(timeout);
    }

    @Override
    public boolean hasChanged() {
        return reading.isUnread();
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T get() {
        return (T) reading.newest();
    }

    @Override
    public Receiver<T> receiver() {
        return this;
    }

    @Override
    public Receiving<T> receiving() {
        return receiving;
    }

    @Override
    public String toString() {
        return "Watcher[" + name + (hasChanged() ? ", changed" : "") + (reading.isEnded() ? ", closed]" : "]");
    }
}
