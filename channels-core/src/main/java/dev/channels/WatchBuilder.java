package dev.channels;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds watches. */
final class WatchBuilder<T> implements Watch.Builder<T> {

    private final Supplier<String> name;
    private @Nullable Object initial;

    private WatchBuilder(Supplier<String> name) {
        this.name = name;
    }

    static WatchBuilder<Object> named(String name) {
        Objects.requireNonNull(name, "name");
        return new WatchBuilder<>(() -> name);
    }

    static WatchBuilder<Object> unnamed() {
        return new WatchBuilder<>(() -> DefaultName.of("watch"));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends T> WatchBuilder<S> initial(S value) {
        this.initial = Objects.requireNonNull(value, "initial");
        return (WatchBuilder<S>) this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends T> Watch<S> build() {
        return new StandardWatch<>(name.get(), (S) initial);
    }
}
