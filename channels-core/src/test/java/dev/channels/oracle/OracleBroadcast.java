package dev.channels.oracle;

import dev.channels.Broadcast;
import dev.channels.ChannelStats;
import dev.channels.Overflow;
import dev.channels.Subscription;
import dev.channels.Waiter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A broadcast under one lock: a message enters all subscriptions at one instant, or its sender waits. */
public final class OracleBroadcast<T> implements Broadcast<T>, Downstream<T> {

    private final ChannelState state;
    private final int capacity;
    private final Overflow overflow;
    private final int replay;
    private final SendSide<T> senders;
    private final Set<OracleSubscription<T>> subscriptions = new LinkedHashSet<>();
    private final Queue<Envelope<T>> replayed = new ArrayDeque<>();
    private long receivedByFormer;

    private OracleBroadcast(String name, int capacity, Overflow overflow, int replay) {
        this.state = new ChannelState(name);
        this.capacity = capacity;
        this.overflow = overflow;
        this.replay = replay;
        this.senders = new SendSide<>(state, this, Overflow.BLOCK, null, null);
    }

    public static <T> OracleBroadcast<T> of(String name, int capacity, Overflow overflow, int replay) {
        return new OracleBroadcast<>(name, capacity, overflow, replay);
    }

    @Override
    public Subscription<T> subscribe() {
        state.lock();
        try {
            OracleSubscription<T> subscription =
                    new OracleSubscription<>(this, new ReceiveSide<>(state, senders, capacity, null));
            replayed.forEach(subscription::offer);
            subscriptions.add(subscription);
            return subscription;
        } finally {
            state.unlock();
        }
    }

    /** Ends one subscription: what it had not read is dropped, and it holds no sender back any more. */
    void unsubscribe(OracleSubscription<T> subscription) {
        state.lock();
        try {
            if (subscriptions.remove(subscription)) {
                senders.countDropped(subscription.detach());
                receivedByFormer += subscription.received();
                senders.admitWaiting();
            }
        } finally {
            state.unlock();
        }
    }

    <V> V locked(Supplier<V> question) {
        state.lock();
        try {
            return question.get();
        } finally {
            state.unlock();
        }
    }

    @Override
    public int subscribers() {
        return locked(subscriptions::size);
    }

    @Override
    public boolean offer(Envelope<T> envelope) {
        if (overflow == Overflow.BLOCK && !subscriptions.stream().allMatch(OracleSubscription::hasRoom)) {
            return false;
        }
        remember(envelope);
        if (subscriptions.isEmpty()) {
            senders.countDropped(1);
        }
        for (OracleSubscription<T> subscription : subscriptions) {
            if (!subscription.offer(envelope)) {
                subscription.replaceOldest(envelope);
                senders.countDropped(1);
            }
        }
        return true;
    }

    private void remember(Envelope<T> envelope) {
        if (replay > 0) {
            if (replayed.size() == replay) {
                replayed.remove();
            }
            replayed.add(envelope);
        }
    }

    @Override
    public Envelope<T> replaceOldest(Envelope<T> envelope) {
        throw new IllegalStateException("each subscription drops for itself");
    }

    @Override
    public void end() {
        subscriptions.forEach(OracleSubscription::failWaiting);
    }

    @Override
    public void send(T message) throws InterruptedException {
        senders.send(message);
    }

    @Override
    public boolean trySend(T message) {
        return senders.trySend(message);
    }

    @Override
    public boolean trySend(T message, Duration timeout) throws InterruptedException {
        return senders.trySend(message, timeout);
    }

    @Override
    public CompletableFuture<Void> sendAsync(T message) {
        return senders.sendAsync(message);
    }

    @Override
    public boolean isClosedForSend() {
        return senders.isClosedForSend();
    }

    @Override
    public void close() {
        closeWith(null);
    }

    @Override
    public void close(Throwable cause) {
        closeWith(Objects.requireNonNull(cause, "cause"));
    }

    private void closeWith(@Nullable Throwable cause) {
        state.lock();
        try {
            state.close(cause);
            senders.endIfExhausted();
        } finally {
            state.unlock();
        }
    }

    @Override
    public void closeNow() {
        state.lock();
        try {
            state.close(null);
            senders.failWaiting();
            senders.endIfExhausted();
        } finally {
            state.unlock();
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
        return locked(() -> {
            int backlog = 0;
            int waiting = 0;
            long received = receivedByFormer;
            for (OracleSubscription<T> subscription : subscriptions) {
                backlog = Math.max(backlog, subscription.size());
                waiting += subscription.waiting();
                received += subscription.received();
            }
            return new ChannelStats(
                    state.name(),
                    capacity,
                    backlog,
                    senders.waiting(),
                    waiting,
                    senders.sent(),
                    received,
                    senders.dropped(),
                    0,
                    state.isClosed());
        });
    }

    @Override
    public List<Waiter> waiters() {
        return locked(() -> {
            long now = System.nanoTime();
            List<Waiter> waiters = new ArrayList<>(senders.describeWaiting(now));
            subscriptions.stream()
                    .flatMap(subscription -> subscription.describeWaiting(now).stream())
                    .sorted(Comparator.comparing(Waiter::waited).reversed())
                    .forEach(waiters::add);
            return waiters;
        });
    }

    @Override
    public String toString() {
        return Description.of("Broadcast", stats());
    }
}
