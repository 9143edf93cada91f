package dev.channels;

/**
 * A {@link Lane} with a gap behind it, so that what one end writes for each message lies on no cache line that the other
 * end reads. A class of its own, because only between the fields of two classes their order is certain. A channel has it
 * only from its first use on.
 */
abstract class PaddedLane extends Lane {

    @SuppressWarnings("UnusedVariable")
    private long gap0, gap1, gap2, gap3, gap4, gap5, gap6, gap7;

    PaddedLane(int capacity, Chunk first) {
        super(capacity, first);
    }
}
