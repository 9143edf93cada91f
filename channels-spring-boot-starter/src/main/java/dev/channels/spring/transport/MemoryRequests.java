package dev.channels.spring.transport;

import dev.channels.RequestChannel;
import java.util.List;

/** A request channel in memory: one of ours, or a bean of the application. Its messages are the requests. */
public final class MemoryRequests extends MemoryChannel {

    private final RequestChannel<?, ?> channel;

    /**
     * Makes a request channel known to the rest of the starter.
     *
     * @param channel the channel
     */
    public MemoryRequests(RequestChannel<?, ?> channel) {
        this(channel, Measured.NOTHING);
    }

    MemoryRequests(RequestChannel<?, ?> channel, Measured measured) {
        super(channel, measured);
        this.channel = channel;
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
    public void close() {
        channel.close();
    }

    /** All who have no answer yet are told, also those whose request a listener has in hand. */
    @Override
    public List<?> closeNow() {
        return channel.closeNow();
    }
}
