package dev.channels.oracle;

import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.ChannelStats;
import dev.channels.Overflow;
import dev.channels.Permit;
import dev.channels.ReceiverHandle;
import dev.channels.SenderHandle;
import dev.channels.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A channel under one lock: simple, strictly first come first served, exact in every number.
 *
 * <p>A message goes straight to the oldest receiver if one waits, else into the buffer if it has room, else its sender
 * waits; whoever takes a message lets the oldest sender in before the lock is free again. So at no moment that anyone
 * else can see does somebody wait who could be served.
 */
public final class OracleChannel<T> implements Channel<T>, Downstream<T> {

    private final ChannelState state;
    private final int capacity;
    private final SendSide<T> senders;
    private final ReceiveSide<T> receivers;
    private long returned;

    private OracleChannel(
            String name,
            int capacity,
            Overflow overflow,
            @Nullable Consumer<? super T> onDropped,
            @Nullable ChannelInterceptor<? super T> interceptor) {
        this.state = new ChannelState(name);
        this.capacity = capacity;
        this.senders = new SendSide<>(state, this, overflow, onDropped, interceptor);
        this.receivers = new ReceiveSide<>(state, senders, capacity, interceptor);
    }

    /** A channel that nobody hears of what it drops, and nobody sees the messages of. */
    public static <T> OracleChannel<T> of(int capacity, Overflow overflow) {
        return of("oracle", capacity, overflow, null, null);
    }

    public static <T> OracleChannel<T> of(
            String name,
            int capacity,
            Overflow overflow,
            @Nullable Consumer<? super T> onDropped,
            @Nullable ChannelInterceptor<? super T> interceptor) {
        return new OracleChannel<>(name, capacity, overflow, onDropped, interceptor);
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
    public T receive() throws InterruptedException {
        return receivers.receive();
    }

    @Override
    public @Nullable T tryReceive() {
        return receivers.tryReceive();
    }

    @Override
    public @Nullable T tryReceive(Duration timeout) throws InterruptedException {
        return receivers.tryReceive(timeout);
    }

    @Override
    public int receiveMany(Collection<? super T> target, int max) throws InterruptedException {
        return receivers.receiveMany(target, max);
    }

    @Override
    public int receiveMany(Collection<? super T> target, int max, Duration linger) throws InterruptedException {
        return receivers.receiveMany(target, max, linger);
    }

    @Override
    public int drainTo(Collection<? super T> target, int max) {
        return receivers.drainTo(target, max);
    }

    @Override
    public @Nullable T peek() {
        return receivers.peek();
    }

    @Override
    public CompletableFuture<T> receiveAsync() {
        return receivers.receiveAsync();
    }

    @Override
    public Stream<T> stream() {
        return receivers.stream();
    }

    @Override
    public Iterator<T> iterator() {
        return receivers.iterator();
    }

    @Override
    public Spliterator<T> spliterator() {
        return receivers.spliterator();
    }

    @Override
    public boolean isClosedForReceive() {
        return receivers.isClosedForReceive();
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
    public List<T> closeNow() {
        return closeNowWith(null);
    }

    @Override
    public List<T> closeNow(Throwable cause) {
        return closeNowWith(Objects.requireNonNull(cause, "cause"));
    }

    private List<T> closeNowWith(@Nullable Throwable cause) {
        state.lock();
        try {
            if (!receivers.isEnded()) {
                state.discard();
            }
            state.close(cause);
            senders.failWaiting();
            receivers.failWaiting();
            List<T> messages = receivers.discardAll();
            returned += messages.size();
            return messages;
        } finally {
            state.unlock();
        }
    }

    @Override
    public boolean offer(Envelope<T> envelope) {
        return receivers.offer(envelope);
    }

    @Override
    public @Nullable Envelope<T> replaceOldest(Envelope<T> envelope) {
        return receivers.replaceOldest(envelope);
    }

    @Override
    public void end() {
        receivers.failWaiting();
    }

    @Override
    public Flow.Publisher<T> publisher() {
        throw new UnsupportedOperationException("publisher");
    }

    @Override
    public Permit<T> reserve() {
        throw new UnsupportedOperationException("reserve");
    }

    @Override
    public SenderHandle<T> newSender() {
        throw new UnsupportedOperationException("newSender");
    }

    @Override
    public ReceiverHandle<T> newReceiver() {
        throw new UnsupportedOperationException("newReceiver");
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
    public int size() {
        return stats().size();
    }

    @Override
    public int blockedSenders() {
        return stats().blockedSenders();
    }

    @Override
    public int blockedReceivers() {
        return stats().blockedReceivers();
    }

    @Override
    public ChannelStats stats() {
        state.lock();
        try {
            return new ChannelStats(
                    state.name(),
                    capacity,
                    receivers.size(),
                    senders.waiting(),
                    receivers.waiting(),
                    senders.sent(),
                    receivers.received(),
                    senders.dropped(),
                    returned,
                    state.isClosed());
        } finally {
            state.unlock();
        }
    }

    @Override
    public List<Waiter> waiters() {
        state.lock();
        try {
            long now = System.nanoTime();
            List<Waiter> waiters = new ArrayList<>(senders.describeWaiting(now));
            waiters.addAll(receivers.describeWaiting(now));
            return waiters;
        } finally {
            state.unlock();
        }
    }

    @Override
    public String toString() {
        return Description.of("Channel", stats());
    }
}
