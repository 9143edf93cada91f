package dev.channels.benchmarks.spring;

import dev.channels.benchmarks.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The command: applications beside each other, as a table. */
public final class SpringBenchmarks {

    private final SpringOptions options;
    private final PrintStream out;

    private SpringBenchmarks(SpringOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Prints the table, and progress to the standard error.
     *
     * @param arguments what the command was told
     * @param out where to
     * @throws IllegalArgumentException if the command was told something it does not understand
     * @throws InterruptedException if interrupted
     */
    public static void run(List<String> arguments, PrintStream out) throws InterruptedException {
        new SpringBenchmarks(SpringOptions.parse(arguments), out).print();
    }

    /**
     * What the command understands.
     *
     * @return lines of text
     */
    public static String usage() {
        return SpringOptions.USAGE;
    }

    private void print() throws InterruptedException {
        out.printf(
                "Java %s, %d processors, JVMs: %d%n%n",
                Runtime.version().feature(), Runtime.getRuntime().availableProcessors(), options.forks());
        Table table = new Table(out, Rows.COLUMNS);
        for (Workload workload : options.workloads()) {
            new Rows(workload, measure(workload)).all().forEach(table::row);
        }
    }

    private Map<Contestant, List<Map<String, Double>>> measure(Workload workload) throws InterruptedException {
        Map<Contestant, List<Map<String, Double>>> results = new EnumMap<>(Contestant.class);
        int forks = options.forks() * workload.forks();
        for (int fork = 0; fork < forks; fork++) {
            for (Contestant contestant : workload.order(fork)) {
                if (options.takes(workload, contestant)) {
                    Map<String, Double> result = result(workload, contestant);
                    System.err.printf(
                            "%s, %d of %d, %s: %s%n", workload.name(), fork + 1, forks, contestant.label(), result);
                    results.computeIfAbsent(contestant, first -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        return results;
    }

    /** Nothing, if the application failed: the others are worth something without it. */
    private static Map<String, Double> result(Workload workload, Contestant contestant) throws InterruptedException {
        try {
            return Jvms.run(workload, contestant);
        } catch (IOException failure) {
            System.err.println(failure.getMessage());
            return Map.of();
        }
    }
}
