package dev.channels.benchmarks.peers;

/** Where a receiver takes messages from. */
@FunctionalInterface
interface Source {

    Long receive() throws InterruptedException;
}
