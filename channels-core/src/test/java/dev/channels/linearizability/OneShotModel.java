package dev.channels.linearizability;

import dev.channels.ChannelClosedException;
import org.jspecify.annotations.Nullable;

/** What a one-shot is for one thread. */
public final class OneShotModel {

    private @Nullable Integer value;
    private boolean failed;
    private boolean cancelled;

    private boolean isDecided() {
        return value != null || failed || cancelled;
    }

    public boolean send(int message) {
        if (isDecided()) {
            return false;
        }
        value = message;
        return true;
    }

    public boolean fail() {
        if (isDecided()) {
            return false;
        }
        failed = true;
        return true;
    }

    public boolean cancel() {
        if (isDecided()) {
            return false;
        }
        cancelled = true;
        return true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    public @Nullable Integer tryReceive() {
        if (failed || cancelled) {
            throw new ChannelClosedException("closed", null);
        }
        return value;
    }

    public boolean isClosedForReceive() {
        return failed || cancelled;
    }
}
