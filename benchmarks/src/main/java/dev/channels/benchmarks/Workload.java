package dev.channels.benchmarks;

/**
 * One row of the table.
 *
 * @param name what the row is called
 * @param shape who hands messages to whom
 * @param capacity how many messages a pipe holds: 0 for a rendezvous, {@link #UNBOUNDED} for no limit
 * @param threading what senders and receivers run on
 * @param processors which processors there are
 * @param messages how many messages a round sends unless told otherwise
 */
public record Workload(
        String name, Shape shape, int capacity, Threading threading, Processors processors, long messages) {

    /** The capacity that is no limit. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** Which processors there are. */
    public enum Processors {
        /** Those the machine has. */
        ALL,
        /** One, while the JVM believes it has two. */
        ONE_OF_TWO
    }

    static Workload of(String name, Shape shape, int capacity, long messages) {
        return new Workload(
                name + " / " + nameOf(capacity), shape, capacity, Threading.VIRTUAL, Processors.ALL, messages);
    }

    Workload onPlatformThreads() {
        return new Workload(name + ", platform threads", shape, capacity, Threading.PLATFORM, processors, messages);
    }

    Workload onOneProcessor() {
        return new Workload(name + ", one core", shape, capacity, threading, Processors.ONE_OF_TWO, messages);
    }

    /** The same, sending so many messages that they make this many steps together. */
    Workload steps(long steps) {
        long enough = Math.max(1, steps / shape.steps());
        return new Workload(name, shape, capacity, threading, processors, enough);
    }

    long steps() {
        return messages * shape.steps();
    }

    private static String nameOf(int capacity) {
        return switch (capacity) {
            case 0 -> "rendezvous";
            case UNBOUNDED -> "unbounded";
            default -> Integer.toString(capacity);
        };
    }
}
