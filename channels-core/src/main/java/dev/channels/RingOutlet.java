package dev.channels;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where messages leave a {@link Ring}. */
@SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
abstract sealed class RingOutlet extends PaddedLane implements SharedOutlet {

    private final Ring ring;
    private final RingInlet inlet;
    private final ChannelState state;
    private final Waiters receivers;
    private volatile long dropped;
    private volatile long returned;

    private RingOutlet(Ring ring, RingInlet inlet, ChannelState state, int capacity, Chunk first) {
        super(capacity, first);
        this.ring = ring;
        this.inlet = inlet;
        this.state = state;
        this.receivers = new Waiters(Waiter.Side.RECEIVE);
    }

    static RingOutlet of(Ring ring, RingInlet inlet, ChannelState state, int capacity, Chunk first) {
        return new Padded(ring, inlet, state, capacity, first);
    }

    @Override
    public @Nullable Object poll(@Nullable Wait wait, @Nullable HandlePort<?> handle) {
        boolean yielded = wait == null;
        boolean helped = false;
        if (wait != null) {
            keepDistance();
        }
        while (true) {
            Object answer;
            lock();
            try {
                answer = pollLocked(wait, helped, handle);
            } finally {
                unlockWithFence();
            }
            if (answer instanceof Pending) {
                if (seemsToHaveMessage() || isEnded()) {
                    ring.settle();
                }
                return answer;
            }
            if (answer != Signal.BUSY) {
                inlet.settleIfWaited();
                return answer;
            }
            if (yielded) {
                ring.settle();
                helped = !inlet.admitAtOnce();
            } else {
                yielded = true;
                yieldOnce();
            }
        }
    }

    private @Nullable Object pollLocked(@Nullable Wait wait, boolean helped, @Nullable HandlePort<?> handle) {
        if (HandlePort.isClosed(handle)) {
            return Signal.ENDED;
        }
        boolean some = hasMessage();
        if (some && (receivers.mayBePassed(index()) || (wait == null && receivers.hasOnlyThreads()))) {
            return take();
        }
        // Messages for futures that nobody has served yet; or none, although senders wait: for one that is on its way.
        if (some ? !receivers.hasOnlyThreads() : wait == null ? isHandingOver() : !helped && inlet.waiting() != 0) {
            return Signal.BUSY;
        }
        if (isDrained()) {
            return Signal.ENDED;
        }
        if (wait == null) {
            return null;
        }
        Pending operation = wait.in(receivers);
        if (operation == null) {
            return Signal.ENDED;
        }
        receivers.add(operation);
        return operation;
    }

    /** Whether it only seems empty, because a sender that waits has not been let in yet; see the inlet's. */
    private boolean isHandingOver() {
        return (inlet.waiting() != 0 && inlet.seemsToHaveRoom()) || seemsToHaveMessage();
    }

    /** The same as {@link #hasMessage()}, for who need not hold the lock, and without noting how far the look went. */
    private boolean seemsToHaveMessage() {
        return published() != inlet.published();
    }

    private boolean hasMessage() {
        if (index() < seen) {
            return true;
        }
        seen = inlet.published();
        sees(seen - index());
        return index() < seen;
    }

    private boolean isDrained() {
        return inlet.isExhausted() && !hasMessage();
    }

    private Object take() {
        Chunk current = chunkOfNext();
        @Nullable Object[] slots = current.slots;
        int slot = current.slotOf(index());
        Object message = Objects.requireNonNull(slots[slot]);
        slots[slot] = null;
        advance();
        return message;
    }

    private Chunk chunkOfNext() {
        Chunk current = chunk;
        if (index() == current.end) {
            current = Objects.requireNonNull(current.next);
            chunk = current;
        }
        return current;
    }

