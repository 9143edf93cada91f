package dev.channels;

/**
 * How long a thread looks for its partner before it parks: a park costs more than most waits last. It spins as long as
 * that has paid lately, and yields once, which lets a partner run that waits for the same carrier. Where there have been
 * few waits it parks at once: little flows there.
 *
 * <p>It is one for all that wait on one side. Failures use up its credit, so that nobody spins when partners are late:
 * when a neighbour takes a core, or when hundreds wait. Updates may get lost; it is only a guess.
 */
final class Patience {

    private static final int SPINS = Runtime.getRuntime().availableProcessors() == 1 ? 0 : 100;
    private static final int MOST = 32;
    private static final int COST = 4;
    private static final int PROBE = 64;
    private static final int FIRST = 4;

    private final boolean spins;
    private int credit;
    private int waits = PROBE / 2;
    private int first;

    /** Makes one that spins, or never does. */
    Patience(boolean spins) {
        this.spins = spins && SPINS > 0;
    }

    /** Whether the operation was settled soon. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint, nothing relies on it
    boolean awaits(BlockedThread operation) {
        int known = credit;
        if (spins && (known > 0 || ++waits % PROBE == 0)) {
            for (int spin = 0; spin < SPINS; spin++) {
                if (operation.isSettled()) {
                    if (known < MOST) {
                        credit = known + 1;
                    }
                    return true;
                }
                Thread.onSpinWait();
            }
            if (known > 0) {
                credit = known - COST;
            }
        }
        if (first < FIRST) {
            first++;
        } else {
            Thread.yield();
        }
        return operation.isSettled();
    }
}
