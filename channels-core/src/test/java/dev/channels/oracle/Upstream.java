package dev.channels.oracle;

import org.jspecify.annotations.Nullable;

/** What a {@link ReceiveSide} asks of those who send to it. Called under the channel's lock. */
interface Upstream<T> {

    /** Takes a message straight from the sender that has waited longest: the way of a channel without a buffer. */
    @Nullable Envelope<T> handOver();

    /** Lets waiting senders in: there may be room. */
    void admitWaiting();

    /** How many senders wait. */
    int waiting();

    /** Whether nothing more can come. */
    boolean isExhausted();
}