    /**
     * Gives a message to the receiver that has waited longest; {@code null} if there is none, no message, or another on
     * its way that sees to it. A thread is woken, a future is left to the caller.
     *
     * @param atOnce whether not to leave it to the one on its way
     */
    @Nullable Pending serveOldest(boolean atOnce) {
        if (receivers.size() == 0 || (!atOnce && receivers.isLeftToBaton() && !inlet.isExhausted())) {
            return null;
        }
        Pending oldest = null;
        List<Pending> ended = List.of();
        boolean asleep = false;
        lock();
        try {
            // A message that was sent just now is for it: that it is the only one says nothing about the distance.
            boolean some = seemsToHaveMessage();
            if (!some && isDrained()) {
                ended = receivers.close(any -> true);
            } else if (some && (atOnce || !receivers.isLeftToBaton())) {
                oldest = receivers.claimOldest();
            }
            if (oldest != null) {
                // Out of the ring before it is out of the list: else the channel could seem full in between.
                oldest.message = take();
                receivers.remove(oldest);
                receivers.giveBaton(oldest, index());
                asleep = oldest.settle(false);
            }
        } finally {
            unlockWithFence();
        }
        Pending.wakeAll(ended);
        if (asleep && oldest != null && oldest.isThread()) {
            oldest.wake();
        }
        return oldest;
    }

    /** Serves the oldest without regard to the baton; {@code false} if there is none, or no message. */
    boolean serveAtOnce() {
        Pending served = serveOldest(true);
        if (served != null && !served.isThread()) {
            served.wake();
        }
        return served != null;
    }

    void settleIfWaited() {
        if (receivers.size() != 0) {
            ring.settle();
        }
    }

    /** Takes the oldest message out of the way of another; {@code null} if there is none. */
    @Nullable Object dropOldestLocked() {
        if (!hasMessage()) {
            return null;
        }
        dropped++;
        return take();
    }

    /** Takes all messages out, for nobody. */
    List<Object> clearLocked(boolean asDropped) {
        List<Object> messages = new ArrayList<>();
        while (hasMessage()) {
            messages.add(take());
        }
        if (asDropped) {
            dropped += messages.size();
        } else {
            returned += messages.size();
        }
        return messages;
    }

    /** Tells all who wait that nothing more comes. */
    List<Pending> endLocked() {
        return receivers.close(any -> true);
    }

    int waiting() {
        return receivers.size();
    }

    long dropped() {
        return dropped;
    }

    long returned() {
        return returned;
    }

    void describeWaiting(long now, List<? super Waiter> target) {
        lock();
        try {
            receivers.describe(now, target);
        } finally {
            unlock();
        }
    }

    @Override
    public @Nullable Object peek() {
        lock();
        try {
            if (!hasMessage()) {
                return null;
            }
            Chunk current = chunkOfNext();
            return current.slots[current.slotOf(index())];
        } finally {
            unlock();
        }
    }

    @Override
    public int available() {
        return ring.size() + inlet.waiting();
    }

    @Override
    public boolean isEnded() {
        // What is still to come first, then what has come, else a message could slip through between the two.
        return inlet.isExhausted() && inlet.published() == published();
    }

    @Override
    public boolean endsNormally() {
        return state.endsNormally();
    }

    /** After that of the inlet: who holds both takes that one first. */
    @Override
    long order() {
        long unused = inlet.order();
        return super.order();
    }

    @Override
    public boolean isOneByOne() {
        return inlet.isOneByOne();
    }

    @Override
    public SpinLock guard() {
        return this;
    }

    @Override
    public boolean isReadyLocked() {
        return hasMessage() || isDrained();
    }

    @Override
    public void enqueueLocked(Pending operation) {
        receivers.add(operation);
    }

    @Override
    public void settle() {
        ring.settle();
    }

    /** Leaves nothing to settle: nobody can be served, or has come to an end, because a receiver has left. */
    @Override
    public boolean withdraw(Pending operation) {
        lock();
        try {
            return receivers.remove(operation);
        } finally {
            unlock();
        }
    }

    @Override
    public void failAll(Object owner) {
        List<Pending> out;
        lock();
        try {
            out = receivers.close(operation -> owner.equals(operation.owner));
        } finally {
            unlockWithFence();
        }
        Pending.wakeAll(out);
        ring.settle();
    }

    @Override
    public void recycle(BlockedThread operation) {
        if (receivers.giveBack(operation)) {
            ring.settle();
        }
    }

    @Override
    public ChannelClosedException closedException() {
        return state.closedException();
    }

    @SuppressWarnings("UnusedVariable")
    private static final class Padded extends RingOutlet {

        private long gap0, gap1, gap2, gap3, gap4, gap5, gap6, gap7;

        Padded(Ring ring, RingInlet inlet, ChannelState state, int capacity, Chunk first) {
            super(ring, inlet, state, capacity, first);
        }
    }
}
