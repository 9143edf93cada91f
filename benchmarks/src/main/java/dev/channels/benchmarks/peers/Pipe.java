package dev.channels.benchmarks.peers;

/** What the messages go through. */
interface Pipe extends Source, AutoCloseable {

    void send(Long message) throws InterruptedException;

    @Override
    default void close() {}
}
