package dev.channels.oracle;

import dev.channels.ChannelClosedException;
import dev.channels.ChannelInterceptor;
import dev.channels.Receiver;
import dev.channels.Waiter;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a channel: its buffer and those who wait for a message. Invariant, whenever the lock is free: if
 * a receiver waits, the buffer is empty and no sender could be served.
 */
final class ReceiveSide<T> implements Receiver<T> {

    private final ChannelState state;
    private final Upstream<T> upstream;
    private final int capacity;
    private final @Nullable ChannelInterceptor<? super T> interceptor;
    private final Buffer<T> buffer = new Buffer<>();
    private final Waiters<PendingReceive<T>> waiters = new Waiters<>();
    private long received;
    private boolean detached;

    ReceiveSide(
            ChannelState state,
            Upstream<T> upstream,
            int capacity,
            @Nullable ChannelInterceptor<? super T> interceptor) {
        this.state = state;
        this.upstream = upstream;
        this.capacity = capacity;
        this.interceptor = interceptor;
    }

    @Override
    public T receive() throws InterruptedException {
        return open(Objects.requireNonNull(take(Long.MAX_VALUE)));
    }

    @Override
    public @Nullable T tryReceive() {
        Envelope<T> envelope;
        state.lock();
        try {
            envelope = poll();
            if (envelope == null) {
                throwIfEnded();
            }
        } finally {
            state.unlock();
        }
        return envelope == null ? null : open(envelope);
    }

    @Override
    public @Nullable T tryReceive(Duration timeout) throws InterruptedException {
        Envelope<T> envelope = take(TimeUnit.NANOSECONDS.convert(timeout));
        return envelope == null ? null : open(envelope);
    }

    @Override
    public int receiveMany(Collection<? super T> target, int max) throws InterruptedException {
        return receiveMany(target, max, Duration.ZERO);
    }

