package dev.channels.spring.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Helps with a name that does not exist: the nearest that does, or what there is. */
public final class Suggestion {

    private static final int LISTED = 10;

    private Suggestion() {}

    /**
     * Says what could have been meant.
     *
     * @param name what was written
     * @param known what exists
     * @param plural what these are, such as {@code channels}
     * @return one sentence
     */
    public static String of(String name, Collection<String> known, String plural) {
        if (known.isEmpty()) {
            return "There are no " + plural + ".";
        }
        return nearest(name, known)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElseGet(() -> "There are these " + plural + ": " + list(known) + ".");
    }

    /** The name within an edit distance of a third of the length of what was written, if there is one. */
    private static Optional<String> nearest(String name, Collection<String> known) {
        int limit = Math.max(1, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    private static String list(Collection<String> known) {
        String names = known.stream().sorted().limit(LISTED).collect(Collectors.joining(", "));
        return known.size() > LISTED ? names + " and " + (known.size() - LISTED) + " more" : names;
    }

    /** Levenshtein's distance, case ignored: how many letters to insert, delete or replace. */
    private static int distance(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
