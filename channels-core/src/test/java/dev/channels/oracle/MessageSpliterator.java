package dev.channels.oracle;

import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The messages of a channel as the source of a sequential stream. */
final class MessageSpliterator<T> implements Spliterator<T> {

    private final Take<T> take;

    MessageSpliterator(Take<T> take) {
        this.take = take;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        T message = take.nextUninterrupted();
        if (message == null) {
            return false;
        }
        action.accept(message);
        return true;
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return ORDERED | NONNULL;
    }
}
