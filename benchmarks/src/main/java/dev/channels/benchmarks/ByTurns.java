package dev.channels.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets the peers run by turns, so that what disturbs the machine for a while disturbs all of them alike. */
final class ByTurns {

    private ByTurns() {}

    /**
     * Runs rounds to warm up, then rounds that count.
     *
     * @return the median for each peer that takes the workload
     */
    static Map<PeerName, Double> medians(Workload workload, Set<PeerName> names, int rounds, Turn turn)
            throws Exception {
        List<Contender> contenders = names.stream()
                .map(name -> new Contender(name, OwnCopy.of(name), new ArrayList<>()))
                .filter(contender -> contender.peer.takes(workload))
                .toList();
        for (int round = -warmUp(rounds); round < rounds; round++) {
            for (Contender contender : contenders) {
                // What the others left behind is not this one's to clean up.
                System.gc();
                double result = turn.of(contender.name, contender.peer);
                if (round >= 0) {
                    contender.results.add(result);
                }
            }
        }
        Map<PeerName, Double> medians = new EnumMap<>(PeerName.class);
        contenders.forEach(contender ->
                medians.put(contender.name, Spread.of(contender.results).median()));
        return medians;
    }

    private static int warmUp(int rounds) {
        return Math.max(1, rounds * 2 / 3);
    }

    private record Contender(PeerName name, Peer peer, List<Double> results) {}

    /** What a peer does when it is its turn. */
    @FunctionalInterface
    interface Turn {
        double of(PeerName name, Peer peer) throws Exception;
    }
}
