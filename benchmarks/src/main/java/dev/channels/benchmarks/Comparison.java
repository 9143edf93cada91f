package dev.channels.benchmarks;

import static java.util.Comparator.comparingDouble;

import dev.channels.benchmarks.PeerName.Family;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What several JVMs found out about one workload, told as our time divided by that of each peer. Divided within a JVM,
 * where they ran by turns.
 *
 * @param runs the results of each JVM
 */
record Comparison(List<Map<PeerName, Double>> runs) {

    static final List<String> COLUMNS = List.of(
            "workload", "vs Jox", "vs best JDK queue", "vs Kotlin", "vs JCTools", "our ns per message", "spread");

    private static final String NOTHING = "–";

    List<String> row(String workload) {
        Optional<Spread> ours = results(PeerName.OURS);
        return List.of(
                workload,
                against(PeerName.JOX),
                bestOfJdk().map(queue -> against(queue) + " " + queue.label()).orElse(NOTHING),
                against(PeerName.KOTLIN),
                against(PeerName.JCTOOLS),
                ours.map(spread -> nanos(spread.median())).orElse(NOTHING),
                ours.map(spread -> nanos(spread.least()) + ".." + nanos(spread.most()))
                        .orElse(NOTHING));
    }

    /** What was found out about one divided by the same of the other. */
    Optional<Spread> ratio(PeerName one, PeerName other) {
        return spread(runs.stream()
                .filter(run -> run.containsKey(one) && run.containsKey(other))
                .map(run -> run.get(one) / run.get(other))
                .toList());
    }

    Optional<Spread> results(PeerName peer) {
        return spread(runs.stream()
                .filter(run -> run.containsKey(peer))
                .map(run -> run.get(peer))
                .toList());
    }

    /** A ratio with its spread. */
    static String format(Spread ratio) {
        return String.format(Locale.ROOT, "%.2f (%.2f..%.2f)", ratio.median(), ratio.least(), ratio.most());
    }

    private Optional<PeerName> bestOfJdk() {
        return Arrays.stream(PeerName.values())
                .filter(peer -> peer.family() == Family.JDK)
                .filter(peer -> results(peer).isPresent())
                .min(comparingDouble(peer -> results(peer).orElseThrow().median()));
    }

    private String against(PeerName peer) {
        return ratio(PeerName.OURS, peer).map(Comparison::format).orElse(NOTHING);
    }

    private static Optional<Spread> spread(List<Double> results) {
        return results.isEmpty() ? Optional.empty() : Optional.of(Spread.of(results));
    }

    private static String nanos(double nanos) {
        return String.format(Locale.ROOT, nanos < 100 ? "%.1f" : "%.0f", nanos);
    }
}
