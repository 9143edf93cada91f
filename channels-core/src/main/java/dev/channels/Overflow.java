package dev.channels;

/** What a send does when the channel is full. */
public enum Overflow {

    /** It waits for room. */
    BLOCK,

    /**
     * It drops the message that has been in the buffer longest, and takes the new one. A channel with another order drops
     * what would be received last: with {@link Channel.Builder#lifo() lifo} that is again the one that has been there
     * longest; with a {@link Channel.Builder#priority priority} it is the greatest, among equals the one that came last,
     * and may be the new message itself. Where the buffer holds nothing that could be dropped, because the capacity is 0
     * or permits hold all the room, it is the new message.
     */
    DROP_OLDEST,

    /** It drops the new message. */
    DROP_LATEST,

    /** It throws {@link ChannelFullException}. */
    FAIL
}
