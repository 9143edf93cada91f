package dev.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The operations that wait on one side of a channel, oldest first: a linked list through the operations themselves.
 * Guarded by the lock of that side, but for {@link #size()} and {@link #giveBack}.
 */
final class Waiters {

    private static final VarHandle SIZE;
    private static final VarHandle SPARE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            SIZE = lookup.findVarHandle(Waiters.class, "size", int.class);
            SPARE = lookup.findVarHandle(Waiters.class, "spare", BlockedThread.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** How many may pass those who wait until the one with the baton comes: about as many as it takes to wake it. */
    private static final int PASSING = 256;

    private final Waiter.Side side;
    private @Nullable Pending oldest;
    private @Nullable Pending newest;

    @SuppressWarnings("UnusedVariable") // by SPARE
    private @Nullable BlockedThread spare;

    @SuppressWarnings("UnusedVariable") // by SIZE
    private int size;

    private int others;
    private long passableBefore;
    private volatile boolean batonOut;

    Waiters(Waiter.Side side) {
        this.side = side;
    }

    /**
     * Whether a newcomer may go before those who wait. Only threads are passed, which were parked anyway; and only so
     * often until the one with the baton comes, else one thread could keep all others out. It is told how many went
     * through so far, and writes nothing: the other side reads these fields all the time.
     */
    boolean mayBePassed(long index) {
        return oldest == null || (others == 0 && index < passableBefore);
    }

    /** Notes that somebody passed who does not count in the index. */
    void passedUncounted() {
        if (oldest != null) {
            passableBefore--;
        }
    }

    /** Whether nobody but threads waits. */
    boolean hasOnlyThreads() {
        return others == 0;
    }

    /** Whether the oldest should be left to the one that carries the baton. */
    boolean isLeftToBaton() {
        return batonOut && others == 0;
    }

    /** Gives the baton to a thread that was served: it has to see to the others when it runs. */
    void giveBaton(Pending operation, long index) {
        if (operation instanceof BlockedThread thread) {
            thread.carryBaton();
            batonOut = true;
            passableBefore = index + PASSING;
        }
    }

    /** A place for the calling thread to wait in. One that is over is used again, so that waiting makes no garbage. */
    BlockedThread borrow() {
        BlockedThread place = (BlockedThread) SPARE.getAcquire(this);
        if (place == null) {
            place = new BlockedThread();
        } else {
            SPARE.set(this, null);
        }
        place.begin();
        return place;
    }

    /**
     * Takes back a place whose thread is done with it. If two come at once, one is garbage.
     *
     * @return whether it brought the baton, and others wait
     */
    boolean giveBack(BlockedThread place) {
        if (place.isWaiting()) {
            place.fail();
        }
        boolean baton = place.clear();
        if (!place.hasFailed()) {
            SPARE.setRelease(this, place);
        }
        if (baton) {
            batonOut = false;
        }
        return baton && size() != 0;
    }

    void add(Pending operation) {
        operation.link(newest, null);
        if (newest == null) {
            oldest = operation;
        } else {
            newest.link(newest.older(), operation);
        }
        newest = operation;
        if (!(operation instanceof BlockedThread)) {
            others++;
        }
        SIZE.setRelease(this, (int) SIZE.get(this) + 1);
    }

    /** Takes one out that gives up; {@code false} if it was taken out before. */
    boolean remove(Pending operation) {
        if (!operation.isWaiting()) {
            return false;
        }
        Pending older = operation.older();
        Pending younger = operation.younger();
        if (older == null) {
            oldest = younger;
        } else {
            older.link(older.older(), younger);
        }
        if (younger == null) {
            newest = older;
        } else {
            younger.link(older, younger.younger());
        }
        operation.unlink();
        if (!(operation instanceof BlockedThread)) {
            others--;
        }
        SIZE.setRelease(this, (int) SIZE.get(this) - 1);
        return true;
    }

    /** Claims the oldest that may still be served; it stays where it is. */
    @Nullable Pending claimOldest() {
        while (oldest != null && !oldest.claim()) {
            remove(oldest);
        }
        return oldest;
    }

    /** Takes out the oldest that may still be served, claimed for the caller. */
    @Nullable Pending poll() {
        Pending operation = claimOldest();
        if (operation != null) {
            remove(operation);
        }
        return operation;
    }

    boolean isEmpty() {
        return oldest == null;
    }

    /** How many wait; may be read without the lock. */
    int size() {
        return (int) SIZE.getAcquire(this);
    }

    /** Takes out all that the condition names and settles them as closed; answers those to wake. */
    List<Pending> close(Predicate<? super Pending> which) {
        if (oldest == null) {
            return List.of();
        }
        List<Pending> closed = new ArrayList<>();
        Pending next;
        for (Pending operation = oldest; operation != null; operation = next) {
            next = operation.younger();
            if (which.test(operation)) {
                remove(operation);
                if (operation.claim() && operation.settle(true)) {
                    closed.add(operation);
                }
            }
        }
        return closed;
    }

    /** Adds what waits to the list, longest first. A thread's age counts from when it parked. */
    void describe(long now, List<? super Waiter> target) {
        List<Waiter> youngestFirst = new ArrayList<>();
        long age = 0;
        for (Pending operation = newest; operation != null; operation = operation.older()) {
            long since = operation.since();
            age = since == 0 ? age : Math.max(age, now - since);
            youngestFirst.add(operation.describe(side, age));
        }
        for (int i = youngestFirst.size() - 1; i >= 0; i--) {
            target.add(youngestFirst.get(i));
        }
    }
}
