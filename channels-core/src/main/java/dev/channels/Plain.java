package dev.channels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A channel under one lock, for the orders that a {@link Ring} does not know: by priority, and newest first. */
final class Plain implements Engine, Downstream {

    private final SharedLock lock = new SharedLock();
    private final ChannelState state;
    private final PlainInlet inlet;
    private final PlainOutlet outlet;
    private final Tally tally = new Tally();

    Plain(String name, int capacity, Function<? super SharedLock, ? extends Buffer> buffer) {
        this.state = new ChannelState(name);
        this.inlet = new PlainInlet(lock, state, this, tally);
        this.outlet = new PlainOutlet(lock, state, inlet, tally, capacity, buffer.apply(lock));
    }

    @Override
    public SharedInlet inlet() {
        return inlet;
    }

    @Override
    public SharedOutlet outlet() {
        return outlet;
    }

    @Override
    public boolean hasRoom(int reserved) {
        return outlet.hasRoomFor(reserved);
    }

    @Override
    public void accept(Object message) {
        outlet.acceptLocked(message);
    }

    @Override
    public @Nullable Object replace(Object message) {
        return outlet.replaceLocked(message);
    }

    @Override
    public void end() {
        outlet.endLocked();
    }

    @Override
    public void close(@Nullable Throwable cause) {
        inlet.close(cause);
    }

    @Override
    public List<Object> closeNow(@Nullable Throwable cause, boolean asDropped) {
        lock.lock();
        try {
            if (!outlet.isEndedLocked()) {
                state.discard();
            }
            List<Object> messages = outlet.clearLocked();
            if (asDropped) {
                tally.countDropped(messages.size());
            } else {
                tally.countReturned(messages.size());
            }
            inlet.shutLocked(cause);
            return messages;
        } finally {
            lock.unlockAndWake();
        }
    }

    /** Takes a message out that nobody needs any more; it counts as dropped. */
    boolean remove(Object message) {
        lock.lock();
        try {
            boolean removed = outlet.removeLocked(message);
            if (removed) {
                tally.countDropped(1);
                inlet.admitWaiting();
            }
            return removed;
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public int size() {
        return tally.size();
    }

    @Override
    public int blockedSenders() {
        return inlet.waiting();
    }

    @Override
    public int blockedReceivers() {
        return outlet.waiting();
    }

    @Override
    public ChannelStats stats(String name, int capacity) {
        return tally.stats(name, capacity, inlet.waiting(), outlet.waiting(), state.isClosed());
    }

    @Override
    public List<Waiter> waiters() {
        List<Waiter> waiters = new ArrayList<>();
        lock.lock();
        try {
            long now = System.nanoTime();
            inlet.describeWaiting(now, waiters);
            outlet.describeWaiting(now, waiters);
            return waiters;
        } finally {
            lock.unlockAndWake();
        }
    }
}
