package dev.channels.spring.transport;

import dev.channels.Broadcast;
import dev.channels.ChannelStats;
import dev.channels.Subscription;
import dev.channels.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A broadcast whose sends wait for a limited time. Its subscriptions are the core's own. */
final class LimitedBroadcast<T> implements Broadcast<T> {

    private final Broadcast<T> broadcast;
    private final SendLimit limit;

    LimitedBroadcast(Broadcast<T> broadcast, Duration time) {
        this.broadcast = broadcast;
        this.limit = new SendLimit(broadcast.name(), time);
    }

    @Override
    public void send(T message) throws InterruptedException {
        limit.send(broadcast, message);
    }

    @Override
    public boolean trySend(T message) {
        return broadcast.trySend(message);
    }

    @Override
    public boolean trySend(T message, Duration timeout) throws InterruptedException {
        return limit.trySend(broadcast, message, timeout);
    }

    @Override
    public CompletableFuture<Void> sendAsync(T message) {
        return limit.sendAsync(broadcast, message);
    }

    @Override
    public boolean isClosedForSend() {
        return broadcast.isClosedForSend();
    }

    @Override
    public Subscription<T> subscribe() {
        return broadcast.subscribe();
    }

    @Override
    public int subscribers() {
        return broadcast.subscribers();
    }

    @Override
    public void close() {
        broadcast.close();
    }

    @Override
    public void close(Throwable cause) {
        broadcast.close(cause);
    }

    @Override
    public void closeNow() {
        broadcast.closeNow();
    }

    @Override
    public String name() {
        return broadcast.name();
    }

    @Override
    public int capacity() {
        return broadcast.capacity();
    }

    @Override
    public ChannelStats stats() {
        return broadcast.stats();
    }

    @Override
    public List<Waiter> waiters() {
        return broadcast.waiters();
    }

    @Override
    public String toString() {
        return broadcast.toString();
    }
}
