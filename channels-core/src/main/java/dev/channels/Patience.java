package dev.channels;

/**
 * How long a thread looks for its partner before it parks: a park costs more than most waits last. It spins, and it yields
 * once, which lets a partner run that waits for the same carrier: each as long as that has paid lately. A yield that was in
 * vain is one switch more than a park; where hundreds wait, oldest first, nearly all are.
 *
 * <p>It is one for all that wait on one side. Failures use up its credit, so that nobody spins when partners are late, as
 * when a neighbour takes a core. Now and then one tries again. Updates may get lost; it is only a guess.
 */
final class Patience {

    private static final int SPINS = Runtime.getRuntime().availableProcessors() == 1 ? 0 : 100;
    private static final int MOST = 32;
    private static final int COST_OF_SPINNING = 4;
    private static final int COST_OF_YIELD = 1;
    private static final int PROBE = 64;

    // Where there have been few waits it parks at once: little flows there.
    private static final int FIRST = 8;

    private final boolean spins;
    private int credit;
    private int waits = PROBE / 2;
    private int creditOfYields;
    private int parks = PROBE - FIRST;

    /** Makes one that spins, or never does. */
    Patience(boolean spins) {
        this.spins = spins && SPINS > 0;
    }

    /** Whether the operation was settled soon. */
    boolean awaits(BlockedThread operation) {
        return (spins && spinFor(operation)) || yieldFor(operation);
    }

    private boolean spinFor(BlockedThread operation) {
        int known = credit;
        if (known <= 0 && ++waits % PROBE != 0) {
            return false;
        }
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
            credit = known - COST_OF_SPINNING;
        }
        return false;
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint, nothing relies on it
    private boolean yieldFor(BlockedThread operation) {
        int known = creditOfYields;
        if (known <= 0 && ++parks % PROBE != 0) {
            return operation.isSettled();
        }
        Thread.yield();
        boolean settled = operation.isSettled();
        if (settled && known < MOST) {
            creditOfYields = known + 1;
        } else if (!settled && known > 0) {
            creditOfYields = known - COST_OF_YIELD;
        }
        return settled;
    }
}
