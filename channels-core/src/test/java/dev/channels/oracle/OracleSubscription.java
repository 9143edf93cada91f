package dev.channels.oracle;

import dev.channels.Subscription;
import dev.channels.Waiter;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One subscription of a {@link OracleBroadcast}, guarded by its lock. */
final class OracleSubscription<T> implements Subscription<T> {

    private final OracleBroadcast<T> broadcast;
    private final ReceiveSide<T> receivers;
    private long missed;

    OracleSubscription(OracleBroadcast<T> broadcast, ReceiveSide<T> receivers) {
        this.broadcast = broadcast;
        this.receivers = receivers;
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
    public Flow.Publisher<T> publisher() {
        throw new UnsupportedOperationException("publisher");
    }

    @Override
    public boolean isClosedForReceive() {
        return receivers.isClosedForReceive();
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
                () -> "Subscription[" + broadcast.name() + ", size=" + receivers.size() + ", missed=" + missed + "]");
    }

    boolean hasRoom() {
        return receivers.hasRoom();
    }

    boolean offer(Envelope<T> envelope) {
        return receivers.offer(envelope);
    }

    void replaceOldest(Envelope<T> envelope) {
        receivers.replaceOldest(envelope);
        missed++;
    }

    void failWaiting() {
        receivers.failWaiting();
    }

    /** Ends it and answers how many messages it had not read. */
    int detach() {
        receivers.detach();
        return receivers.discardAll().size();
    }

    int size() {
        return receivers.size();
    }

    long received() {
        return receivers.received();
    }

    int waiting() {
        return receivers.waiting();
    }

    List<Waiter> describeWaiting(long now) {
        return receivers.describeWaiting(now);
    }
}
