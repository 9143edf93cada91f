package dev.channels;

import java.util.concurrent.atomic.AtomicInteger;

/** A select that waits: which clause is chosen is decided once, by whoever comes first. */
final class SelectWait implements Withdrawal {

    private static final int OPEN = -1;
    private static final int GIVEN_UP = -2;

    private final AtomicInteger chosen = new AtomicInteger(OPEN);
    private final BlockedThread thread = new BlockedThread();

    SelectWait() {
        thread.begin();
    }

    BlockedThread thread() {
        return thread;
    }

    /** Chooses a clause; {@code false} if another was chosen before, or it gave up. */
    boolean choose(int index) {
        return chosen.compareAndSet(OPEN, index);
    }

    @Override
    public boolean withdraw(Pending whole) {
        if (chosen.compareAndSet(OPEN, GIVEN_UP)) {
            return true;
        }
        if (chosen.get() != GIVEN_UP) {
            thread.awaitSettlement();
        }
        return false;
    }

    int chosen() {
        return chosen.get();
    }
}
