package dev.channels.benchmarks;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What runs in a JVM of its own: one measure of one workload. Prints a line for each peer. */
final class Forked {

    private Forked() {}

    /** The arguments with which a JVM is told what to do. */
    static List<String> arguments(Measure measure, Workload workload, Set<PeerName> peers, int rounds) {
        return List.of(
                Forked.class.getName(),
                measure.name(),
                workload.name(),
                Long.toString(workload.steps()),
                peers.stream().map(Enum::name).collect(joining(",")),
                Integer.toString(rounds));
    }

    public static void main(String[] arguments) throws Exception {
        Measure measure = Measure.valueOf(arguments[0]);
        Workload workload = Workloads.named(arguments[1]).steps(Long.parseLong(arguments[2]));
        Set<PeerName> peers = Arrays.stream(arguments[3].split(",", -1))
                .map(PeerName::valueOf)
                .collect(toCollection(() -> EnumSet.noneOf(PeerName.class)));
        measure.of(workload, peers, Integer.parseInt(arguments[4]))
                .forEach((name, result) -> System.out.println(name.name() + "=" + result));
    }

    /** Reads what was printed. */
    static Map<PeerName, Double> results(List<String> lines) {
        Map<PeerName, Double> results = new EnumMap<>(PeerName.class);
        for (String line : lines) {
            int equals = line.indexOf('=');
            results.put(PeerName.valueOf(line.substring(0, equals)), Double.parseDouble(line.substring(equals + 1)));
        }
        return results;
    }
}
