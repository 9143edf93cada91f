package dev.channels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where messages enter a {@link Ring}. */
@SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
abstract sealed class RingInlet extends PaddedLane implements SharedInlet {

    private final Ring ring;
    private final RingOutlet outlet;
    private final ChannelState state;
    private final long capacity;
    private final Waiters senders;
    private final boolean oneByOne;
    private volatile int reserved;
    private volatile long refused;

    private RingInlet(Ring ring, ChannelState state, int capacity, Chunk first) {
        super(capacity, first);
        this.ring = ring;
        this.outlet = RingOutlet.of(ring, this, state, capacity, first);
        this.state = state;
        this.senders = new Waiters(Waiter.Side.SEND);
        this.oneByOne = capacity == 1;
        this.capacity = capacity == Integer.MAX_VALUE ? Long.MAX_VALUE : capacity;
    }

    static RingInlet of(Ring ring, ChannelState state, int capacity, Chunk first) {
        return new Padded(ring, state, capacity, first);
    }

    RingOutlet outlet() {
        return outlet;
    }

    @Override
    public Object offer(Object message, @Nullable Wait wait, @Nullable HandlePort<?> handle) {
        boolean yielded = wait == null;
        boolean helped = false;
        if (wait != null) {
            keepDistance();
        }
        while (true) {
            Object answer;
            lock();
            try {
                answer = offerLocked(message, wait, helped, handle);
            } finally {
                unlockWithFence();
            }
            if (answer == Signal.TAKEN) {
                outlet.settleIfWaited();
                return answer;
            }
            if (answer != Signal.BUSY) {
                if (answer instanceof Pending && seemsToHaveRoom()) {
                    ring.settle();
                }
                return answer;
            }
            if (yielded) {
                ring.settle();
                helped = !outlet.serveAtOnce();
            } else {
                yielded = true;
                yieldOnce();
            }
        }
    }

    private Object offerLocked(Object message, @Nullable Wait wait, boolean helped, @Nullable HandlePort<?> handle) {
        if (state.isClosed() || HandlePort.isClosed(handle)) {
            return Signal.CLOSED;
        }
        boolean room = hasRoom();
        if (room && (senders.mayBePassed(index()) || (wait == null && senders.hasOnlyThreads()))) {
            enter(message);
            return Signal.TAKEN;
        }
        if (wait == null) {
            return room || isHandingOver() ? Signal.BUSY : Signal.FULL;
        }
        // Room for futures that nobody has let in yet; or full, although receivers wait: for one that is on its way.
        if (room ? !senders.hasOnlyThreads() : !helped && outlet.waiting() != 0) {
            return Signal.BUSY;
        }
        Pending operation = wait.in(senders);
        if (operation == null) {
            return Signal.CLOSED;
        }
        operation.message = message;
        senders.add(operation);
        return operation;
    }

    /**
     * Whether it only seems full, because a receiver that waits has not got its message yet. A message is out of the ring
     * before its receiver is out of the list; so if nobody waits for what is there, and then there is no room, it was full.
     */
    private boolean isHandingOver() {
        return (outlet.waiting() != 0 && index() != outlet.published()) || seemsToHaveRoom();
    }

    /** The same as {@link #hasRoom()}, for who need not hold the lock, and without noting how far the look went. */
    boolean seemsToHaveRoom() {
        return published() - outlet.published() < capacity - reserved;
    }

    private boolean hasRoom() {
        long limit = capacity - reserved;
        if (index() - seen < limit) {
            return true;
        }
        seen = outlet.published();
        long room = limit - (index() - seen);
        sees(room);
        return room > 0;
    }

    private void enter(Object message) {
        if (message == Reserved.ROOM) {
            reserved++;
            senders.passedUncounted();
        } else {
            put(message);
        }
    }

    private void put(Object message) {
        long at = index();
        Chunk current = chunk;
        int length = current.length;
        if (at - seen >= length && at - current.start >= length) {
            seen = outlet.published();
            if (at - seen >= length) {
                current = current.follow(at, (int) Math.min(capacity, Integer.MAX_VALUE));
                chunk = current;
                length = current.length;
            }
        }
        current.slots[current.slotOf(at)] = message;
        advance();
    }

    /**
     * Lets the sender in that has waited longest; {@code null} if there is none, no room, or another on its way that sees
     * to it. A thread is woken, a future is left to the caller.
     *
     * @param atOnce whether not to leave it to the one on its way
     */
    @Nullable Pending admitOldest(boolean atOnce) {
        if (senders.size() == 0 || (!atOnce && senders.isLeftToBaton())) {
            return null;
        }
        Pending oldest;
        boolean asleep;
        lock();
        try {
            // Room that was made just now is for it: that there is little of it says nothing about the distance.
            oldest = seemsToHaveRoom() && (atOnce || !senders.isLeftToBaton()) ? senders.claimOldest() : null;
            if (oldest == null) {
                return null;
            }
            // In the ring before it is out of the list: else the channel could seem drained in between.
            enter(oldest.message());
            senders.remove(oldest);
            senders.giveBaton(oldest, index());
            asleep = oldest.settle(false);
        } finally {
            unlockWithFence();
        }
        if (asleep && oldest.isThread()) {
            oldest.wake();
        }
        return oldest;
    }

