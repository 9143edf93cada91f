package dev.channels.benchmarks;

/**
 * One's part of the messages of a round.
 *
 * @param from the number of its first message
 * @param to the number after that of its last
 */
public record Share(long from, long to) {

    /**
     * Divides the messages.
     *
     * @param messages how many there are
     * @param one who asks, from 0
     * @param all how many share them
     * @return this one's part
     */
    public static Share of(long messages, int one, int all) {
        return new Share(messages * one / all, messages * (one + 1) / all);
    }

    /**
     * How many messages are in it.
     *
     * @return the number
     */
    public long size() {
        return to - from;
    }
}
