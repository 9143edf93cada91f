package dev.channels.spring.transport;

import dev.channels.Channel;
import dev.channels.ChannelStats;
import dev.channels.Permit;
import dev.channels.ReceiverHandle;
import dev.channels.SenderHandle;
import dev.channels.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A queue whose sends wait for a limited time. It stands round the core's channel, so a select does not take it. */
final class LimitedChannel<T> extends ForwardingReceiver<T> implements Channel<T> {

    private final Channel<T> channel;
    private final SendLimit limit;

    LimitedChannel(Channel<T> channel, Duration time) {
        super(channel);
        this.channel = channel;
        this.limit = new SendLimit(channel.name(), time);
    }

    @Override
    public void send(T message) throws InterruptedException {
        limit.send(channel, message);
    }

    @Override
    public boolean trySend(T message) {
        return channel.trySend(message);
    }

    @Override
    public boolean trySend(T message, Duration timeout) throws InterruptedException {
        return limit.trySend(channel, message, timeout);
    }

    @Override
    public CompletableFuture<Void> sendAsync(T message) {
        return limit.sendAsync(channel, message);
    }

    @Override
    public boolean isClosedForSend() {
        return channel.isClosedForSend();
    }

    @Override
    public Permit<T> reserve() throws InterruptedException {
        return limit.reserve(channel);
    }

    @Override
    public SenderHandle<T> newSender() {
        return new LimitedSender<>(channel.newSender(), limit);
    }

    @Override
    public ReceiverHandle<T> newReceiver() {
        return channel.newReceiver();
    }

    @Override
    public int size() {
        return channel.size();
    }

    @Override
    public int blockedSenders() {
        return channel.blockedSenders();
    }

    @Override
    public int blockedReceivers() {
        return channel.blockedReceivers();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void close(Throwable cause) {
        channel.close(cause);
    }

    @Override
    public List<T> closeNow() {
        return channel.closeNow();
    }

    @Override
    public List<T> closeNow(Throwable cause) {
        return channel.closeNow(cause);
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public int capacity() {
        return channel.capacity();
    }

    @Override
    public ChannelStats stats() {
        return channel.stats();
    }

    @Override
    public List<Waiter> waiters() {
        return channel.waiters();
    }
}
