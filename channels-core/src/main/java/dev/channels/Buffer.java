package dev.channels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that a plain channel holds, in the order in which they will be received. */
interface Buffer {

    void add(Object message);

    @Nullable Object poll();

    @Nullable Object peek();

    /** Adds a message to a full buffer, and answers the one that goes for it; {@code null} if it is itself the one to go. */
    @Nullable Object replace(Object message);

    /** Takes one out, wherever it stands; {@code false} if it is not there. Only requests are ever taken back. */
    default boolean remove(Object message) {
        throw new UnsupportedOperationException("Messages are not taken back");
    }

    int size();

    /** Takes all out. */
    List<Object> clear();
}
