package dev.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that waits for its send or receive. Used again and again: see {@link Waiters#borrow()}. */
final class BlockedThread extends Pending {

    /** How a thread waits: in a place that the {@link Waiters} keep for it. */
    static final Port.Wait WAIT = Waiters::borrow;

    /** For ever. */
    static final long FOREVER = Long.MAX_VALUE;

    private static final VarHandle STATE;

    private static final int WAITING = 0;
    private static final int PARKED = 1;
    private static final int DONE = 2;
    private static final int CLOSED = 3;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(BlockedThread.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** How its waiting ended. */
    enum End {
        DONE,
        CLOSED,
        TIMED_OUT
    }

    private @Nullable Thread thread;
    private boolean baton;
    private boolean failed;

    @SuppressWarnings("UnusedVariable") // by STATE
    private int state;

    /** Begins anew, for the calling thread. */
    void begin() {
        thread = Thread.currentThread();
        STATE.setOpaque(this, WAITING);
    }

    /** Forgets everything; answers whether it carried the baton. */
    boolean clear() {
        boolean carried = baton;
        baton = false;
        thread = null;
        message = null;
        owner = null;
        since = 0;
        return carried;
    }

    /** See {@link Ring}. */
    void carryBaton() {
        baton = true;
    }

    /** Its thread has left, and may have left it in the list. */
    void fail() {
        failed = true;
    }

    /** Whether its thread may have left it in the list; then it is not used again. */
    boolean hasFailed() {
        return failed;
    }

    @Override
    boolean claim() {
        return !failed;
    }

    @Override
    boolean settle(boolean closed) {
        return (int) STATE.getAndSet(this, closed ? CLOSED : DONE) == PARKED;
    }

    @Override
    boolean isThread() {
        return true;
    }

    @Override
    void wake() {
        LockSupport.unpark(thread);
    }

    @Override
    @Nullable Thread thread() {
        return thread;
    }

    /**
     * Blocks until it is settled or the time is up; then it is out of the port's list. An error leaves nobody in the list
     * who does not wait; if it comes too late to give up, the operation is done.
     *
     * @throws InterruptedException if it was interrupted before it was settled
     */
    End await(Withdrawal port, Patience patience, long nanos) throws InterruptedException {
        try {
            return awaitSettled(port, patience, nanos);
        } catch (Error failure) {
            // First a mark for those who would serve it: with no stack left it may not even get out of the list.
            fail();
            boolean unused = port.withdraw(this);
            if (!isSettled()) {
                throw failure;
            }
            return end();
        }
    }

    private End awaitSettled(Withdrawal port, Patience patience, long nanos) throws InterruptedException {
        long deadline = nanos == FOREVER ? 0 : System.nanoTime() + nanos;
        if (!patience.awaits(this)) {
            beginsToWait();
            if (STATE.compareAndSet(this, WAITING, PARKED)) {
                while (!isSettled()) {
                    if (nanos == FOREVER) {
                        LockSupport.park(port);
                    } else {
                        long left = deadline - System.nanoTime();
                        if (left <= 0) {
                            if (port.withdraw(this)) {
                                return End.TIMED_OUT;
                            }
                            break;
                        }
                        LockSupport.parkNanos(port, left);
                    }
                    if (Thread.interrupted()) {
                        if (port.withdraw(this)) {
                            throw new InterruptedException();
                        }
                        awaitSettlement();
                        Thread.currentThread().interrupt();
                    }
                }
                awaitSettlement();
            }
        }
        return end();
    }

    private End end() {
        return (int) STATE.getAcquire(this) == DONE ? End.DONE : End.CLOSED;
    }

    boolean isSettled() {
        return (int) STATE.getAcquire(this) >= DONE;
    }

    /** Somebody took it out of the list and is about to settle it. */
    void awaitSettlement() {
        while (!isSettled()) {
            Thread.onSpinWait();
        }
    }
}
