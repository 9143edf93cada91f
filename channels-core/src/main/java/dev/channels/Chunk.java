package dev.channels;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a {@link Lane}'s buffer: used round and round while it is large enough; when it is full and the channel is
 * not, a larger one follows it.
 */
final class Chunk {

    private static final int SMALLEST = 16;
    private static final int LARGEST = 1024;

    // The first and last slots stay empty: else the length of the array, which both ends read, and what lies behind it
    // would share a cache line with messages.
    private static final int MARGIN = 16;

    final @Nullable Object[] slots;
    final int length;

    /** The first message that is here. */
    final long start;

    /** The first message that is in the next chunk. */
    long end = Long.MAX_VALUE;

    @Nullable Chunk next;

    private Chunk(int length, long start) {
        this.slots = new Object[length + 2 * MARGIN];
        this.length = length;
        this.start = start;
    }

    static Chunk first(int capacity) {
        return new Chunk(fitting(Math.min(capacity, SMALLEST)), 0);
    }

    /** Puts a larger one behind this. */
    Chunk follow(long from, int capacity) {
        Chunk larger = new Chunk(fitting(Math.min(capacity, Math.min(LARGEST, 2 * length))), from);
        next = larger;
        end = from;
        return larger;
    }

    /** Where a message is. */
    int slotOf(long index) {
        return MARGIN + ((int) index & (length - 1));
    }

    private static int fitting(int messages) {
        return messages == 1 ? 1 : Integer.highestOneBit(messages - 1) << 1;
    }
}
