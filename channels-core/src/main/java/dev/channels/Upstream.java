package dev.channels;

/** What a {@link PlainOutlet} asks of those who send to it. Called under the channel's lock. */
interface Upstream {

    /** Lets waiting senders in: there may be room. */
    void admitWaiting();

    /** How many senders wait. */
    int waiting();

    /** Whether nothing more can come. */
    boolean isExhausted();
}
