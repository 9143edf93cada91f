package dev.channels.differential;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs of one thread, and all that they can see of a channel after each step: answers, exceptions and their
 * causes, futures, numbers, callbacks.
 */
class DifferentialTests {

    private static final int PROGRAMS = Integer.getInteger("stress.rounds", 2_000) / 10;

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.channels.differential.Contestants#channels")
    void noProgramCanTellAChannelFromTheOracle(Contestants contestants) {
        runPrograms(contestants);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.channels.differential.Contestants#broadcasts")
    void noProgramCanTellABroadcastFromTheOracle(Contestants contestants) {
        runPrograms(contestants);
    }

    private static void runPrograms(Contestants contestants) {
        for (long seed = 0; seed < PROGRAMS; seed++) {
            Program program = Program.random(seed);
            if (!program.firstDifference(contestants).isEmpty()) {
                Program shrunk = program.shrunk(contestants);
                throw new AssertionError("%s, seed %d, shrunk to %s:%n%s"
                        .formatted(contestants, seed, shrunk.steps(), shrunk.firstDifference(contestants)));
            }
        }
    }
}
