package dev.channels.spring;

/**
 * A call of a listener that failed, as a {@link ChannelListenerErrorHandler} is asked about it.
 *
 * @param channel the name of the channel that the message was taken from
 * @param listener the listener's id
 * @param payload the message; for a batch the list of those messages that are not handled yet
 * @param cause what the listener threw, or the send of what it returned
 * @param attempts how often it was tried so far, this time among them: calls of the listener, and after one that
 *     returned sends of what it returned
 */
public record ListenerFailure(String channel, String listener, Object payload, Throwable cause, int attempts) {}
