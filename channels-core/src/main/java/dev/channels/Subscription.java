package dev.channels;

/**
 * One listener's view of a {@link Broadcast}: every message that was sent after {@link Broadcast#subscribe()} returned,
 * in the order that all subscriptions share. Closing it drops what it had not read.
 *
 * @param <T> the type of the messages
 */
public interface Subscription<T> extends ReceiverHandle<T> {

    /**
     * How many messages this subscription lost because it was full, under {@link Overflow#DROP_OLDEST}.
     *
     * @return the total since it was made
     */
    long missed();
}
