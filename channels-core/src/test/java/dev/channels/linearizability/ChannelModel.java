package dev.channels.linearizability;

import dev.channels.ChannelClosedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel is for one thread: first in, first out, and what finds it full is refused. */
public abstract class ChannelModel {

    final List<Integer> messages = new ArrayList<>();
    private final int capacity;
    private boolean closed;

    ChannelModel(int capacity) {
        this.capacity = capacity;
    }

    /** Where a message stands among those that are received before and after it. */
    int place(int message) {
        return messages.size();
    }

    /** Adds a message that exceeds the capacity; {@code false} if it was left out. */
    boolean addToFull(int message) {
        return false;
    }

    public boolean trySend(int message) {
        throwIf(closed);
        if (messages.size() == capacity) {
            return addToFull(message);
        }
        messages.add(place(message), message);
        return true;
    }

    public @Nullable Integer tryReceive() {
        throwIf(isClosedForReceive());
        return messages.isEmpty() ? null : messages.removeFirst();
    }

    public List<Integer> drainOne() {
        return messages.isEmpty() ? List.of() : List.of(messages.removeFirst());
    }

    public @Nullable Integer peek() {
        return messages.isEmpty() ? null : messages.getFirst();
    }

    public void close() {
        closed = true;
    }

    public List<Integer> closeNow() {
        closed = true;
        List<Integer> returned = List.copyOf(messages);
        messages.clear();
        return returned;
    }

    public boolean isClosedForSend() {
        return closed;
    }

    public boolean isClosedForReceive() {
        return closed && messages.isEmpty();
    }

    public boolean isWithinCapacity() {
        return true;
    }

    static void throwIf(boolean closed) {
        if (closed) {
            throw new ChannelClosedException("closed", null);
        }
    }
}
