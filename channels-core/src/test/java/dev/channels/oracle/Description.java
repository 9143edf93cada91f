package dev.channels.oracle;

import dev.channels.ChannelStats;

/** What a channel's {@code toString} says: kind, name and numbers. */
final class Description {

    private Description() {}

    static String of(String kind, ChannelStats stats) {
        String capacity = stats.capacity() == Integer.MAX_VALUE ? "unbounded" : String.valueOf(stats.capacity());
        return kind + "[" + stats.name() + ", size=" + stats.size() + ", capacity=" + capacity + ", blockedSenders="
                + stats.blockedSenders() + ", blockedReceivers=" + stats.blockedReceivers()
                + (stats.closed() ? ", closed]" : "]");
    }
}
