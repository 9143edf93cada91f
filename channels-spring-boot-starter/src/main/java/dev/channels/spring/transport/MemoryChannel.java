package dev.channels.spring.transport;

import dev.channels.ChannelStats;
import dev.channels.Monitored;
import dev.channels.Waiter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is the same for the core's own channels, whatever their kind. */
abstract class MemoryChannel implements TransportChannel {

    private final Monitored channel;
    private final Measured measured;

    MemoryChannel(Monitored channel, Measured measured) {
        this.channel = channel;
        this.measured = measured;
    }

    @Override
    public final ChannelStats stats() {
        return channel.stats();
    }

    @Override
    public final List<Waiter> waiters() {
        return channel.waiters();
    }

    @Override
    public final @Nullable QueueTime queueTime() {
        return measured.queueTime();
    }

    @Override
    public final @Nullable SendWaits sendWaits() {
        return measured.sendWaits();
    }
}
