package dev.channels;

/** What a channel has counted, in words. */
final class Counts {

    private Counts() {}

    /** The numbers of a channel at rest, after a check that they fit together. */
    static String countsOf(Channel<?> channel) {
        ChannelStats stats = channel.stats();
        String words = fitting(stats);
        if (stats.size() != channel.size()) {
            throw new AssertionError("the size is " + channel.size() + ", not as in " + stats);
        }
        return words;
    }

    /** The numbers of a broadcast at rest. */
    static String countsOf(Broadcast<?> broadcast) {
        return inWords(broadcast.stats());
    }

    /** The numbers of a watch at rest, after a check that they fit together. */
    static String countsOf(Watch<?> watch) {
        return fitting(watch.stats());
    }

    /** The numbers of a request channel at rest, after a check that they fit together. */
    static String countsOf(RequestChannel<?, ?> channel) {
        return fitting(channel.stats());
    }

    private static String fitting(ChannelStats stats) {
        long inside = stats.sent() - stats.received() - stats.dropped() - stats.returned();
        if (inside != stats.size()) {
            throw new AssertionError("sent - received - dropped - returned is " + inside + ": " + stats);
        }
        return inWords(stats);
    }

    private static String inWords(ChannelStats stats) {
        return "sent %d, received %d, dropped %d, returned %d, size %d"
                .formatted(stats.sent(), stats.received(), stats.dropped(), stats.returned(), stats.size());
    }
}
