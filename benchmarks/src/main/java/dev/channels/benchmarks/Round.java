package dev.channels.benchmarks;

/** One round of a workload, checked. */
final class Round {

    private Round() {}

    static Outcome run(PeerName name, Peer peer, Workload workload) throws Exception {
        Outcome outcome = peer.run(workload);
        long sent = Messages.sum(workload.messages());
        if (outcome.sum() != sent) {
            throw new IllegalStateException("%s, %s: the messages sent sum up to %d, those received to %d"
                    .formatted(workload.name(), name.label(), sent, outcome.sum()));
        }
        return outcome;
    }
}
