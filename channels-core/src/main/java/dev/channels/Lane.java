package dev.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One end of a {@link Ring}: the lock of this side and how far it has come. What one send or receive touches lies
 * together, and away from what the other end touches.
 */
abstract class Lane extends SpinLock {

    private static final VarHandle INDEX;

    private static final int PAUSES = Runtime.getRuntime().availableProcessors() == 1 ? 0 : 20;
    private static final int MOST_FEW = 32;
    private static final int TOLERATED_THIN_LOOKS = 8;
    private static final int MOST_THIN_LOOKS = 2 * TOLERATED_THIN_LOOKS;

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

    private final int few;
    private int thinLooks;
    private boolean tooClose;

    Lane(int capacity, Chunk first) {
        this.few = Math.min(MOST_FEW, capacity / 8);
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

    /**
     * Notes how far a look went: how many messages, or how much room, it found. Two ends that run close behind each
     * other look for every message, and take the cache line from each other with each look. Who finds nothing has to
     * wait, and is not too close.
     */
    final void sees(long many) {
        if (many == 0) {
            tooClose = false;
            return;
        }
        if (many > few) {
            thinLooks = Math.max(0, thinLooks - 1);
        } else if (thinLooks < MOST_THIN_LOOKS) {
            thinLooks++;
        }
        tooClose = PAUSES > 0 && many <= few && thinLooks > TOLERATED_THIN_LOOKS;
    }

    /** Falls back a little if this end runs close behind the other. Called without the lock: it is only a guess. */
    final void keepDistance() {
        if (tooClose) {
            tooClose = false;
            for (int pause = 0; pause < PAUSES; pause++) {
                Thread.onSpinWait();
            }
        }
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
