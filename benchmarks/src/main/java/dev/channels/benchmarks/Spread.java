package dev.channels.benchmarks;

import java.util.Collection;

/**
 * Several results of the same measurement.
 *
 * @param median the one in the middle
 * @param least the least
 * @param most the most
 */
public record Spread(double median, double least, double most) {

    /**
     * What the results have in common.
     *
     * @param results at least one
     * @return their spread
     */
    public static Spread of(Collection<Double> results) {
        double[] sorted =
                results.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no results");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
