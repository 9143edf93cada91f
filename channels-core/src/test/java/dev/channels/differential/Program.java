package dev.channels.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random program of one thread. */
record Program(List<Step> steps) {

    private static final int LONGEST = 60;

    static Program random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        for (int length = 1 + random.nextInt(LONGEST); length > 0; length--) {
            steps.add(Step.random(random));
        }
        return new Program(steps);
    }

    /** Runs it on both and tells the first step after which they can be told apart; the empty text if there is none. */
    String firstDifference(Contestants contestants) {
        Subject oracle = contestants.oracle().get();
        Subject real = contestants.real().get();
        for (Step step : steps) {
            String expected = oracle.perform(step);
            String actual = real.perform(step);
            if (!expected.equals(actual)) {
                return "after " + step + "\n  expected " + expected + "\n  but was  " + actual;
            }
        }
        return "";
    }

    /** A program that still shows a difference, and would not with any step less. */
    Program shrunk(Contestants contestants) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            List<Step> fewer = new ArrayList<>(steps);
            fewer.remove(i);
            Program shorter = new Program(fewer);
            if (!shorter.firstDifference(contestants).isEmpty()) {
                return shorter.shrunk(contestants);
            }
        }
        return this;
    }
}
