package dev.channels;

import static dev.channels.Select.fair;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Among the clauses that are ready each is chosen as often as any other. */
class SelectFairnessTests {

    private static final int AWAITS = 100_000;

    /** How many clauses there are, and which of them are ready. */
    static Stream<Arguments> clauses() {
        return Stream.of(
                Arguments.of(2, Set.of(0, 1)),
                Arguments.of(3, Set.of(0, 1, 2)),
                Arguments.of(10, Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
                Arguments.of(3, Set.of(0, 1)),
                Arguments.of(3, Set.of(0, 2)),
                Arguments.of(3, Set.of(1, 2)),
                Arguments.of(10, Set.of(0, 9)),
                Arguments.of(10, Set.of(2, 3, 7)),
                Arguments.of(10, Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8)),
                Arguments.of(10, Set.of(4)));
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("clauses")
    void receivesAreChosenEquallyOften(int count, Set<Integer> ready) throws Exception {
        List<Select.Clause<Integer>> clauses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clauses.add(ready.contains(i) ? alwaysAMessage(i) : neverAMessage(i));
        }

        assertFair(clauses, ready);
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("clauses")
    void sendsAreChosenEquallyOften(int count, Set<Integer> ready) throws Exception {
        List<Select.Clause<Integer>> clauses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clauses.add(ready.contains(i) ? alwaysRoom(i) : neverRoom(i));
        }

        assertFair(clauses, ready);
    }

    @ParameterizedTest(name = "{1} of {0}")
    @MethodSource("clauses")
    void clausesOfEveryKindAreChosenEquallyOften(int count, Set<Integer> ready) throws Exception {
        List<Select.Clause<Integer>> clauses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Select.Clause<Integer> clause = switch (i % 4) {
                case 0 -> ready.contains(i) ? alwaysAMessage(i) : neverAMessage(i);
                case 1 -> ready.contains(i) ? alwaysRoom(i) : neverRoom(i);
                case 2 -> ready.contains(i) ? closed(i) : neverRoom(i).when(() -> true);
                default ->
                    ready.contains(i) ? alwaysAMessage(i) : alwaysAMessage(i).when(() -> false);
            };
            clauses.add(clause);
        }

        assertFair(clauses, ready);
    }

    private static Select.Clause<Integer> alwaysAMessage(int clause) {
        Channel<Integer> channel = Channel.bounded(1);
        assertThat(channel.trySend(clause)).isTrue();
        return receive(channel, message -> {
            channel.send(message);
            return clause;
        });
    }

    private static Select.Clause<Integer> neverAMessage(int clause) {
        return receive(clause % 2 == 0 ? Channel.<Integer>bounded(1) : Channel.rendezvous(), message -> clause);
    }

    private static Select.Clause<Integer> alwaysRoom(int clause) {
        return send(Channel.<Integer>conflated(), () -> clause, () -> clause);
    }

    private static Select.Clause<Integer> neverRoom(int clause) {
        return send(clause % 2 == 0 ? Capacity.ONE.full() : Channel.rendezvous(), () -> clause, () -> clause);
    }

    private static Select.Clause<Integer> closed(int clause) {
        Channel<Integer> channel = Channel.rendezvous();
        channel.close();
        return Select.<Integer, Integer>receive(channel, message -> -1).onClosed(() -> clause);
    }

    private static void assertFair(List<Select.Clause<Integer>> clauses, Set<Integer> ready) throws Exception {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Select<Integer> select = fair((Select.Clause<Integer>[]) clauses.toArray(Select.Clause[]::new));
        int[] chosen = new int[clauses.size()];
        for (int i = 0; i < AWAITS; i++) {
            chosen[select.await()]++;
        }

        double share = 1.0 / ready.size();
        double sigma = Math.sqrt(AWAITS * share * (1 - share));
        for (int i = 0; i < chosen.length; i++) {
            if (ready.contains(i)) {
                assertThat(Math.abs(chosen[i] - AWAITS * share))
                        .as("clause %d was chosen %d times", i, chosen[i])
                        .isLessThanOrEqualTo(10 * sigma);
            } else {
                assertThat(chosen[i]).as("clause %d is never ready", i).isZero();
            }
        }
    }
}
