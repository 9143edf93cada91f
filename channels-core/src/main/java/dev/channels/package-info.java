/**
 * Channels: the way in which parts of a program hand messages to each other, wait for each other and stop.
 *
 * <p>{@link dev.channels.Channel} is where to begin; code that only sends asks for a {@link dev.channels.Sender}, code
 * that only receives for a {@link dev.channels.Receiver}. {@link dev.channels.Broadcast} gives every message to every
 * subscription.
 */
@NullMarked
package dev.channels;

import org.jspecify.annotations.NullMarked;
