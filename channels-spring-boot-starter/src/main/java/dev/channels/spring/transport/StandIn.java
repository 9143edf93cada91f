package dev.channels.spring.transport;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelStats;
import dev.channels.RequestChannel;
import dev.channels.Waiter;
import dev.channels.Watch;
import java.util.List;

/**
 * What a test has put in the place of a channel, such as a mock. It is injected and sent to as the channel would be, and
 * nothing comes out of it: its numbers are those of a channel that nobody uses.
 */
public final class StandIn implements TransportChannel {

    private final Object bean;
    private final TransportChannel unused;

    /**
     * Makes it known to the rest of the starter.
     *
     * @param bean what the application gets injected
     * @param instead what it takes the place of
     */
    public StandIn(Object bean, ChannelDefinition instead) {
        this.bean = bean;
        this.unused = switch (instead.kind()) {
            case QUEUE -> new MemoryQueue(Channel.builder(instead.name()).build());
            case BROADCAST ->
                new MemoryBroadcast(Broadcast.builder(instead.name()).build());
            case WATCH -> new MemoryWatch(Watch.builder(instead.name()).build());
            case REQUEST ->
                new MemoryRequests(RequestChannel.builder(instead.name()).build());
        };
    }

    @Override
    public Object bean() {
        return bean;
    }

    @Override
    public MessageSource subscribe() {
        return unused.subscribe();
    }

    @Override
    public ChannelStats stats() {
        return unused.stats();
    }

    @Override
    public List<Waiter> waiters() {
        return unused.waiters();
    }

    @Override
    public void close() {
        unused.close();
    }

    @Override
    public List<?> closeNow() {
        return unused.closeNow();
    }
}
