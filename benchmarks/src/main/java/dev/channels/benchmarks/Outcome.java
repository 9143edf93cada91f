package dev.channels.benchmarks;

/**
 * What came of a round.
 *
 * @param nanos from the start of all senders and receivers to the end of the last receiver
 * @param sum of the messages that were received
 */
public record Outcome(long nanos, long sum) {}
