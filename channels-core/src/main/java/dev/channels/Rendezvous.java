package dev.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is kept: a message goes from hand to hand. One lock guards both lists of waiters, beside which it lies; who
 * comes second serves the oldest on the other side.
 *
 * <p>Invariant, whenever the lock is free: not both a sender and a receiver wait who could serve each other. (Both may
 * stand in the lists when they are clauses of one select.)
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read without
final class Rendezvous extends SpinLock implements Engine {

    private static final VarHandle TRANSFERRED;

    /** From how many on the waiting are a crowd. */
    private static final int CROWD = 128;

    static {
        try {
            TRANSFERRED = MethodHandles.lookup().findVarHandle(Rendezvous.class, "transferred", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Waiters senders = new Waiters(Waiter.Side.SEND);
    private final Waiters receivers = new Waiters(Waiter.Side.RECEIVE);
    private final ChannelState state;
    private final In inlet = new In();
    private final Out outlet = new Out();

    @SuppressWarnings("UnusedVariable") // by TRANSFERRED
    private long transferred;

    private volatile long refused;

    Rendezvous(String name) {
        this.state = new ChannelState(name);
    }

    @Override
    public SharedInlet inlet() {
        return inlet;
    }

    @Override
    public SharedOutlet outlet() {
        return outlet;
    }

    /**
     * Takes the lock to meet somebody. It spins for it: both sides need it for each message. In a crowd it yields: what is
     * known of those who wait has left the caches, so the lock is held for longer, and others have something to do.
     */
    private void lockToMeet() {
        if (tryLock()) {
            return;
        }
        if (senders.size() + receivers.size() > CROWD) {
            lock();
        } else {
            lockSpinning();
        }
    }

    private void countTransferred() {
        TRANSFERRED.setRelease(this, (long) TRANSFERRED.get(this) + 1);
    }

    private boolean isExhausted() {
        return state.isClosed() && senders.isEmpty();
    }

    private void close(@Nullable Throwable cause, boolean atOnce) {
        List<Pending> failed;
        List<Pending> ended;
        lock();
        try {
            if (atOnce && !isExhausted()) {
                state.discard();
            }
            if (atOnce) {
                state.closeAtOnce(cause);
            } else {
                state.close(cause);
            }
            failed = senders.close(operation -> atOnce || operation.endsWithClose());
            // While senders are still to be served, no receiver waits.
            ended = isExhausted() ? receivers.close(any -> true) : List.of();
        } finally {
            unlock();
        }
        Pending.wakeAll(failed);
        Pending.wakeAll(ended);
    }

    @Override
    public void close(@Nullable Throwable cause) {
        close(cause, false);
    }

    @Override
    public List<Object> closeNow(@Nullable Throwable cause, boolean asDropped) {
        close(cause, true);
        return List.of();
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public int blockedSenders() {
        return senders.size();
    }

    @Override
    public int blockedReceivers() {
        return receivers.size();
    }

    @Override
    public ChannelStats stats(String name, int capacity) {
        long taken = (long) TRANSFERRED.getAcquire(this);
        long dropped = refused;
        return new ChannelStats(
                name, 0, 0, senders.size(), receivers.size(), taken + dropped, taken, dropped, 0, state.isClosed());
    }

    @Override
    public List<Waiter> waiters() {
        List<Waiter> waiters = new ArrayList<>();
        long now = System.nanoTime();
        lock();
        try {
            senders.describe(now, waiters);
            receivers.describe(now, waiters);
        } finally {
            unlock();
        }
        return waiters;
    }

    /** What both sides have in common. */
    private abstract class Side implements Port {

        private final Waiters waiters;

        Side(Waiters waiters) {
            this.waiters = waiters;
        }

        @Override
        public boolean isOneByOne() {
            return true;
        }

        @Override
        public SpinLock guard() {
            return Rendezvous.this;
        }

        @Override
        public void enqueueLocked(Pending operation) {
            waiters.add(operation);
        }

        @Override
        public void settle() {
            // Nobody can come without the lock that both sides share: all have been served.
        }

        @Override
        public boolean withdraw(Pending operation) {
            lock();
            try {
                return waiters.remove(operation);
            } finally {
                unlock();
            }
        }

        @Override
        public void failAll(Object owner) {
            List<Pending> failed;
            lock();
            try {
                failed = waiters.close(operation -> owner.equals(operation.owner));
            } finally {
                unlock();
            }
            Pending.wakeAll(failed);
        }

        @Override
        public void recycle(BlockedThread operation) {
            boolean unused = waiters.giveBack(operation);
        }

        @Override
        public ChannelClosedException closedException() {
            return state.closedException();
        }
    }

    private final class In extends Side implements SharedInlet {

        In() {
            super(senders);
        }

        @Override
        public Object offer(Object message, @Nullable Wait wait, @Nullable HandlePort<?> handle) {
            Pending receiver;
            boolean asleep;
            lockToMeet();
            try {
                if (state.isClosed() || HandlePort.isClosed(handle)) {
                    return Signal.CLOSED;
                }
                receiver = receivers.poll();
                if (receiver == null) {
                    return offerToNobody(message, wait);
                }
                countTransferred();
                receiver.message = message;
                asleep = receiver.settle(false);
            } finally {
                unlock();
            }
            if (asleep) {
                receiver.wake();
            }
            return Signal.TAKEN;
        }

        private Object offerToNobody(Object message, @Nullable Wait wait) {
            if (wait == null) {
                return Signal.FULL;
            }
            Pending operation = wait.in(senders);
            if (operation == null) {
                return Signal.CLOSED;
            }
            operation.message = message;
            senders.add(operation);
            return operation;
        }

        @Override
        public Object offerReplacing(Object message, boolean acceptAnyway, @Nullable HandlePort<?> handle) {
            Object answer = offer(message, null, handle);
            return answer == Signal.FULL && acceptAnyway ? (refuse(handle) ? message : Signal.CLOSED) : answer;
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
            throw noRoom();
        }

        @Override
        public void release() {
            throw noRoom();
        }

        private UnsupportedOperationException noRoom() {
            return new UnsupportedOperationException("Channel '" + state.name() + "' has no room to reserve");
        }

        @Override
        public boolean isClosed() {
            return state.isClosed();
        }

        @Override
        public boolean isReadyLocked() {
            return state.isClosed() || !receivers.isEmpty();
        }
    }

    private final class Out extends Side implements SharedOutlet {

        Out() {
            super(receivers);
        }

        @Override
        public @Nullable Object poll(@Nullable Wait wait, @Nullable HandlePort<?> handle) {
            Pending sender;
            Object message;
            boolean asleep;
            lockToMeet();
            try {
                if (HandlePort.isClosed(handle)) {
                    return Signal.ENDED;
                }
                sender = senders.poll();
                if (sender == null) {
                    return pollFromNobody(wait);
                }
                countTransferred();
                message = sender.message();
                asleep = sender.settle(false);
            } finally {
                unlock();
            }
            if (asleep) {
                sender.wake();
            }
            return message;
        }

        private @Nullable Object pollFromNobody(@Nullable Wait wait) {
            if (state.isClosed()) {
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

        @Override
        public @Nullable Object peek() {
            return null;
        }

        @Override
        public int available() {
            return senders.size();
        }

        @Override
        public boolean isEnded() {
            return state.isClosed() && (state.isClosedAtOnce() || senders.size() == 0);
        }

        @Override
        public boolean endsNormally() {
            return state.endsNormally();
        }

        @Override
        public boolean isReadyLocked() {
            return !senders.isEmpty() || state.isClosed();
        }
    }
}
