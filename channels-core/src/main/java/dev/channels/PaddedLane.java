package dev.channels;

/**
 * A {@link Lane} with a gap behind it: what one end writes for each message lies on no cache line with what is only read.
 * A class of its own, because only between the fields of two classes their order is certain; for the same reason each end
 * has a last class with one more gap, against what lies behind it in memory. A channel has all this only from its first
 * use on.
 */
@SuppressWarnings("UnusedVariable")
abstract class PaddedLane extends Lane {

    private long gap0, gap1, gap2, gap3, gap4, gap5, gap6, gap7;

    PaddedLane(int capacity, Chunk first) {
        super(capacity, first);
    }
}
