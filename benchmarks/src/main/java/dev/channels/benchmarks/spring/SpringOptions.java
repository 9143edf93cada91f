package dev.channels.benchmarks.spring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** What the command was told. */
record SpringOptions(Pattern workload, Pattern peer, int forks, boolean quick) {

    static final String USAGE = """
            benchmarks/run --spring [options]

            --workload <regex>  only workloads whose name it is found in
            --peer <regex>      only applications whose label it is found in; ours, and whom it is compared with, are always there
            --forks <n>         JVMs for each application and workload, 3 by default
            --quick             1 JVM, and less time in it""";

    static SpringOptions parse(List<String> arguments) {
        SpringOptions options = new SpringOptions(Pattern.compile(""), Pattern.compile(""), 3, false);
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            options = options.with(rest.remove(), rest);
        }
        return options;
    }

    private SpringOptions with(String option, Deque<String> rest) {
        return switch (option) {
            case "--spring" -> this;
            case "--quick" -> new SpringOptions(workload, peer, 1, true);
            case "--workload" -> new SpringOptions(Pattern.compile(value(option, rest)), peer, forks, quick);
            case "--peer" -> new SpringOptions(workload, Pattern.compile(value(option, rest)), forks, quick);
            case "--forks" -> new SpringOptions(workload, peer, number(option, rest), quick);
            default -> throw new IllegalArgumentException("what is %s?".formatted(option));
        };
    }

    List<Workload> workloads() {
        return Workloads.all(quick).stream()
                .filter(candidate -> workload.matcher(candidate.name()).find())
                .toList();
    }

    boolean takes(Workload of, Contestant contestant) {
        return contestant == of.base()
                || contestant.label().equals(Contestant.OURS.label())
                || peer.matcher(contestant.label()).find();
    }

    private static int number(String option, Deque<String> rest) {
        String value = value(option, rest);
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("%s takes a number from 1 on, not %s".formatted(option, value));
        }
        return Integer.parseInt(value);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("%s needs a value".formatted(option));
        }
        return rest.remove();
    }
}
