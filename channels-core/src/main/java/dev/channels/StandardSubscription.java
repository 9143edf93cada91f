package dev.channels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One subscription of a {@link StandardBroadcast}, guarded by its lock. */
final class StandardSubscription<T> implements Subscription<T>, Receives<T> {

    private final StandardBroadcast<T> broadcast;
    private final PlainOutlet outlet;
    private final Backlog backlog;
    private final Receiving<T> receiving;
    private long missed;

    StandardSubscription(
            StandardBroadcast<T> broadcast,
            PlainOutlet outlet,
            Backlog backlog,
            @Nullable ChannelInterceptor<? super T> interceptor) {
        this.broadcast = broadcast;
        this.outlet = outlet;
        this.backlog = backlog;
        this.receiving = new Receiving<>(outlet, interceptor);
    }

    @Override
    public Receiving<T> receiving() {
        return receiving;
    }

    @Override
    public long missed() {
        return broadcast.locked(() -> missed);
    }

    @Override
    public void close() {
        broadcast.unsubscribe(this);
    }

    @Override
    public String toString() {
        return broadcast.locked(
                () -> "Subscription[" + broadcast.name() + ", size=" + backlog.size() + ", missed=" + missed + "]");
    }

    boolean hasRoom() {
        return outlet.hasRoomFor(0);
    }

    void accept(Object message) {
        outlet.acceptLocked(message);
    }

    void replaceOldest(Object message) {
        outlet.replaceLocked(message);
        missed++;
    }

    void end() {
        outlet.endLocked();
    }

    /** Ends it and answers how many messages it had not read. */
    int detach() {
        outlet.detachLocked();
        return outlet.clearLocked().size();
    }

    int size() {
        return backlog.size();
    }

    int waiting() {
        return outlet.waiting();
    }

    void describeWaiting(long now, List<? super Waiter> target) {
        outlet.describeWaiting(now, target);
    }
}
