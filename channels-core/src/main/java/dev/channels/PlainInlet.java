package dev.channels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where messages enter a channel under one lock. Invariant, whenever the lock is free: if a sender waits there is no
 * room; so whoever makes room lets the oldest in before anyone else gets the lock.
 */
final class PlainInlet implements SharedInlet, Upstream {

    private final SharedLock lock;
    private final ChannelState state;
    private final Downstream downstream;
    private final Tally tally;
    private final Waiters senders = new Waiters(Waiter.Side.SEND);
    private int reserved;

    PlainInlet(SharedLock lock, ChannelState state, Downstream downstream, Tally tally) {
        this.lock = lock;
        this.state = state;
        this.downstream = downstream;
        this.tally = tally;
    }

    @Override
    public Object offer(Object message, @Nullable Wait wait, @Nullable HandlePort<?> handle) {
        lock.lock();
        try {
            if (state.isClosed() || HandlePort.isClosed(handle)) {
                return Signal.CLOSED;
            }
            if (downstream.hasRoom(reserved)) {
                enter(message);
                return Signal.TAKEN;
            }
            if (wait == null) {
                return Signal.FULL;
            }
            Pending operation = wait.in(senders);
            if (operation == null) {
                return Signal.CLOSED;
            }
            operation.message = message;
            operation.beginsToWait();
            senders.add(operation);
            return operation;
        } finally {
            lock.unlockAndWake();
        }
    }

    private void enter(Object message) {
        if (message == Reserved.ROOM) {
            reserved++;
        } else {
            downstream.accept(message);
            tally.countSent();
        }
    }

    @Override
    public Object offerReplacing(Object message, boolean acceptAnyway, @Nullable HandlePort<?> handle) {
        lock.lock();
        try {
            if (state.isClosed() || HandlePort.isClosed(handle)) {
                return Signal.CLOSED;
            }
            if (downstream.hasRoom(reserved)) {
                enter(message);
                return Signal.TAKEN;
            }
            Object victim = downstream.replace(message);
            if (victim == null && !acceptAnyway) {
                return Signal.FULL;
            }
            tally.countDropped(1);
            tally.countSent();
            return victim == null ? message : victim;
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public boolean refuse(@Nullable HandlePort<?> handle) {
        lock.lock();
        try {
            if (state.isClosed() || HandlePort.isClosed(handle)) {
                return false;
            }
            tally.countDropped(1);
            tally.countSent();
            return true;
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public boolean redeem(Object message) {
        lock.lock();
        try {
            if (state.isClosedAtOnce()) {
                return false;
            }
            reserved--;
            enter(message);
            // A receiver that waited has taken it: then there is room.
            admitWaiting();
            return true;
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public void release() {
        lock.lock();
        try {
            reserved--;
            admitWaiting();
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public void admitWaiting() {
        while (!senders.isEmpty() && downstream.hasRoom(reserved)) {
            Pending oldest = senders.poll();
            if (oldest != null) {
                enter(oldest.message());
                lock.settle(oldest, false);
            }
        }
        endIfExhausted();
    }

    /** Tells the receivers, once the last sender that a close still had to serve is gone. */
    private void endIfExhausted() {
        if (isExhausted()) {
            downstream.end();
        }
    }

    void close(@Nullable Throwable cause) {
        lock.lock();
        try {
            state.close(cause);
            lock.wakeLater(senders.close(Pending::endsWithClose));
            endIfExhausted();
        } finally {
            lock.unlockAndWake();
        }
    }

    /** Closes for those too who wait, and for permits. Asks for the lock. */
    void shutLocked(@Nullable Throwable cause) {
        state.closeAtOnce(cause);
        lock.wakeLater(senders.close(any -> true));
        endIfExhausted();
    }

    @Override
    public boolean isExhausted() {
        return state.isClosed() && senders.isEmpty() && (reserved == 0 || state.isClosedAtOnce());
    }

    @Override
    public int waiting() {
        return senders.size();
    }

    void describeWaiting(long now, List<? super Waiter> target) {
        senders.describe(now, target);
    }

    @Override
    public boolean isClosed() {
        return state.isClosed();
    }

    @Override
    public SpinLock guard() {
        return lock;
    }

    @Override
    public boolean isReadyLocked() {
        return state.isClosed() || downstream.hasRoom(reserved);
    }

    @Override
    public void enqueueLocked(Pending operation) {
        senders.add(operation);
    }

    @Override
    public void settle() {
        // Room cannot come without the lock under which operations are added: all have been let in.
    }

    @Override
    public boolean withdraw(Pending operation) {
        lock.lock();
        try {
            boolean withdrawn = senders.remove(operation);
            endIfExhausted();
            return withdrawn;
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public void failAll(Object owner) {
        lock.lock();
        try {
            lock.wakeLater(senders.close(operation -> owner.equals(operation.owner)));
            endIfExhausted();
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public void recycle(BlockedThread operation) {
        boolean unused = senders.giveBack(operation);
    }

    @Override
    public ChannelClosedException closedException() {
        return state.closedException();
    }
}
