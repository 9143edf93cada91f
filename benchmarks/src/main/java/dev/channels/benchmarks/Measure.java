package dev.channels.benchmarks;

import java.util.Map;
import java.util.Set;

/** What a JVM finds out about one workload. */
enum Measure {
    /** Nanoseconds per message. */
    TIME,
    /** Bytes allocated per message. */
    MEMORY,
    /** How many messages got in of the sender with the fewest, divided by those of the sender with the most. */
    FAIRNESS;

    Map<PeerName, Double> of(Workload workload, Set<PeerName> peers, int rounds) throws Exception {
        Procedure procedure = switch (this) {
            case TIME -> new Timing();
            case MEMORY -> new Allocation();
            case FAIRNESS -> new Fairness();
        };
        return procedure.measure(workload, peers, rounds);
    }

    /** How it is found out. Peers that cannot do the workload are left out of the results. */
    @FunctionalInterface
    interface Procedure {
        Map<PeerName, Double> measure(Workload workload, Set<PeerName> peers, int rounds) throws Exception;
    }
}
