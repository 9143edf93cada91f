package dev.channels;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of a {@link MessagePublisher}. While it asks for more than there is, it waits in the channel's list like
 * any receiver; while it asks for nothing it stands nowhere.
 *
 * <p>Its {@link Turns} make the signals serial, and let no subscriber keep a sender busy, nor one that asks for more in
 * {@code onNext} use up the stack.
 *
 * <p>A message that was taken is always delivered, even if the subscriber cancels meanwhile: else it would be lost.
 */
final class MessageSubscription<T> extends Pending implements Flow.Subscription {

    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private enum Place {
        OUTSIDE,
        WAITING,
        SERVED
    }

    private final Receiving<T> receiving;
    private final Outlet outlet;
    private final GuardedSubscriber<T> subscriber;
    private final Turns turns = new Turns(this::advance);
    private final AtomicLong demand = new AtomicLong();
    private volatile Place place = Place.OUTSIDE;
    private volatile boolean stopped;
    private volatile @Nullable Throwable violation;
    private volatile @Nullable Thread taker;
    private boolean closed;

    MessageSubscription(Receiving<T> receiving, Flow.Subscriber<? super T> subscriber) {
        this.receiving = receiving;
        this.outlet = receiving.outlet();
        this.subscriber = new GuardedSubscriber<>(subscriber);
    }

    /** No other signal is given before {@code onSubscribe} has returned. */
    void begin() {
        subscriber.begin(this);
        turns.begin();
    }

    @Override
    public void request(long n) {
        if (stopped || subscriber.isOver()) {
            return;
        }
        if (n < 1) {
            violation = new IllegalArgumentException("A subscriber must ask for at least 1 message, not " + n);
            cancel();
        } else {
            demand.accumulateAndGet(n, (known, more) -> known + more < 0 ? Long.MAX_VALUE : known + more);
            turns.again();
        }
    }

    @Override
    public void cancel() {
        stopped = true;
        awaitTake();
        if (outlet.withdraw(this)) {
            place = Place.OUTSIDE;
        }
        turns.again();
    }

    /**
     * Waits until a take is over that began before the stop, so that none comes after it. Not for long: the thread that
     * takes may also complete futures, and what depends on them may wait for the caller.
     */
    @SuppressWarnings("ThreadPriorityCheck") // a hint, nothing relies on it
    private void awaitTake() {
        long from = System.nanoTime();
        Thread thread = taker;
        while (thread != null && !thread.equals(Thread.currentThread()) && System.nanoTime() - from < GRACE_NANOS) {
            Thread.yield();
            thread = taker;
        }
    }

    private void advance() {
        while (!subscriber.isOver() && place != Place.WAITING) {
            if (place == Place.SERVED) {
                acceptServed();
            } else if (stopped) {
                finish();
            } else if (demand.get() > 0) {
                take();
            } else if (outlet.isEnded()) {
                end();
            } else {
                break;
            }
        }
    }

    private void take() {
        taker = Thread.currentThread();
        Object answer = stopped ? this : outlet.poll(this::waitUnlessStopped);
        taker = null;
        if (answer == Signal.ENDED) {
            end();
        } else if (answer != this) {
            deliver(Objects.requireNonNull(answer));
        }
    }

    /** Under the lock that a stop takes too before it ends: it does not miss one that waits. */
    private @Nullable Pending waitUnlessStopped(Waiters waiters) {
        if (stopped) {
            return null;
        }
        since = System.nanoTime();
        place = Place.WAITING;
        return this;
    }

    private void acceptServed() {
        place = Place.OUTSIDE;
        if (closed) {
            end();
        } else {
            Object sealed = message();
            message = null;
            deliver(sealed);
        }
    }

    private void deliver(Object sealed) {
        if (demand.get() != Long.MAX_VALUE) {
            demand.decrementAndGet();
        }
        T opened;
        try {
            opened = receiving.open(sealed);
        } catch (Throwable failure) {
            subscriber.end(failure);
            return;
        }
        subscriber.next(opened);
    }

    private void end() {
        if (stopped) {
            finish();
        } else {
            subscriber.end(outlet.endsNormally() ? null : outlet.closedException());
        }
    }

    private void finish() {
        if (violation != null) {
            subscriber.end(violation);
        } else {
            subscriber.forget();
        }
    }

    @Override
    boolean settle(boolean asClosed) {
        closed = asClosed;
        return true;
    }

    @Override
    void wake() {
        place = Place.SERVED;
        turns.again();
    }

    @Override
    @Nullable Thread thread() {
        return null;
    }
}
