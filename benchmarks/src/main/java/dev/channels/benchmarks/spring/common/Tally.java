package dev.channels.benchmarks.spring.common;

import java.util.concurrent.atomic.AtomicLongArray;

/** Adds up what many threads handle. Each has a cell of its own, as long as there are not more threads than cells. */
public final class Tally {

    private static final int CELLS = 64;
    /** So that two cells do not share a line of the cache. */
    private static final int GAP = 16;

    private final AtomicLongArray cells = new AtomicLongArray((CELLS + 1) * GAP);

    Tally() {}

    void add(long value) {
        int cell = 1 + (int) (Thread.currentThread().threadId() & (CELLS - 1));
        cells.getAndAdd(cell * GAP, value);
    }

    /**
     * What was added until now.
     *
     * @return the sum
     */
    public long sum() {
        long sum = 0;
        for (int cell = 1; cell <= CELLS; cell++) {
            sum += cells.get(cell * GAP);
        }
        return sum;
    }
}
