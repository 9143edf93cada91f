/**
 * Channels: the way in which parts of a program hand messages to each other, wait for each other and stop.
 *
 * <p>{@link dev.channels.Channel} is where to begin; code that only sends asks for a {@link dev.channels.Sender}, code
 * that only receives for a {@link dev.channels.Receiver}. {@link dev.channels.Select} waits for the first of several
 * sends and receives; {@link dev.channels.Channel#after} and {@link dev.channels.Channel#tick} are timers to receive
 * from.
 *
 * <p>Other kinds: {@link dev.channels.Broadcast} gives every message to every subscription, {@link dev.channels.Watch}
 * holds the latest value and tells who waits for the next, {@link dev.channels.OneShot} hands over one value once, and
 * {@link dev.channels.RequestChannel} brings each question back its answer.
 */
@NullMarked
package dev.channels;

import org.jspecify.annotations.NullMarked;
