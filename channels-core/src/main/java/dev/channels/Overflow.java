package dev.channels;

/** What a send does when the channel is full. */
public enum Overflow {

    /** It waits for room. */
    BLOCK,

    /** It drops the message that has waited longest, and takes the new one. */
    DROP_OLDEST,

    /** It drops the new message. */
    DROP_LATEST,

    /** It throws {@link ChannelFullException}. */
    FAIL
}
