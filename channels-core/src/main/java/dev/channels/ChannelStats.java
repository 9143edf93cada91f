package dev.channels;

/**
 * A channel's numbers at one instant. At rest {@code sent - received - dropped - returned == size}.
 *
 * <p>A broadcast counts messages in {@code sent} and deliveries in {@code received} and {@code dropped}; its
 * {@code size} is the longest backlog of a subscription.
 *
 * @param name the channel's name
 * @param capacity how many messages it holds at most
 * @param size how many messages are in its buffer
 * @param blockedSenders how many sends wait, pending asynchronous ones included
 * @param blockedReceivers how many receives wait, pending asynchronous ones included
 * @param sent how many messages were accepted
 * @param received how many messages were taken
 * @param dropped how many accepted messages were dropped
 * @param returned how many accepted messages {@link Channel#closeNow()} gave back
 * @param closed whether the channel is closed for sending
 */
public record ChannelStats(
        String name,
        int capacity,
        int size,
        int blockedSenders,
        int blockedReceivers,
        long sent,
        long received,
        long dropped,
        long returned,
        boolean closed) {}
