package dev.channels.benchmarks.spring;

import dev.channels.benchmarks.Spread;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * One number of a workload, and what is wanted of it.
 *
 * @param result the name of the result
 * @param what what the row is called
 * @param unit of the result
 * @param sense what is compared with the goal
 * @param goal what ours is to reach
 */
record Figure(String result, String what, String unit, Sense sense, Goal goal) {

    /** What the goal is about. */
    enum Sense {
        /** The result divided by that of whom it is compared with. */
        RATIO("×"),
        /** The result less that of whom it is compared with. */
        ADDS("+"),
        /** The result. */
        ITSELF("");

        private final String sign;

        Sense(String sign) {
            this.sign = sign;
        }
    }

    static Figure ratio(String result, String what, String unit, Goal goal) {
        return new Figure(result, what, unit, Sense.RATIO, goal);
    }

    static Figure adds(String result, String what, String unit, Goal goal) {
        return new Figure(result, what, unit, Sense.ADDS, goal);
    }

    static Figure itself(String result, String what, String unit, Goal goal) {
        return new Figure(result, what, unit, Sense.ITSELF, goal);
    }

    /** What is compared with the goal, taken from each pair of JVMs. */
    Spread compared(List<Double> results, List<Double> others) {
        int pairs = sense == Sense.ITSELF ? results.size() : Math.min(results.size(), others.size());
        return Spread.of(IntStream.range(0, pairs)
                .mapToObj(pair -> switch (sense) {
                    case RATIO -> results.get(pair) / others.get(pair);
                    case ADDS -> results.get(pair) - others.get(pair);
                    case ITSELF -> results.get(pair);
                })
                .toList());
    }

    String format(Spread compared) {
        return sense.sign
                + "%s (%s..%s)".formatted(number(compared.median()), number(compared.least()), number(compared.most()));
    }

    String measured(List<Double> results) {
        return number(Spread.of(results).median()) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** Three digits that count. */
    static String number(double number) {
        double size = Math.abs(number);
        return String.format(
                Locale.ROOT,
                size >= 100 || number == Math.rint(number) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f",
                number);
    }

    /**
     * What ours is to reach.
     *
     * @param must what it must
     * @param aim what it should
     * @param most whether to be below is good
     * @param always whether every JVM has to reach it, and not the median
     */
    record Goal(OptionalDouble must, OptionalDouble aim, boolean most, boolean always) {

        static final Goal NONE = new Goal(OptionalDouble.empty(), OptionalDouble.empty(), true, false);

        static Goal atMost(double must, double aim) {
            return new Goal(OptionalDouble.of(must), OptionalDouble.of(aim), true, false);
        }

        static Goal atLeast(double must, double aim) {
            return new Goal(OptionalDouble.of(must), OptionalDouble.of(aim), false, false);
        }

        static Goal alwaysAtMost(double must) {
            return new Goal(OptionalDouble.of(must), OptionalDouble.empty(), true, true);
        }

        String verdict(Spread compared) {
            double judged = !always ? compared.median() : most ? compared.most() : compared.least();
            if (must.isEmpty()) {
                return "";
            }
            if (!reached(judged, must.getAsDouble())) {
                return "**no**";
            }
            return aim.isPresent() && reached(judged, aim.getAsDouble()) ? "aim" : "yes";
        }

        private boolean reached(double judged, double limit) {
            return most ? judged <= limit : judged >= limit;
        }

        static String describe(OptionalDouble limit) {
            return limit.isPresent() ? number(limit.getAsDouble()) : "";
        }
    }
}
