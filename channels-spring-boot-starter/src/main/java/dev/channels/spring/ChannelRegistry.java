package dev.channels.spring;

import dev.channels.Channel;
import dev.channels.Sender;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All channels of the application context: those declared in properties, those that are beans of the application, and
 * those created here.
 */
public interface ChannelRegistry {

    /**
     * The names of all channels.
     *
     * @return a snapshot
     */
    Set<String> names();

    /**
     * The sending side of a channel, wherever its messages go.
     *
     * @param name the channel's name
     * @param <T> the type of its messages; not checked
     * @return the sender
     * @throws IllegalArgumentException if there is no such channel, or if nothing can be sent to it: a watch is set, a
     *     request channel asked
     */
    <T> Sender<T> sender(String name);

    /**
     * A channel in memory.
     *
     * @param name the channel's name
     * @param <T> the type of its messages; not checked
     * @return the channel
     * @throws IllegalArgumentException if there is no such channel, or if it is not a queue in memory
     */
    <T> Channel<T> channel(String name);

    /**
     * Creates a channel at run time. It is seen by Actuator and metrics like the others, and closes with the context.
     *
     * @param name the channel's name
     * @param settings capacity and the rest; what is not set is as in {@code channels.defaults}
     * @param <T> the type of its messages
     * @return the channel
     * @throws IllegalArgumentException if there is a channel of that name
     */
    <T> Channel<T> create(String name, Consumer<Channel.Builder<T>> settings);

    /**
     * Closes a channel for sending and forgets it. Its listeners take what it holds and then end.
     *
     * @param name the channel's name
     * @return whether there was such a channel
     */
    boolean close(String name);

    /**
     * Sends the message of a dead letter back to the channel that it was taken from. Never waits, because the listener
     * of that channel may wait for room among the dead letters meanwhile: when the channel is full or closed the answer
     * is {@code false}, and the letter is still the caller's.
     *
     * @param letter the dead letter
     * @return whether the channel took the message
     * @throws IllegalArgumentException if there is no such channel
     */
    boolean redeliver(DeadLetter<?> letter);
}
