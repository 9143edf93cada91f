package dev.channels.spring.transport;

import dev.channels.Channel;
import java.util.List;

/** A queue in memory: one of ours, or a bean of the application. */
public final class MemoryQueue extends MemoryChannel {

    private final Channel<?> channel;

    /**
     * Makes a channel known to the rest of the starter.
     *
     * @param channel the channel
     */
    public MemoryQueue(Channel<?> channel) {
        this(channel, Measured.NOTHING);
    }

    MemoryQueue(Channel<?> channel, Measured measured) {
        super(channel, measured);
        this.channel = channel;
    }

    @Override
    public Channel<?> bean() {
        return channel;
    }

    /** All listeners take from the channel itself; one that goes leaves the others their messages. */
    @Override
    public MessageSource subscribe() {
        return new MemorySource(channel);
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
