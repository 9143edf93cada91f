package dev.channels;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All forms of receiving, over an {@link Outlet}. */
final class Receiving<T> {

    private final Outlet outlet;
    private final @Nullable ChannelInterceptor<? super T> interceptor;
    private final Completions completions;
    private final Patience patience;

    Receiving(Outlet outlet, @Nullable ChannelInterceptor<? super T> interceptor) {
        this(outlet, interceptor, new Completions(false), new Patience(outlet.isOneByOne()));
    }

    private Receiving(
            Outlet outlet,
            @Nullable ChannelInterceptor<? super T> interceptor,
            Completions completions,
            Patience patience) {
        this.outlet = outlet;
        this.interceptor = interceptor;
        this.completions = completions;
        this.patience = patience;
    }

    /** The same through another outlet of the same channel. */
    Receiving<T> through(Outlet other) {
        return new Receiving<>(other, interceptor, completions, patience);
    }

    Outlet outlet() {
        return outlet;
    }

    T receive() throws InterruptedException {
        return open(Objects.requireNonNull(take(BlockedThread.FOREVER)));
    }

    @Nullable T tryReceive() {
        Object sealed = outlet.poll(null);
        if (sealed == null) {
            return null;
        }
        if (sealed == Signal.ENDED) {
            throw outlet.closedException();
        }
        return open(sealed);
    }

    @Nullable T tryReceive(Duration timeout) throws InterruptedException {
        Object sealed = take(TimeUnit.NANOSECONDS.convert(timeout));
        return sealed == null ? null : open(sealed);
    }

    /** Takes the next message, or answers {@code null} when the time is up. */
    private @Nullable Object take(long nanos) throws InterruptedException {
        Sending.throwIfInterrupted();
        Object sealed = outlet.poll(nanos > 0 ? BlockedThread.WAIT : null);
        if (sealed instanceof BlockedThread operation) {
            return await(operation, nanos);
        }
        if (sealed == Signal.ENDED) {
            throw outlet.closedException();
        }
        return sealed;
    }

    private @Nullable Object await(BlockedThread operation, long nanos) throws InterruptedException {
        try {
            return switch (operation.await(outlet, patience, nanos)) {
                case DONE -> operation.message();
                case TIMED_OUT -> null;
                case CLOSED -> throw outlet.closedException();
            };
        } finally {
            outlet.recycle(operation);
        }
    }

    int receiveMany(Collection<? super T> target, int max, Duration linger) throws InterruptedException {
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
            Object next = takeWhileLingering(left);
            if (next == null) {
                break;
            }
            target.add(open(next));
            count++;
        }
        return count;
    }

    private @Nullable Object takeWhileLingering(long nanos) {
        try {
            return take(nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ChannelClosedException closed) {
            return null;
        }
    }

    int drainTo(Collection<? super T> target, int max) {
        Objects.requireNonNull(target, "target");
        int count = 0;
        // Bounded by what is there at the start: with busy senders it would go on for ever.
        for (int limit = Math.min(max, outlet.available()); count < limit; count++) {
            Object sealed = outlet.poll(null);
            if (sealed == null || sealed == Signal.ENDED) {
                break;
            }
            target.add(open(sealed));
        }
        return count;
    }

    @Nullable T peek() {
        Object sealed = outlet.peek();
        return sealed == null ? null : message(sealed);
    }

    CompletableFuture<T> receiveAsync() {
        WithdrawableFuture<T> future = new WithdrawableFuture<>();
        PendingFuture pending = new PendingFuture(completions, future, settled -> complete(future, settled));
        future.withdrawBy(() -> outlet.withdraw(pending));
        Object answer = Objects.requireNonNull(outlet.poll(pending));
        if (answer != pending) {
            completions.add(future, () -> complete(future, answer));
            completions.run();
        }
        return future;
    }

    private void complete(WithdrawableFuture<T> future, PendingFuture settled) {
        complete(future, settled.isClosed() ? Signal.ENDED : settled.message());
    }

    private void complete(WithdrawableFuture<T> future, Object answer) {
        if (answer == Signal.ENDED) {
            future.fail(outlet.closedException());
            return;
        }
        try {
            future.succeed(open(answer));
        } catch (Throwable failure) {
            future.fail(failure);
        }
    }

    Iterator<T> iterator() {
        return new MessageIterator<>(this::receiveUnlessEnded);
    }

    Spliterator<T> spliterator() {
        return new MessageSpliterator<>(this::receiveUnlessEnded);
    }

    /** Receives, or answers {@code null} at an end that is no failure. */
    private @Nullable T receiveUnlessEnded() throws InterruptedException {
        Object sealed;
        try {
            sealed = Objects.requireNonNull(take(BlockedThread.FOREVER));
        } catch (ChannelClosedException closed) {
            if (outlet.endsNormally()) {
                return null;
            }
            throw closed;
        }
        return open(sealed);
    }

    T open(Object sealed) {
        T message = message(sealed);
        if (interceptor != null) {
            interceptor.onReceive(message, ((Envelope<?>) sealed).attachment());
        }
        return message;
    }

    /** What was sealed. */
    @SuppressWarnings("unchecked")
    T message(Object sealed) {
        return interceptor == null ? (T) sealed : ((Envelope<T>) sealed).message();
    }
}