    /** Lets the oldest in without regard to the baton; {@code false} if there is none, or no room. */
    boolean admitAtOnce() {
        Pending admitted = admitOldest(true);
        if (admitted != null && !admitted.isThread()) {
            admitted.wake();
        }
        return admitted != null;
    }

    void settleIfWaited() {
        if (senders.size() != 0) {
            ring.settle();
        }
    }

    @Override
    public Object offerReplacing(Object message, boolean acceptAnyway, @Nullable HandlePort<?> handle) {
        Object answer;
        lock();
        try {
            if (state.isClosed() || HandlePort.isClosed(handle)) {
                return Signal.CLOSED;
            }
            answer = enterReplacing(message);
            if (answer == Signal.FULL) {
                if (!acceptAnyway) {
                    return Signal.FULL;
                }
                refused++;
                return message;
            }
        } finally {
            unlockWithFence();
        }
        outlet.settleIfWaited();
        return answer;
    }

    /**
     * Puts a message in, for the oldest if need be; {@link Signal#FULL} if all room is set aside. The oldest goes under
     * both locks: nobody finds the ring empty in between, and nothing is dropped for which a receiver has just made room.
     */
    private Object enterReplacing(Object message) {
        if (hasRoom()) {
            put(message);
            return Signal.TAKEN;
        }
        outlet.lockSpinning();
        try {
            Object victim = hasRoom() ? Signal.TAKEN : outlet.dropOldestLocked();
            if (victim == null) {
                return Signal.FULL;
            }
            put(message);
            return victim;
        } finally {
            outlet.unlock();
        }
    }

    @Override
    public boolean refuse(@Nullable HandlePort<?> handle) {
        lock();
        try {
            if (!state.isClosed() && !HandlePort.isClosed(handle)) {
                refused++;
                return true;
            }
            return false;
        } finally {
            unlock();
        }
    }

    @Override
    public boolean redeem(Object message) {
        lock();
        try {
            if (state.isClosedAtOnce()) {
                return false;
            }
            put(message);
            reserved--;
        } finally {
            unlockWithFence();
        }
        ring.settle();
        return true;
    }

    @Override
    public void release() {
        lock();
        reserved--;
        unlockWithFence();
        ring.settle();
    }

    /** Closes for sending. Those who wait to send are still served, those who wait for a chance are not. */
    void close(@Nullable Throwable cause) {
        List<Pending> out;
        lock();
        try {
            state.close(cause);
            out = senders.close(Pending::endsWithClose);
        } finally {
            unlockWithFence();
        }
        Pending.wakeAll(out);
        ring.settle();
    }

    /** Closes for those too who wait, and for permits. Asks for the lock. */
    List<Pending> shutLocked(@Nullable Throwable cause) {
        state.closeAtOnce(cause);
        return senders.close(any -> true);
    }

    /** Whether nothing more can come. What a sender that waits becomes is looked at after whether one waits. */
    boolean isExhausted() {
        return state.isClosed() && (state.isClosedAtOnce() || (senders.size() == 0 && reserved == 0));
    }

    int waiting() {
        return senders.size();
    }

    long refused() {
        return refused;
    }

    void describeWaiting(long now, List<? super Waiter> target) {
        lock();
        try {
            senders.describe(now, target);
        } finally {
            unlock();
        }
    }

    @Override
    public boolean isClosed() {
        return state.isClosed();
    }

    @Override
    public boolean isOneByOne() {
        return oneByOne;
    }

    @Override
    public SpinLock guard() {
        return this;
    }

    @Override
    public boolean isReadyLocked() {
        return state.isClosed() || hasRoom();
    }

    @Override
    public void enqueueLocked(Pending operation) {
        senders.add(operation);
    }

    @Override
    public void settle() {
        ring.settle();
    }

    /** The receivers may have waited for this one alone: with the last that waits to send the end may have come. */
    @Override
    public boolean withdraw(Pending operation) {
        boolean withdrawn;
        lock();
        try {
            withdrawn = senders.remove(operation);
        } finally {
            unlockWithFence();
        }
        if (withdrawn) {
            ring.settle();
        }
        return withdrawn;
    }

    @Override
    public void failAll(Object owner) {
        List<Pending> out;
        lock();
        try {
            out = senders.close(operation -> owner.equals(operation.owner));
        } finally {
            unlockWithFence();
        }
        Pending.wakeAll(out);
        ring.settle();
    }

    @Override
    public void recycle(BlockedThread operation) {
        if (senders.giveBack(operation)) {
            ring.settle();
        }
    }

    @Override
    public ChannelClosedException closedException() {
        return state.closedException();
    }

    @SuppressWarnings("UnusedVariable")
    private static final class Padded extends RingInlet {

        private long gap0, gap1, gap2, gap3, gap4, gap5, gap6, gap7;

        Padded(Ring ring, ChannelState state, int capacity, Chunk first) {
            super(ring, state, capacity, first);
        }
    }
}
