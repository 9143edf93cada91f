package dev.channels.benchmarks;

import java.util.SplittableRandom;

/** What is sent. The messages of a round are numbered, and all exist before it begins: sending one allocates nothing. */
public final class Messages {

    private static final int DIFFERENT = 1024;
    private static final Long[] ALL =
            new SplittableRandom(42).longs(DIFFERENT).boxed().toArray(Long[]::new);

    private Messages() {}

    /**
     * A message.
     *
     * @param number its number, from 0
     * @return the message
     */
    public static Long get(long number) {
        return ALL[(int) number & (DIFFERENT - 1)];
    }

    /**
     * What a round must have received, whoever received it.
     *
     * @param messages how many messages were sent
     * @return the sum of the first so many messages
     */
    public static long sum(long messages) {
        long sum = 0;
        for (long number = 0; number < messages; number++) {
            sum += get(number);
        }
        return sum;
    }
}
