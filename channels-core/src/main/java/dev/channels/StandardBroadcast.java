package dev.channels;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A broadcast under one lock: a message enters all subscriptions at one instant, or its sender waits. */
final class StandardBroadcast<T> implements Broadcast<T>, Sends<T>, Downstream {

    private final SharedLock lock = new SharedLock();
    private final ChannelState state;
    private final int capacity;
    private final Overflow overflow;
    private final int replay;
    private final @Nullable ChannelInterceptor<? super T> interceptor;
    private final PlainInlet inlet;
    private final Sending<T> sending;
    private final Tally tally = new Tally();

    // Copied on each change, under the lock; the numbers are read without.
    private final List<StandardSubscription<T>> subscriptions = new CopyOnWriteArrayList<>();
    private final Queue<Object> replayed = new ArrayDeque<>();

    StandardBroadcast(BroadcastSettings<T> settings) {
        this.state = new ChannelState(settings.name());
        this.capacity = settings.capacity();
        this.overflow = settings.overflow();
        this.replay = settings.replay();
        this.interceptor = settings.interceptor();
        this.inlet = new PlainInlet(lock, state, this, tally);
        this.sending = new Sending<>(settings.name(), inlet, Overflow.BLOCK, null, interceptor, settings.sendWait());
    }

    @Override
    public Sending<T> sending() {
        return sending;
    }

    @Override
    public Subscription<T> subscribe() {
        return locked(() -> {
            Backlog backlog = new Backlog();
            StandardSubscription<T> subscription = new StandardSubscription<>(
                    this, new PlainOutlet(lock, state, inlet, tally, capacity, backlog), backlog, interceptor);
            replayed.forEach(subscription::accept);
            subscriptions.add(subscription);
            return subscription;
        });
    }

    /** Ends one subscription: what it had not read is dropped, and it holds no sender back any more. */
    void unsubscribe(StandardSubscription<T> subscription) {
        lock.lock();
        try {
            if (subscriptions.remove(subscription)) {
                tally.countDropped(subscription.detach());
                inlet.admitWaiting();
            }
        } finally {
            lock.unlockAndWake();
        }
    }

    <V> V locked(Supplier<V> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public int subscribers() {
        return locked(subscriptions::size);
    }

    @Override
    public boolean hasRoom(int reserved) {
        return overflow != Overflow.BLOCK || subscriptions.stream().allMatch(StandardSubscription::hasRoom);
    }

    @Override
    public void accept(Object message) {
        if (replay > 0) {
            if (replayed.size() == replay) {
                replayed.remove();
            }
            replayed.add(message);
        }
        if (subscriptions.isEmpty()) {
            tally.countDropped(1);
        }
        for (StandardSubscription<T> subscription : subscriptions) {
            if (subscription.hasRoom()) {
                subscription.accept(message);
            } else {
                subscription.replaceOldest(message);
                tally.countDropped(1);
            }
        }
    }

    @Override
    public Object replace(Object message) {
        throw new IllegalStateException("each subscription drops for itself");
    }

    @Override
    public void end() {
        subscriptions.forEach(StandardSubscription::end);
    }

    @Override
    public void close() {
        inlet.close(null);
    }

    @Override
    public void close(Throwable cause) {
        inlet.close(Objects.requireNonNull(cause, "cause"));
    }

    @Override
    public void closeNow() {
        lock.lock();
        try {
            inlet.shutLocked(null);
        } finally {
            lock.unlockAndWake();
        }
    }

    @Override
    public String name() {
        return state.name();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ChannelStats stats() {
        int backlog = 0;
        int waiting = 0;
        for (StandardSubscription<T> subscription : subscriptions) {
            backlog = Math.max(backlog, subscription.size());
            waiting += subscription.waiting();
        }
        return new ChannelStats(
                state.name(),
                capacity,
                backlog,
                inlet.waiting(),
                waiting,
                tally.sent(),
                tally.received(),
                tally.dropped(),
                0,
                state.isClosed());
    }

    @Override
    public List<Waiter> waiters() {
        return locked(() -> {
            long now = System.nanoTime();
            List<Waiter> senders = new ArrayList<>();
            inlet.describeWaiting(now, senders);
            List<Waiter> receivers = new ArrayList<>();
            subscriptions.forEach(subscription -> subscription.describeWaiting(now, receivers));
            receivers.sort(Comparator.comparing(Waiter::waited).reversed());
            senders.addAll(receivers);
            return senders;
        });
    }

    @Override
    public String toString() {
        return Description.of("Broadcast", stats());
    }
}
