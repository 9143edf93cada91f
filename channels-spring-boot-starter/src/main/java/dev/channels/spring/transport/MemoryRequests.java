package dev.channels.spring.transport;

import dev.channels.ChannelStats;
import dev.channels.RequestChannel;
import dev.channels.Waiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request channel in memory: one of ours, or a bean of the application. Its messages are the requests. */
public final class MemoryRequests implements TransportChannel {

    private final RequestChannel<?, ?> channel;
    private final Measured measured;

    /**
     * Makes a request channel known to the rest of the starter.
     *
     * @param channel the channel
     */
    public MemoryRequests(RequestChannel<?, ?> channel) {
        this(channel, Measured.NOTHING);
    }

    MemoryRequests(RequestChannel<?, ?> channel, Measured measured) {
        this.channel = channel;
        this.measured = measured;
    }

    @Override
    public RequestChannel<?, ?> bean() {
        return channel;
    }

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

    /** All who have no answer yet are told, also those whose request a listener has in hand. */
    @Override
    public List<?> closeNow() {
        return channel.closeNow();
    }
}
