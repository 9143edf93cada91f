package dev.channels;

import java.util.List;
import java.util.stream.IntStream;

/** The capacities that scenarios are tried with. */
enum Capacity {
    ZERO(0),
    ONE(1),
    TWO(2),
    TEN(10),
    UNBOUNDED(Integer.MAX_VALUE);

    private final int limit;

    Capacity(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** A new, empty channel of this capacity. */
    <T> Channel<T> channel() {
        return this == UNBOUNDED ? Channel.unbounded() : Channel.bounded(limit);
    }

    /** The builder of channels of this capacity. */
    Channel.Builder<Object> builder() {
        Channel.Builder<Object> builder = Channel.builder("channel-" + this);
        return this == UNBOUNDED ? builder.unbounded() : builder.capacity(limit);
    }

    /** A new channel that has no room: it holds the {@link #contents()}. */
    Channel<Integer> full() {
        Channel<Integer> channel = channel();
        fill(channel);
        return channel;
    }

    /** Puts in the {@link #contents()}. */
    void fill(Sender<Integer> channel) {
        for (Integer message : contents()) {
            if (!channel.trySend(message)) {
                throw new AssertionError("no room for " + message + " in " + channel);
            }
        }
    }

    /** What a full channel holds: the numbers from 1 to the capacity. */
    List<Integer> contents() {
        if (this == UNBOUNDED) {
            throw new AssertionError("an unbounded channel is never full");
        }
        return IntStream.rangeClosed(1, limit).boxed().toList();
    }

    /** The contents of a full channel and what follows. */
    List<Integer> contentsAnd(Integer... more) {
        return IntStream.concat(
                        contents().stream().mapToInt(Integer::intValue),
                        List.of(more).stream().mapToInt(Integer::intValue))
                .boxed()
                .toList();
    }
}
