package dev.channels.oracle;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that a channel holds, oldest first. Takes memory when there are some, and gives back that of a burst. */
final class Buffer<T> {

    private static final int KEPT = 128;

    private @Nullable ArrayDeque<Envelope<T>> messages;
    private int peak;

    void add(Envelope<T> envelope) {
        if (messages == null) {
            messages = new ArrayDeque<>();
        }
        messages.add(envelope);
        peak = Math.max(peak, messages.size());
    }

    @Nullable Envelope<T> poll() {
        if (messages == null) {
            return null;
        }
        Envelope<T> oldest = messages.poll();
        if (peak > KEPT && messages.size() < peak / 4) {
            peak = messages.size();
            messages = messages.isEmpty() ? null : new ArrayDeque<>(messages);
        }
        return oldest;
    }

    @Nullable Envelope<T> peek() {
        return messages == null ? null : messages.peek();
    }

    int size() {
        return messages == null ? 0 : messages.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Takes all out. */
    List<T> clear() {
        List<T> all = messages == null
                ? List.of()
                : messages.stream().map(Envelope::message).toList();
        messages = null;
        peak = 0;
        return all;
    }
}
