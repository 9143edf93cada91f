package dev.channels.differential;

import dev.channels.Channel;
import dev.channels.Overflow;
import dev.channels.oracle.OracleChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same threads on the oracle and on a channel: they cannot see the same, but it adds up on both. */
class ConcurrentDifferentialTests {

    private static final int SCENARIOS = Integer.getInteger("stress.rounds", 2_000) / 40;

    record Kind(int capacity, Overflow overflow) {

        Channel<Integer> oracle(Queue<Integer> dropped) {
            return OracleChannel.of("channel", capacity, overflow, dropped::add, null);
        }

        Channel<Integer> real(Queue<Integer> dropped) {
            Channel.Builder<Object> builder = Channel.builder("channel").overflow(overflow);
            Consumer<Integer> added = dropped::add;
            return (capacity == Integer.MAX_VALUE ? builder.unbounded() : builder.capacity(capacity))
                    .onDropped(added)
                    .build();
        }
    }

    static Stream<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (int capacity : List.of(0, 1, 2, 3, 10, Integer.MAX_VALUE)) {
            for (Overflow overflow : Overflow.values()) {
                kinds.add(new Kind(capacity, overflow));
            }
        }
        return kinds.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatThreadsDoTogetherAddsUpOnBoth(Kind kind) throws Exception {
        for (long seed = 0; seed < SCENARIOS; seed++) {
            new Crowd(seed, kind::oracle).meet();
            new Crowd(seed, kind::real).meet();
        }
    }
}
