package dev.channels;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a {@link Lane}'s buffer: used round and round while it is large enough; when it is full and the channel is
 * not, a larger one follows it.
 */
final class Chunk {

    private static final int SMALLEST = 16;
    private static final int LARGEST = 1024;

    final @Nullable Object[] slots;

    /** The first message that is here. */
    final long start;

    /** The first message that is in the next chunk. */
    long end = Long.MAX_VALUE;

    @Nullable Chunk next;

    private Chunk(int length, long start) {
        this.slots = new Object[length];
        this.start = start;
    }

    static Chunk first(int capacity) {
        return new Chunk(fitting(Math.min(capacity, SMALLEST)), 0);
    }

    /** Puts a larger one behind this. */
    Chunk follow(long from, int capacity) {
        Chunk larger = new Chunk(fitting(Math.min(capacity, Math.min(LARGEST, 2 * slots.length))), from);
        next = larger;
        end = from;
        return larger;
    }

    private static int fitting(int messages) {
        return messages == 1 ? 1 : Integer.highestOneBit(messages - 1) << 1;
    }
}
