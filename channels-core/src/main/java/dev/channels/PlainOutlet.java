package dev.channels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where messages leave a channel under one lock: its buffer and those who wait for a message. Invariant, whenever the
 * lock is free: if a receiver waits, the buffer is empty.
 */
final class PlainOutlet implements SharedOutlet {

    private final SharedLock lock;
    private final ChannelState state;
    private final Upstream upstream;
    private final Tally tally;
    private final long capacity;
    private final Buffer buffer;
    private final Waiters receivers = new Waiters(Waiter.Side.RECEIVE);
    private boolean detached;

    PlainOutlet(SharedLock lock, ChannelState state, Upstream upstream, Tally tally, int capacity, Buffer buffer) {
        this.lock = lock;
        this.state = state;
        this.upstream = upstream;
        this.tally = tally;
        this.capacity = capacity == Integer.MAX_VALUE ? Long.MAX_VALUE : capacity;
        this.buffer = buffer;
    }

    @Override
    public @Nullable Object poll(@Nullable Wait wait, @Nullable HandlePort<?> handle) {
        lock.lock();
        try {
            if (HandlePort.isClosed(handle)) {
                return Signal.ENDED;
            }
            Object message = buffer.poll();
            if (message != null) {
                tally.countReceived();
                upstream.admitWaiting();
                return message;
            }
            if (isEndedLocked()) {
                return Signal.ENDED;
            }
            Pending operation = wait == null ? null : wait.in(receivers);
            if (operation == null) {
                return wait == null ? null : Signal.ENDED;
            }
            operation.beginsToWait();
            receivers.add(operation);
            return operation;
        } finally {
            lock.unlockAndWake();
        }
    }

    boolean hasRoomFor(int reserved) {
        return buffer.size() + (long) reserved < capacity;
    }

    /** Gives the message to a receiver that waits, or else to the buffer. */
    void acceptLocked(Object message) {
        Pending oldest = receivers.poll();
        if (oldest == null) {
            buffer.add(message);
            return;
        }
        tally.countReceived();
        oldest.message = message;
        lock.settle(oldest, false);
    }

    /** Takes the message in place of the one that would be received last, and answers that one. */
    @Nullable Object replaceLocked(Object message) {
        return buffer.replace(message);
    }

    boolean removeLocked(Object message) {
        return buffer.remove(message);
    }

    void endLocked() {
        if (buffer.size() == 0) {
            lock.wakeLater(receivers.close(any -> true));
        }
    }

    /** Empties the buffer and answers what was in it. */
    List<Object> clearLocked() {
        return buffer.clear();
    }

    /** Ends this side alone, while the channel goes on. */
    void detachLocked() {
        detached = true;
        lock.wakeLater(receivers.close(any -> true));
    }

    boolean isEndedLocked() {
        return detached || (upstream.isExhausted() && buffer.size() == 0);
    }

    int waiting() {
        return receivers.size();
    }

    void describeWaiting(long now, List<? super Waiter> target) {
        receivers.describe(now, target);
    }

    @Override
    public @Nullable Object peek() {
        lock.lock();
        try {
            return buffer.peek();
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return buffer.size() + upstream.waiting();
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public boolean isEnded() {
        lock.lock();
        try {
            return isEndedLocked();
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public boolean endsNormally() {
        lock.lock();
        try {
            return detached || state.endsNormally();
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public SpinLock guard() {
        return lock;
    }

    @Override
    public boolean isReadyLocked() {
        return buffer.size() > 0 || isEndedLocked();
    }

    @Override
    public void enqueueLocked(Pending operation) {
        receivers.add(operation);
    }

    @Override
    public void settle() {
        // Nobody can come or go without the lock that both sides share: all have been served.
    }

    @Override
    public boolean withdraw(Pending operation) {
        lock.lock();
        try {
            return receivers.remove(operation);
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public void failAll(Object owner) {
        lock.lock();
        try {
            lock.wakeLater(receivers.close(operation -> owner.equals(operation.owner)));
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public void recycle(BlockedThread operation) {
        boolean unused = receivers.giveBack(operation);
    }

    @Override
    public ChannelClosedException closedException() {
        return state.closedException();
    }
}
