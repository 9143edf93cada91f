package dev.channels.benchmarks;

import dev.channels.benchmarks.Shape.Transfer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The tables. */
final class Reports {

    private static final int FAIRNESS_MESSAGES = 1_000_000;

    private final Options options;
    private final Forks forks;
    private final PrintStream out;

    Reports(Options options, PrintStream out) {
        this.options = options;
        this.forks = new Forks(options.forks(), options.rounds());
        this.out = out;
    }

    void print() throws IOException, InterruptedException {
        out.printf(
                "Java %s, %d processors, JVMs per workload: %d, rounds per JVM: %d%n%n",
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                options.forks(),
                options.rounds());
        switch (options.report()) {
            case COMPARISON -> comparison();
            case MEMORY -> memory();
            case FAIRNESS -> fairness();
            case POLLED -> polled();
        }
    }

    private void comparison() throws IOException, InterruptedException {
        Table table = new Table(out, Comparison.COLUMNS);
        List<String> skipped = new ArrayList<>();
        for (Workload workload : options.among(Workloads.ALL)) {
            Optional<Comparison> comparison = compare(Measure.TIME, workload, options.peers());
            comparison.ifPresentOrElse(
                    found -> table.row(found.row(workload.name())), () -> skipped.add(workload.name()));
        }
        skipped.forEach(
                name -> out.printf("%nSkipped: '%s', because `taskset -c 0` does not work on this machine.%n", name));
    }

    private void memory() throws IOException, InterruptedException {
        List<String> header = new ArrayList<>(List.of("workload"));
        options.peers().forEach(peer -> header.add(peer.label() + ", bytes per message"));
        Table table = new Table(out, header);
        for (Workload workload : options.among(Workloads.ALL.stream()
                .filter(candidate -> candidate.shape().equals(new Transfer(1, 1)))
                .filter(candidate -> candidate.threading() == Threading.VIRTUAL)
                .filter(candidate -> candidate.processors() == Workload.Processors.ALL)
                .toList())) {
            Comparison found =
                    compare(Measure.MEMORY, workload, options.peers()).orElseThrow();
            List<String> row = new ArrayList<>(List.of(workload.name()));
            options.peers()
                    .forEach(peer ->
                            row.add(found.results(peer).map(Reports::bytes).orElse("–")));
            table.row(row);
        }
    }

    private void fairness() throws IOException, InterruptedException {
        Table table = new Table(out, List.of("workload", "least / most messages of a sender"));
        for (Workload workload : options.among(Workloads.ALL.stream()
                .filter(candidate -> candidate.shape().equals(new Transfer(8, 1)))
                .map(candidate -> candidate.steps(FAIRNESS_MESSAGES))
                .toList())) {
            Comparison found =
                    compare(Measure.FAIRNESS, workload, Set.of(PeerName.OURS)).orElseThrow();
            table.row(List.of(
                    workload.name(),
                    found.results(PeerName.OURS).map(Comparison::format).orElseThrow()));
        }
    }

    private void polled() throws IOException, InterruptedException {
        Table table = new Table(out, List.of("workload", "time polled / time not polled"));
        for (Workload workload : options.among(List.of(Workloads.named("1 to 1 / 128")))) {
            Comparison found = compare(Measure.TIME, workload, EnumSet.of(PeerName.OURS, PeerName.POLLED))
                    .orElseThrow();
            table.row(List.of(
                    workload.name(),
                    found.ratio(PeerName.POLLED, PeerName.OURS)
                            .map(Comparison::format)
                            .orElseThrow()));
        }
    }

    private Optional<Comparison> compare(Measure measure, Workload workload, Set<PeerName> peers)
            throws IOException, InterruptedException {
        return forks.run(measure, workload, peers).map(Comparison::new);
    }

    private static String bytes(Spread bytes) {
        return String.format(Locale.ROOT, "%.1f (%.1f..%.1f)", bytes.median(), bytes.least(), bytes.most());
    }
}
