package dev.channels.spring.autoconfigure;

/**
 * A capacity as it is written in a property: a number, or {@code unbounded}.
 *
 * @param messages how many messages; {@code Integer.MAX_VALUE} for no limit
 */
public record Capacity(int messages) {

    private static final String UNBOUNDED = "unbounded";

    /** Refuses negative numbers. */
    public Capacity {
        if (messages < 0) {
            throw unreadable(String.valueOf(messages));
        }
    }

    /**
     * Reads a capacity.
     *
     * @param text a number, or {@code unbounded}
     * @return the capacity
     * @throws IllegalArgumentException if it is neither
     */
    public static Capacity valueOf(String text) {
        String stripped = text.strip();
        if (stripped.equalsIgnoreCase(UNBOUNDED)) {
            return new Capacity(Integer.MAX_VALUE);
        }
        try {
            return new Capacity(Integer.parseInt(stripped));
        } catch (NumberFormatException notANumber) {
            throw unreadable(stripped);
        }
    }

    /**
     * Takes a number as it stands in YAML.
     *
     * @param messages the number
     * @return the capacity
     */
    public static Capacity valueOf(Integer messages) {
        return new Capacity(messages);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("'" + text
                + "' is no capacity; write 0 for a rendezvous, a number from 1 on," + " or '" + UNBOUNDED + "'");
    }

    @Override
    public String toString() {
        return messages == Integer.MAX_VALUE ? UNBOUNDED : String.valueOf(messages);
    }
}