    @Override
    public int receiveMany(Collection<? super T> target, int max, Duration linger) throws InterruptedException {
        Objects.requireNonNull(target, "target");
        long nanos = TimeUnit.NANOSECONDS.convert(linger);
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1, not " + max);
        }
        T first = receiveUnlessEnded();
        if (first == null) {
            return 0;
        }
        target.add(first);
        int count = 1 + drainTo(target, max - 1);
        long lingerFrom = System.nanoTime();
        for (long left = nanos; count < max && left > 0; left = nanos - (System.nanoTime() - lingerFrom)) {
            Envelope<T> next = takeWhileLingering(left);
            if (next == null) {
                break;
            }
            target.add(open(next));
            count++;
        }
        return count;
    }

    private @Nullable Envelope<T> takeWhileLingering(long nanos) {
        try {
            return take(nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ChannelClosedException closed) {
            return null;
        }
    }

    @Override
    public int drainTo(Collection<? super T> target, int max) {
        Objects.requireNonNull(target, "target");
        int count = 0;
        // Bounded by what is there at the start: with busy senders it would go on for ever.
        for (int limit = Math.min(max, available()); count < limit; count++) {
            Envelope<T> envelope = pollLocked();
            if (envelope == null) {
                break;
            }
            target.add(open(envelope));
        }
        return count;
    }

    private int available() {
        state.lock();
        try {
            return buffer.size() + upstream.waiting();
        } finally {
            state.unlock();
        }
    }

    private @Nullable Envelope<T> pollLocked() {
        state.lock();
        try {
            return poll();
        } finally {
            state.unlock();
        }
    }

    @Override
    public @Nullable T peek() {
        state.lock();
        try {
            Envelope<T> next = buffer.peek();
            return next == null ? null : next.message();
        } finally {
            state.unlock();
        }
    }

    @Override
    public CompletableFuture<T> receiveAsync() {
        WithdrawableFuture<T> future = new WithdrawableFuture<>();
        state.lock();
        try {
            Envelope<T> envelope = poll();
            if (envelope != null) {
                state.completeReceive(() -> complete(future, envelope));
            } else if (isEnded()) {
                state.completeReceive(() -> future.fail(closedException()));
            } else {
                PendingReceive<T> pending = PendingReceive.ofFuture(
                        settled -> state.completeReceive(() -> complete(future, settled.received())));
                future.withdrawBy(() -> withdraw(pending));
                waiters.add(pending);
            }
        } finally {
            state.unlock();
        }
        return future;
    }

    private void complete(WithdrawableFuture<T> future, @Nullable Envelope<T> envelope) {
        if (envelope == null) {
            future.fail(closedException());
            return;
        }
        try {
            future.succeed(open(envelope));
        } catch (Throwable failure) {
            future.fail(failure);
        }
    }

    private boolean withdraw(PendingReceive<T> pending) {
        state.lock();
        try {
            return waiters.remove(pending);
        } finally {
            state.unlock();
        }
    }

    @Override
    public Iterator<T> iterator() {
        return new MessageIterator<>(this::receiveUnlessEnded);
    }

    @Override
    public Spliterator<T> spliterator() {
        return new MessageSpliterator<>(this::receiveUnlessEnded);
    }

    @Override
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Flow.Publisher<T> publisher() {
        throw new UnsupportedOperationException("publisher");
    }

    @Override
    public boolean isClosedForReceive() {
        state.lock();
        try {
            return isEnded();
        } finally {
            state.unlock();
        }
    }

    /** Receives, or answers {@code null} at an end that is no failure. */
    private @Nullable T receiveUnlessEnded() throws InterruptedException {
        Envelope<T> envelope;
        try {
            envelope = Objects.requireNonNull(take(Long.MAX_VALUE));
        } catch (ChannelClosedException closed) {
            if (endsNormally()) {
                return null;
            }
            throw closed;
        }
        return open(envelope);
    }

    private boolean endsNormally() {
        state.lock();
        try {
            return detached || state.endsNormally();
        } finally {
            state.unlock();
        }
    }

    /** Takes the next message, or answers {@code null} when the time is up. */
    private @Nullable Envelope<T> take(long nanos) throws InterruptedException {
        SendSide.throwIfInterrupted();
        state.lock();
        try {
            Envelope<T> envelope = poll();
            if (envelope != null) {
                return envelope;
            }
            throwIfEnded();
            return nanos > 0 ? await(nanos) : null;
        } finally {
            state.unlock();
        }
    }

    private @Nullable Envelope<T> await(long nanos) throws InterruptedException {
        Condition settled = state.newCondition();
        PendingReceive<T> pending = PendingReceive.ofThread(settled);
        waiters.add(pending);
        try {
            pending.await(settled, nanos);
        } catch (InterruptedException interrupted) {
            if (waiters.remove(pending)) {
                throw interrupted;
            }
            Thread.currentThread().interrupt();
        }
        waiters.remove(pending);
        if (pending.isClosed()) {
            throw closedException();
        }
        return pending.received();
    }

    private @Nullable Envelope<T> poll() {
        Envelope<T> envelope = buffer.poll();
        if (envelope != null) {
            upstream.admitWaiting();
        } else if (capacity == 0) {
            envelope = upstream.handOver();
        }
        if (envelope != null) {
            received++;
        }
        return envelope;
    }

    /** Gives the message to a receiver that waits, or else to the buffer if it has room. */
    boolean offer(Envelope<T> envelope) {
        PendingReceive<T> oldest = waiters.poll();
        if (oldest != null) {
            received++;
            oldest.deliver(envelope);
            return true;
        }
        if (!hasRoom()) {
            return false;
        }
        buffer.add(envelope);
        return true;
    }

    boolean hasRoom() {
        return buffer.size() < capacity;
    }

    /** Takes the message in place of the oldest, and answers that one; {@code null} if there is no buffer. */
    @Nullable Envelope<T> replaceOldest(Envelope<T> envelope) {
        Envelope<T> oldest = buffer.poll();
        if (oldest != null) {
            buffer.add(envelope);
        }
        return oldest;
    }

    void failWaiting() {
        waiters.failAll();
    }

    /** Empties the buffer and answers what was in it. */
    List<T> discardAll() {
        return buffer.clear();
    }

    /** Ends this side alone, while the channel goes on. */
    void detach() {
        detached = true;
        waiters.failAll();
    }

    int size() {
        return buffer.size();
    }

    long received() {
        return received;
    }

    int waiting() {
        return waiters.size();
    }

    List<Waiter> describeWaiting(long now) {
        return waiters.describe(now);
    }

    boolean isEnded() {
        return detached || (upstream.isExhausted() && buffer.isEmpty());
    }

    private void throwIfEnded() {
        if (isEnded()) {
            throw closedException();
        }
    }

    private ChannelClosedException closedException() {
        return state.closedException();
    }

    private T open(Envelope<T> envelope) {
        if (interceptor != null) {
            interceptor.onReceive(envelope.message(), envelope.attachment());
        }
        return envelope.message();
    }
}
