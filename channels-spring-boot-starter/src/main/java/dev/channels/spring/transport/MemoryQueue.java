package dev.channels.spring.transport;

import dev.channels.Channel;
import dev.channels.ChannelStats;
import dev.channels.Waiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue in memory: one of ours, or a bean of the application. */
public final class MemoryQueue implements TransportChannel {

    private final Channel<?> channel;
    private final @Nullable QueueTime time;

    /**
     * Makes a channel known to the rest of the starter.
     *
     * @param channel the channel
     */
    public MemoryQueue(Channel<?> channel) {
        this(channel, null);
    }

    MemoryQueue(Channel<?> channel, @Nullable QueueTime time) {
        this.channel = channel;
        this.time = time;
    }

    @Override
    public Channel<?> sender() {
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
        return time;
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
