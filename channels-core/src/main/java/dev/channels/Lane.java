package dev.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One end of a {@link Ring}: the lock of this side and how far it has come. What one send or receive touches lies
 * together, and away from what the other end touches.
 */
abstract class Lane extends SpinLock {

    private static final VarHandle INDEX;

    static {
        try {
            INDEX = MethodHandles.lookup().findVarHandle(Lane.class, "index", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** How many messages passed this end. */
    @SuppressWarnings("UnusedVariable") // by INDEX
    private long index;

    /** What the other end's index was when this one last looked. */
    long seen;

    Chunk chunk;

    // Keeps what the other end writes off this cache line. A channel has it only from its first use on.
    @SuppressWarnings("UnusedVariable")
    private long gap0, gap1, gap2, gap3, gap4, gap5, gap6, gap7;

    Lane(Chunk first) {
        this.chunk = first;
    }

    /** The index, for its own side under the lock. */
    final long index() {
        return (long) INDEX.get(this);
    }

    /** The index, for everybody. */
    final long published() {
        return (long) INDEX.getAcquire(this);
    }

    /** Lets somebody run who is on the way. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint, nothing relies on it
    static void yieldOnce() {
        Thread.yield();
    }

    /** Moves on by one: what was written before is there for whoever sees the new index. */
    final void advance() {
        INDEX.setRelease(this, (long) INDEX.get(this) + 1);
    }
}
