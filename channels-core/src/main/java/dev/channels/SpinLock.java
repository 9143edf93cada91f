package dev.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for a few instructions: whoever wants it yields, then sleeps for a moment. It does not spin: that would take the
 * cache line from the holder again and again, and who yields lets somebody run who wants something else. A class extends
 * it when the lock has to lie beside what it guards. Not reentrant. Nothing that can block and no foreign code runs under
 * it (a comparator is the exception).
 *
 * <p>Those who need several take them in the order of {@link #order()}.
 */
abstract class SpinLock {

    private static final VarHandle HELD;
    private static final VarHandle ORDER;
    private static final AtomicLong ORDERS = new AtomicLong();
    private static final int SPINS = Runtime.getRuntime().availableProcessors() == 1 ? 0 : 100;
    private static final int YIELDS = 50;
    private static final long NAP_NANOS = 50_000;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HELD = lookup.findVarHandle(SpinLock.class, "held", int.class);
            ORDER = lookup.findVarHandle(SpinLock.class, "order", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("UnusedVariable") // by HELD
    private int held;

    @SuppressWarnings("UnusedVariable") // by ORDER
    private long order;

    final void lock() {
        if (!HELD.compareAndSet(this, 0, 1)) {
            lockContended();
        }
    }

    /**
     * The same, but for a while it spins instead of yielding: for who holds one already, as others wait for that one, and
     * where few wait and what is done under the lock is done at once.
     */
    final void lockSpinning() {
        for (int spin = 0; spin < SPINS; spin++) {
            if (tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock();
    }

    final boolean tryLock() {
        return (int) HELD.getOpaque(this) == 0 && HELD.compareAndSet(this, 0, 1);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint, nothing relies on it
    private void lockContended() {
        boolean interrupted = false;
        for (int attempt = 1; !tryLock(); attempt++) {
            if (attempt <= YIELDS) {
                Thread.yield();
            } else {
                // An interrupted thread would not sleep.
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(this, NAP_NANOS);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    final void unlock() {
        HELD.setRelease(this, 0);
    }

    /** Frees the lock, and no read that follows can come before what was written under it. */
    final void unlockWithFence() {
        HELD.setVolatile(this, 0);
    }

    /** A number that no other lock has, given when it is first asked for. */
    long order() {
        long known = (long) ORDER.getAcquire(this);
        if (known != 0) {
            return known;
        }
        long given = ORDERS.incrementAndGet();
        return ORDER.compareAndSet(this, 0L, given) ? given : (long) ORDER.getAcquire(this);
    }
}
