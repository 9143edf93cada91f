package dev.channels;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In the order of arrival, or the other way round. Takes memory when there are messages, and gives back that of a burst. */
final class DequeBuffer implements Buffer {

    private static final int KEPT = 128;

    private final boolean newestFirst;
    private @Nullable ArrayDeque<Object> messages;
    private int peak;

    DequeBuffer(boolean newestFirst) {
        this.newestFirst = newestFirst;
    }

    @Override
    public void add(Object message) {
        if (messages == null) {
            messages = new ArrayDeque<>();
        }
        if (newestFirst) {
            messages.addFirst(message);
        } else {
            messages.addLast(message);
        }
        peak = Math.max(peak, messages.size());
    }

    @Override
    public @Nullable Object poll() {
        if (messages == null) {
            return null;
        }
        Object next = messages.poll();
        if (peak > KEPT && messages.size() < peak / 4) {
            peak = messages.size();
            messages = messages.isEmpty() ? null : new ArrayDeque<>(messages);
        }
        return next;
    }

    @Override
    public @Nullable Object peek() {
        return messages == null ? null : messages.peek();
    }

    @Override
    public @Nullable Object replace(Object message) {
        Object oldest = messages == null ? null : newestFirst ? messages.pollLast() : messages.pollFirst();
        if (oldest != null) {
            add(message);
        }
        return oldest;
    }

    @Override
    public int size() {
        return messages == null ? 0 : messages.size();
    }

    @Override
    public List<Object> clear() {
        List<Object> all = messages == null ? List.of() : List.copyOf(messages);
        messages = null;
        peak = 0;
        return all;
    }
}
