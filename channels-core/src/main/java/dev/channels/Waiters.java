package dev.channels;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations that wait on one side of a channel, oldest first. Guarded by the channel's lock. */
final class Waiters<P extends Pending> {

    // Pending is compared by identity. Removing from the middle and counting take no walk.
    private final LinkedHashSet<P> pending = new LinkedHashSet<>();

    void add(P operation) {
        pending.add(operation);
    }

    /** Takes one out that gives up; {@code false} if it was settled before. */
    boolean remove(P operation) {
        return pending.remove(operation);
    }

    @Nullable P peek() {
        return pending.isEmpty() ? null : pending.getFirst();
    }

    @Nullable P poll() {
        return pending.isEmpty() ? null : pending.removeFirst();
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    int size() {
        return pending.size();
    }

    List<Waiter> describe() {
        return pending.stream().map(Pending::describe).toList();
    }

    void failAll() {
        pending.forEach(Pending::failClosed);
        pending.clear();
    }
}
