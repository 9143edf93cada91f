package dev.channels.oracle;

import dev.channels.Waiter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations that wait on one side of a channel, oldest first: a linked list through the operations themselves. */
final class Waiters<P extends Pending> {

    private @Nullable P oldest;
    private @Nullable P newest;
    private int size;

    void add(P operation) {
        operation.link(newest, null);
        if (newest == null) {
            oldest = operation;
        } else {
            newest.link(newest.older(), operation);
        }
        newest = operation;
        size++;
    }

    /** Takes one out that gives up; {@code false} if it was settled before. */
    boolean remove(P operation) {
        if (!operation.isWaiting()) {
            return false;
        }
        P older = cast(operation.older());
        P younger = cast(operation.younger());
        if (older == null) {
            oldest = younger;
        } else {
            older.link(older.older(), younger);
        }
        if (younger == null) {
            newest = older;
        } else {
            younger.link(older, younger.younger());
        }
        operation.unlink();
        size--;
        return true;
    }

    @Nullable P peek() {
        return oldest;
    }

    @Nullable P poll() {
        P operation = oldest;
        if (operation != null) {
            remove(operation);
        }
        return operation;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    List<Waiter> describe(long now) {
        List<Waiter> waiters = new ArrayList<>(size);
        for (P operation = oldest; operation != null; operation = cast(operation.younger())) {
            waiters.add(operation.describe(now));
        }
        return waiters;
    }

    void failAll() {
        for (P operation = poll(); operation != null; operation = poll()) {
            operation.failClosed();
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable P cast(@Nullable Pending operation) {
        return (P) operation;
    }
}
