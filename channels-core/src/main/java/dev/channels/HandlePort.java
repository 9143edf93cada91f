package dev.channels;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A port as the holder of one handle sees it: closing the handle ends what it waits for, and nobody else's. It is closed
 * under the port's lock, and looked at there by every operation.
 */
abstract class HandlePort<P extends Port> implements Port {

    final P port;
    private final Wait ownBlockedThread = waiters -> own(BlockedThread.WAIT.in(waiters));
    private volatile boolean closed;
    private @Nullable Throwable cause;

    HandlePort(P port) {
        this.port = port;
    }

    /** Closes the handle; {@code false} if it was closed before. */
    final boolean closeHandle(@Nullable Throwable why) {
        port.guard().lock();
        try {
            if (closed) {
                return false;
            }
            cause = why;
            closed = true;
        } finally {
            port.guard().unlock();
        }
        port.failAll(this);
        return true;
    }

    final boolean isHandleClosed() {
        return closed;
    }

    /** Whether an operation comes through a handle that is closed. */
    static boolean isClosed(@Nullable HandlePort<?> handle) {
        return handle != null && handle.closed;
    }

    /** The same way to wait, for this handle. */
    final @Nullable Wait own(@Nullable Wait wait) {
        if (wait == null) {
            return null;
        }
        return wait.equals(BlockedThread.WAIT) ? ownBlockedThread : waiters -> own(wait.in(waiters));
    }

    private @Nullable Pending own(@Nullable Pending operation) {
        if (operation != null) {
            operation.owner = this;
        }
        return operation;
    }

    @Override
    public final boolean isHandToHand() {
        return port.isHandToHand();
    }

    @Override
    public final SpinLock guard() {
        return port.guard();
    }

    @Override
    public final boolean isReadyLocked() {
        return closed || port.isReadyLocked();
    }

    @Override
    public final void enqueueLocked(Pending operation) {
        operation.owner = this;
        port.enqueueLocked(operation);
    }

    @Override
    public final void settle() {
        port.settle();
    }

    @Override
    public final boolean withdraw(Pending operation) {
        return port.withdraw(operation);
    }

    @Override
    public final void failAll(Object owner) {
        port.failAll(owner);
    }

    @Override
    public final void recycle(BlockedThread operation) {
        port.recycle(operation);
    }

    @Override
    public final ChannelClosedException closedException() {
        ChannelClosedException exception = port.closedException();
        return closed && cause != null
                ? new ChannelClosedException(Objects.requireNonNull(exception.getMessage()), cause)
                : exception;
    }
}
