package dev.channels.spring.transport;

import dev.channels.ChannelStats;
import dev.channels.Sender;
import dev.channels.Waiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open channel, as listeners, metrics and shutdown see it wherever its messages are. */
public interface TransportChannel {

    /**
     * What the application gets injected. In memory this is the core's own channel; elsewhere it is a {@link Sender} or
     * a {@link dev.channels.Requester} and no more.
     *
     * @return the same object at every call
     */
    Object bean();

    /**
     * The side that is sent to.
     *
     * @return what the application gets injected, as a sender
     * @throws IllegalArgumentException if nothing can be sent to a channel of this kind
     */
    default Sender<?> sender() {
        if (bean() instanceof Sender<?> sender) {
            return sender;
        }
        throw new IllegalArgumentException(
                "Channel '" + stats().name() + "' is no queue and no broadcast: nothing can be sent to it");
    }

    /**
     * What listeners take from. On a queue or a request channel they share the messages; on a broadcast each source gets
     * every message sent from now on; on a watch the value that is there, and then the newest after each change.
     *
     * @return a source for one listener
     */
    MessageSource subscribe();

    /**
     * The channel's numbers, as far as this process knows them.
     *
     * @return the numbers
     */
    ChannelStats stats();

    /**
     * How many messages have yet to be taken, those of senders that wait included. For a watch its size does not say
     * that: the value stays when it was taken.
     *
     * @return the number, as far as this process knows it
     */
    default int backlog() {
        ChannelStats stats = stats();
        return stats.size() + stats.blockedSenders();
    }

    /**
     * Who waits in this process.
     *
     * @return a snapshot, longest first on each side
     */
    List<Waiter> waiters();

    /**
     * How long messages are in the channel.
     *
     * @return what measures it, or {@code null} if nothing does
     */
    default @Nullable QueueTime queueTime() {
        return null;
    }

    /**
     * How long sends wait for room.
     *
     * @return what tells of it, or {@code null} if nothing does
     */
    default @Nullable SendWaits sendWaits() {
        return null;
    }

    /** Refuses sends from this process from now on; those that wait are still served. Idempotent. */
    void close();

    /**
     * Closes at once: who still waits gets a {@link dev.channels.ChannelClosedException}.
     *
     * @return the accepted messages that would be lost with this process; empty if they are kept elsewhere
     */
    List<?> closeNow();
}
