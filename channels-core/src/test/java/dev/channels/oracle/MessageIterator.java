package dev.channels.oracle;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Iterates over the messages of a channel until its end. {@code hasNext} takes the message and keeps it. */
final class MessageIterator<T> implements Iterator<T> {

    private final Take<T> take;
    private @Nullable T next;

    MessageIterator(Take<T> take) {
        this.take = take;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = take.nextUninterrupted();
        }
        return next != null;
    }

    @Override
    public T next() {
        T message = next != null ? next : take.nextUninterrupted();
        next = null;
        if (message == null) {
            throw new NoSuchElementException("the channel is closed and drained");
        }
        return message;
    }
}
