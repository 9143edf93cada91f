package dev.channels.linearizability;

import dev.channels.ChannelClosedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a watch with one watcher is for one thread. */
public final class WatchModel {

    private @Nullable Integer value;
    private boolean changed;
    private boolean closed;

    public void set(int next) {
        throwIf(closed);
        value = next;
        changed = true;
    }

    public int increment() {
        int next = value == null ? 1 : value + 1;
        set(next);
        return next;
    }

    public boolean compareAndSet(int next) {
        throwIf(closed);
        if (!Objects.equals(value, 1)) {
            return false;
        }
        set(next);
        return true;
    }

    public @Nullable Integer get() {
        return value;
    }

    public @Nullable Integer watcherGet() {
        changed = false;
        return value;
    }

    public boolean hasChanged() {
        return changed;
    }

    public @Nullable Integer tryReceive() {
        throwIf(isClosedForReceive());
        return changed ? watcherGet() : null;
    }

    public boolean isClosedForReceive() {
        return closed && !changed;
    }

    public void close() {
        closed = true;
    }

    private static void throwIf(boolean closed) {
        if (closed) {
            throw new ChannelClosedException("closed", null);
        }
    }
}
