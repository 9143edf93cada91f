package dev.channels.benchmarks.spring.ours;

/** What is in a sender's thread that a listener might want to have. */
@FunctionalInterface
interface SenderSituation {
    void arise();
}
