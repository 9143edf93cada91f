package dev.channels.spring.transport;

import dev.channels.Broadcast;
import dev.channels.ChannelStats;
import dev.channels.Subscription;
import dev.channels.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broadcast in memory: one of ours, or a bean of the application. */
public final class MemoryBroadcast implements TransportChannel {

    private final Broadcast<?> broadcast;
    private final Broadcast<?> bean;
    private final List<Subscription<?>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Makes a broadcast known to the rest of the starter.
     *
     * @param broadcast the broadcast
     */
    public MemoryBroadcast(Broadcast<?> broadcast) {
        this(broadcast, broadcast);
    }

    /** What the application has may be more careful than the broadcast itself. */
    MemoryBroadcast(Broadcast<?> broadcast, Broadcast<?> bean) {
        this.broadcast = broadcast;
        this.bean = bean;
    }

    @Override
    public Broadcast<?> bean() {
        return bean;
    }

    @Override
    public MessageSource subscribe() {
        Subscription<?> subscription = broadcast.subscribe();
        listeners.add(subscription);
        return new MemorySource(subscription, () -> {
            listeners.remove(subscription);
            subscription.close();
        });
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
    public void close() {
        broadcast.close();
    }

    /** Takes what the listeners have not read; subscriptions that the application made are its own affair. */
    @Override
    public List<?> closeNow() {
        broadcast.closeNow();
        List<Object> unread = new ArrayList<>();
        for (Subscription<?> subscription : listeners) {
            subscription.drainTo(unread, Integer.MAX_VALUE);
            subscription.close();
        }
        return unread;
    }
}
