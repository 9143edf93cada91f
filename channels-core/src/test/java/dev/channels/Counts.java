package dev.channels;

/** What a channel has counted, in words. */
final class Counts {

    private Counts() {}

    /** The numbers of a channel at rest, after a check that they fit together. */
    static String countsOf(Channel<?> channel) {
        ChannelStats stats = channel.stats();
        long inside = stats.sent() - stats.received() - stats.dropped() - stats.returned();
        if (inside != stats.size()) {
            throw new AssertionError("sent - received - dropped - returned is " + inside + ": " + stats);
        }
        if (stats.size() != channel.size()) {
            throw new AssertionError("the size is " + channel.size() + ", not as in " + stats);
        }
        return inWords(stats);
    }

    /** The numbers of a broadcast at rest. */
    static String countsOf(Broadcast<?> broadcast) {
        return inWords(broadcast.stats());
    }

    private static String inWords(ChannelStats stats) {
        return "sent %d, received %d, dropped %d, returned %d, size %d"
                .formatted(stats.sent(), stats.received(), stats.dropped(), stats.returned(), stats.size());
    }
}
