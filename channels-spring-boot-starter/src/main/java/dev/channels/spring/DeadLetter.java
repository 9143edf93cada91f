package dev.channels.spring;

import java.time.Instant;

/**
 * A message that its listener could not handle, with what is known about that. Sent to the channel that
 * {@code channels.definitions.<channel>.dead-letter} names; {@link ChannelRegistry#redeliver(DeadLetter)} sends the
 * message back.
 *
 * @param payload the message
 * @param cause what the listener threw last, or the send of what it returned
 * @param channel the name of the channel that the message was taken from
 * @param listener the listener's id
 * @param attempts how often it was tried: calls of the listener, and after one that returned sends of what it returned
 * @param at when it was given up
 * @param <T> the type of the message
 */
public record DeadLetter<T>(T payload, Throwable cause, String channel, String listener, int attempts, Instant at) {}
