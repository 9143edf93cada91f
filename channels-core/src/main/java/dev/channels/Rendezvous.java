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
    public Inlet inlet() {
        return inlet;
    }

    @Override
    public Outlet outlet() {
        return outlet;
    }

    private void countTransferred() {
        TRANSFERRED.setRelease(this, (long) TRANSFERRED.get(this) + 1);
    }

    private boolean isExhausted() {
        return state.isClosed() && senders.isEmpty();
    }

    /** Frees the lock and tells the receivers if nothing more can come. */
    private void unlockAndSettle(List<Pending> wake) {
        List<Pending> ended = isExhausted() ? receivers.close(any -> true) : List.of();
        unlock();
        Pending.wakeAll(wake);
        Pending.wakeAll(ended);
    }

    @Override
    public void close(@Nullable Throwable cause) {
        lock();
        state.close(cause);
        unlockAndSettle(senders.close(Pending::endsWithClose));
    }

    @Override
    public List<Object> closeNow(@Nullable Throwable cause, boolean asDropped) {
        lock();
        if (!isExhausted()) {
            state.discard();
        }
        state.close(cause);
        unlockAndSettle(senders.close(any -> true));
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
        public boolean isHandToHand() {
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
            lock();
            unlockAndSettle(List.of());
        }

        @Override
        public boolean withdraw(Pending operation) {
            lock();
            boolean withdrawn = waiters.remove(operation);
            unlockAndSettle(List.of());
            return withdrawn;
        }

        @Override
        public void failAll(Object owner) {
            lock();
            unlockAndSettle(waiters.close(operation -> owner.equals(operation.owner)));
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

    private final class In extends Side implements Inlet {

        In() {
            super(senders);
        }

        @Override
        public Object offer(Object message, @Nullable Wait wait) {
            lock();
            if (state.isClosed()) {
                unlock();
                return Signal.CLOSED;
            }
            Pending receiver = receivers.poll();
            if (receiver != null) {
                countTransferred();
                receiver.message = message;
                boolean asleep = receiver.settle(false);
                unlock();
                if (asleep) {
                    receiver.wake();
                }
                return Signal.TAKEN;
            }
            Pending operation = wait == null ? null : wait.in(senders);
            if (operation != null) {
                operation.message = message;
                senders.add(operation);
            }
            unlock();
            if (operation != null) {
                return operation;
            }
            return wait == null ? Signal.FULL : Signal.CLOSED;
        }

        @Override
        public Object offerReplacing(Object message, boolean acceptAnyway) {
            Object answer = offer(message, null);
            return answer == Signal.FULL && acceptAnyway ? (refuse() ? message : Signal.CLOSED) : answer;
        }

        @Override
        public boolean refuse() {
            lock();
            try {
                if (!state.isClosed()) {
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

    private final class Out extends Side implements Outlet {

        Out() {
            super(receivers);
        }

        @Override
        public @Nullable Object poll(@Nullable Wait wait) {
            lock();
            Pending sender = senders.poll();
            if (sender != null) {
                countTransferred();
                Object message = sender.message();
                boolean asleep = sender.settle(false);
                unlock();
                if (asleep) {
                    sender.wake();
                }
                return message;
            }
            Object answer = null;
            if (state.isClosed()) {
                answer = Signal.ENDED;
            } else if (wait != null) {
                Pending operation = wait.in(receivers);
                if (operation != null) {
                    receivers.add(operation);
                    answer = operation;
                } else {
                    answer = Signal.ENDED;
                }
            }
            unlock();
            return answer;
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
            return state.isClosed() && senders.size() == 0;
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
