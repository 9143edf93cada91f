package dev.channels.spring.transport;

import dev.channels.Channel;
import dev.channels.ChannelStats;
import dev.channels.Waiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue in memory: one of ours, or a bean of the application. */
public final class MemoryQueue implements TransportChannel {

    private final Channel<?> channel;
    private final Measured measured;

    /**
     * Makes a channel known to the rest of the starter.
     *
     * @param channel the channel
     */
    public MemoryQueue(Channel<?> channel) {
        this(channel, Measured.NOTHING);
    }

    MemoryQueue(Channel<?> channel, Measured measured) {
        this.channel = channel;
        this.measured = measured;
    }

    @Override
    public Channel<?> bean() {
        return channel;
    }

    /** All listeners take from the channel itself; one that goes leaves the others their messages. */
    @Override
    public MessageSource subscribe() {
        return new MemorySource(channel, () -> {});
    }

    @Override
    public ChannelStats stats() {
        return channel.stats();
    }

    @Override
    public List<Waiter> waiters() {
        return channel.waiters();
    }

    @Override
    public @Nullable QueueTime queueTime() {
        return measured.queueTime();
    }

    @Override
    public @Nullable SendWaits sendWaits() {
        return measured.sendWaits();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public List<?> closeNow() {
        return channel.closeNow();
    }
}
