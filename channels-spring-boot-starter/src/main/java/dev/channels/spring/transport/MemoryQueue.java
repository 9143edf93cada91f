package dev.channels.spring.transport;

import dev.channels.Channel;
import dev.channels.ChannelStats;
import dev.channels.Waiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A queue in memory: one of ours, or a bean of the application. */
public final class MemoryQueue implements TransportChannel {

    private final Channel<?> channel;
    private final Channel<?> bean;
    private final @Nullable QueueTime time;

    /**
     * Makes a channel known to the rest of the starter.
     *
     * @param channel the channel
     */
    public MemoryQueue(Channel<?> channel) {
        this(channel, channel, null);
    }

    /** What the application has may be more careful than the channel itself. */
    MemoryQueue(Channel<?> channel, Channel<?> bean, @Nullable QueueTime time) {
        this.channel = channel;
        this.bean = bean;
        this.time = time;
    }

    @Override
    public Channel<?> bean() {
        return bean;
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
