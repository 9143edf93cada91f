package dev.channels.spring.transport;

import dev.channels.ChannelStats;
import dev.channels.Sender;
import dev.channels.Waiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open channel, as listeners, metrics and shutdown see it wherever its messages are. */
public interface TransportChannel {

    /**
     * What the application gets injected. In memory this is the core's own channel, elsewhere a sender and no more.
     *
     * @return the same object at every call
     */
    Sender<?> sender();

    /**
     * What listeners take from. On a queue they share the messages; on a broadcast each source gets every message sent
     * from now on.
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

    /** Refuses sends from this process from now on; those that wait are still served. Idempotent. */
    void close();

    /**
     * Closes at once: who still waits gets a {@link dev.channels.ChannelClosedException}.
     *
     * @return the accepted messages that would be lost with this process; empty if they are kept elsewhere
     */
    List<?> closeNow();
}
