package dev.channels.benchmarks;

import java.util.Map;
import java.util.Set;

/** The time a message takes, as the median of the rounds. */
final class Timing implements Measure.Procedure {

    @Override
    public Map<PeerName, Double> measure(Workload workload, Set<PeerName> peers, int rounds) throws Exception {
        double steps = workload.steps();
        return ByTurns.medians(
                workload,
                peers,
                rounds,
                (name, peer) -> Round.run(name, peer, workload).nanos() / steps);
    }
}
