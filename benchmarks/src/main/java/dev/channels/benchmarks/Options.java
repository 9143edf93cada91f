package dev.channels.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** What the command was told. */
record Options(Report report, Pattern workload, Optional<Pattern> peer, int forks, int rounds, OptionalLong messages) {

    static final String USAGE = """
            benchmarks/run [--memory | --fairness | --polled] [options]

            --workload <regex>  only workloads whose name it is found in
            --peer <regex>      only peers whose name it is found in; ours is always there, with --memory alone by default
            --forks <n>         JVMs for each workload, 5 by default
            --rounds <n>        measured rounds for each peer in each JVM, 12 by default
            --messages <n>      messages in a round (in a chain: steps), instead of each workload's own number
            --quick             1 JVM, 3 rounds""";

    /** What is printed. */
    enum Report {
        COMPARISON,
        MEMORY,
        FAIRNESS,
        POLLED
    }

    static Options parse(List<String> arguments) {
        Options options =
                new Options(Report.COMPARISON, Pattern.compile(""), Optional.empty(), 5, 12, OptionalLong.empty());
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            options = options.with(rest.remove(), rest);
        }
        return options;
    }

    /** Whom to measure. */
    Set<PeerName> peers() {
        return peer.map(PeerName::inTable)
                .orElseGet(() -> report == Report.COMPARISON
                        ? PeerName.inTable(Pattern.compile(""))
                        : EnumSet.of(PeerName.OURS));
    }

    /** Those of the given workloads that were asked for. */
    List<Workload> among(List<Workload> workloads) {
        return workloads.stream()
                .filter(candidate -> workload.matcher(candidate.name()).find())
                .map(chosen -> messages.isPresent() ? chosen.steps(messages.getAsLong()) : chosen)
                .toList();
    }

    private Options with(String option, Deque<String> rest) {
        return switch (option) {
            case "--memory" -> new Options(Report.MEMORY, workload, peer, forks, rounds, messages);
            case "--fairness" -> new Options(Report.FAIRNESS, workload, peer, forks, rounds, messages);
            case "--polled" -> new Options(Report.POLLED, workload, peer, forks, rounds, messages);
            case "--quick" -> new Options(report, workload, peer, 1, 3, messages);
            case "--workload" ->
                new Options(report, Pattern.compile(value(option, rest)), peer, forks, rounds, messages);
            case "--peer" ->
                new Options(
                        report, workload, Optional.of(Pattern.compile(value(option, rest))), forks, rounds, messages);
            case "--forks" -> new Options(report, workload, peer, number(option, rest), rounds, messages);
            case "--rounds" -> new Options(report, workload, peer, forks, number(option, rest), messages);
            case "--messages" ->
                new Options(report, workload, peer, forks, rounds, OptionalLong.of(number(option, rest)));
            default -> throw new IllegalArgumentException("what is %s?".formatted(option));
        };
    }

    private static int number(String option, Deque<String> rest) {
        String value = value(option, rest);
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            number = 0;
        }
        if (number < 1) {
            throw new IllegalArgumentException("%s takes a number from 1 on, not %s".formatted(option, value));
        }
        return number;
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("%s needs a value".formatted(option));
        }
        return rest.remove();
    }
}
