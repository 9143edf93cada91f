package dev.channels.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;

/**
 * The bytes that are allocated for a message. A round of twice as many messages differs from a round in that alone: what
 * pipes and threads take at the start is in both.
 */
final class Allocation implements Measure.Procedure {

    // The bytes of one thread would be easier to trust, but nobody counts those of a virtual thread.
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public Map<PeerName, Double> measure(Workload workload, Set<PeerName> peers, int rounds) throws Exception {
        Workload twice = workload.steps(2 * workload.steps());
        double more = twice.steps() - workload.steps();
        return ByTurns.medians(
                workload,
                peers,
                rounds,
                (name, peer) -> (allocated(name, peer, twice) - allocated(name, peer, workload)) / more);
    }

    private long allocated(PeerName name, Peer peer, Workload workload) throws Exception {
        long before = threads.getTotalThreadAllocatedBytes();
        Round.run(name, peer, workload);
        return threads.getTotalThreadAllocatedBytes() - before;
    }
}
