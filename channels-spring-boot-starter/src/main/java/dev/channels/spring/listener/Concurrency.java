package dev.channels.spring.listener;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many workers a listener has.
 *
 * @param min as many as there always are
 * @param max as many as there are while messages wait
 */
public record Concurrency(int min, int max) {

    private static final Pattern NUMBER_OR_RANGE = Pattern.compile("(\\d{1,6})(?:\\s*-\\s*(\\d{1,6}))?");

    /**
     * Reads a number or a range.
     *
     * @param text such as {@code 8} or {@code 2-16}
     * @return what it says
     * @throws IllegalArgumentException if it is neither
     */
    public static Concurrency parse(String text) {
        Matcher matcher = NUMBER_OR_RANGE.matcher(text.strip());
        if (!matcher.matches()) {
            throw unreadable(text);
        }
        int min = Integer.parseInt(matcher.group(1));
        int max = matcher.group(2) == null ? min : Integer.parseInt(matcher.group(2));
        if (min < 1 || max < min) {
            throw unreadable(text);
        }
        return new Concurrency(min, max);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no concurrency; write a number from 1 on, such as 4, or a range, such as 2-16");
    }

    boolean isElastic() {
        return max > min;
    }
}
