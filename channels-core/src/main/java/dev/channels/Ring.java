package dev.channels;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First in, first out, with a buffer: what most channels are made of.
 *
 * <p>A ring of slots with a lock at each end, so that senders and receivers meet only where they must (the two-lock queue
 * of Michael and Scott, "Simple, Fast, and Practical Non-Blocking and Blocking Concurrent Queue Algorithms", 1996, on an
 * array). Each end counts what passed it, {@code tail} at the {@link RingInlet} and {@code head} at the
 * {@link RingOutlet}, and remembers what it last saw of the other: it reads the other's cache line only when the ring
 * seems full or empty. The size is {@code tail - head}: exact, and no counter.
 *
 * <p>Invariants. (1) {@code 0 <= tail - head <= capacity - reserved}, at every instant. (2) A slot in
 * {@code [head, tail)} holds a message, any other {@code null}: {@code tail} moves after the slot is written,
 * {@code head} after it is cleared. (3) When no operation is under way, nobody waits to receive while there is a message,
 * nobody waits to send while there is room, and on a closed and drained channel nobody waits at all.
 *
 * <p>Who finds no room (no message) waits in a list that the lock of its end guards. Waiters are served oldest first, by
 * others: who makes room puts the oldest sender's message into the ring, who brings a message gives the head of the ring
 * to the oldest receiver. So who wakes is done, and finds nobody faster; and who gives up was still in the list: there is
 * no wake-up to pass on.
 *
 * <p>A thread that was served but does not run yet carries the baton of its end: until it comes, the other threads of
 * its list are left to it, and newcomers may pass them, a limited number of times. When it comes it serves the next,
 * who gets the baton. So a burst wakes one thread after the other while those awake go on, instead of all at once. Who
 * would have to wait, or to answer "full" or "empty", does not rely on the baton but serves the other end itself first.
 * Futures and selects are never left to the baton, nor passed. A thread whose time runs out before its turn has come gives
 * up, though there may be a message that was left to the one on its way.
 *
 * <p>Why nobody is overlooked: who waits adds itself to the list, then looks at the other end once more; who changes
 * {@code head} or {@code tail}, or lays down the baton, looks at the list afterwards. Between the two steps lies a full
 * fence on either side (Dekker), so at least one sees the other and calls {@link #settle()}, which goes on while it serves
 * anyone. It holds one lock at a time; dropping the oldest, closing at once and a select hold more, the sending one first.
 *
 * <p>Progress: under a lock there are a few instructions and nothing that waits; if a thread that holds one loses its
 * processor, others yield and sleep, see {@link SpinLock}.
 *
 * <p>The end has come when it is closed (set under the sending lock), nobody waits to send, no permit is out, and
 * {@code head == tail}, looked at in this order: a message is in the ring before its sender leaves the list.
 */
final class Ring implements Engine {

    private static final int ATTEMPTS = 100;

    private final ChannelState state;
    private final RingInlet inlet;

    Ring(String name, int capacity) {
        Chunk first = Chunk.first(capacity);
        this.state = new ChannelState(name);
        this.inlet = RingInlet.of(this, state, capacity, first);
    }

    @Override
    public RingInlet inlet() {
        return inlet;
    }

    @Override
    public RingOutlet outlet() {
        return inlet.outlet();
    }

    /**
     * Lets in who waits to send and gives to who waits to receive, as long as there is anyone to serve. What is not a
     * thread comes last: it runs foreign code, which may take long, or wait for others who are served here.
     */
    void settle() {
        List<Pending> later = List.of();
        Pending admitted;
        Pending served;
        do {
            admitted = inlet.admitOldest(false);
            served = outlet().serveOldest(false);
            later = with(with(later, admitted), served);
        } while (admitted != null || served != null);
        later.forEach(Pending::wake);
    }

    private static List<Pending> with(List<Pending> later, @Nullable Pending operation) {
        if (operation == null || operation.isThread()) {
            return later;
        }
        List<Pending> more = later.isEmpty() ? new ArrayList<>() : later;
        more.add(operation);
        return more;
    }

    @Override
    public void close(@Nullable Throwable cause) {
        inlet.close(cause);
    }

    /**
     * At one instant for all: nobody sends or receives meanwhile, and it is empty before it is seen to be closed. A sender
     * that waits fails, even if there is room for it that it has not been told of yet.
     */
    @Override
    public List<Object> closeNow(@Nullable Throwable cause, boolean asDropped) {
        List<Pending> wake = new ArrayList<>();
        List<Object> messages;
        inlet.lock();
        outlet().lockSpinning();
        try {
            if (!outlet().isEnded()) {
                state.discard();
            }
            messages = outlet().clearLocked(asDropped);
            wake.addAll(inlet.shutLocked(cause));
            wake.addAll(outlet().endLocked());
        } finally {
            outlet().unlock();
            inlet.unlock();
        }
        Pending.wakeAll(wake);
        return messages;
    }

    @Override
    public int size() {
        Snapshot ends = snapshot();
        return (int) (ends.tail() - ends.head());
    }

    /** Both ends at one instant. Takes no lock. */
    private Snapshot snapshot() {
        long head = outlet().published();
        long tail = inlet.published();
        long again = outlet().published();
        for (int attempt = 0; attempt < ATTEMPTS && head != again; attempt++) {
            head = again;
            tail = inlet.published();
            again = outlet().published();
        }
        return new Snapshot(Math.min(again, tail), tail);
    }

    private record Snapshot(long head, long tail) {}

    @Override
    public int blockedSenders() {
        return inlet.waiting();
    }

    @Override
    public int blockedReceivers() {
        return outlet().waiting();
    }

    @Override
    public ChannelStats stats(String name, int capacity) {
        long refused = inlet.refused();
        Snapshot ends = snapshot();
        long dropped = Math.min(outlet().dropped(), ends.head());
        long returned = Math.min(outlet().returned(), ends.head() - dropped);
        return new ChannelStats(
                name,
                capacity,
                (int) (ends.tail() - ends.head()),
                inlet.waiting(),
                outlet().waiting(),
                ends.tail() + refused,
                ends.head() - dropped - returned,
                refused + dropped,
                returned,
                state.isClosed());
    }

    @Override
    public List<Waiter> waiters() {
        List<Waiter> waiters = new ArrayList<>();
        long now = System.nanoTime();
        inlet.describeWaiting(now, waiters);
        outlet().describeWaiting(now, waiters);
        return waiters;
    }
}
