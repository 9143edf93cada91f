package dev.channels;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The orders in which a channel may give out what it holds. */
enum Order {
    OLDEST_FIRST,
    NEWEST_FIRST,
    LEAST_FIRST;

    /** The builder of channels of this order and capacity; their messages are numbers. */
    Channel.Builder<Object> builder(Capacity capacity) {
        return switch (this) {
            case OLDEST_FIRST -> capacity.builder();
            case NEWEST_FIRST -> capacity.builder().lifo();
            case LEAST_FIRST -> capacity.builder().priority(Comparator.comparing(message -> (Integer) message));
        };
    }

    /** A new, empty channel of this order and capacity. */
    Channel<Integer> channel(Capacity capacity) {
        return builder(capacity).build();
    }

    /** A new channel of this order that has no room. */
    Channel<Integer> full(Capacity capacity) {
        Channel<Integer> channel = channel(capacity);
        capacity.fill(channel);
        return channel;
    }

    /** How messages come out that went in like this. */
    List<Integer> of(List<Integer> messages) {
        return switch (this) {
            case OLDEST_FIRST -> messages;
            case NEWEST_FIRST -> messages.reversed();
            case LEAST_FIRST -> messages.stream().sorted().toList();
        };
    }

    static Stream<Arguments> withEveryKindOfThread() {
        return Stream.of(values())
                .flatMap(order -> Stream.of(Threads.values()).map(threads -> Arguments.of(threads, order)));
    }
}
