package dev.channels.oracle;

import dev.channels.ChannelClosedException;
import dev.channels.ChannelFullException;
import dev.channels.ChannelInterceptor;
import dev.channels.Overflow;
import dev.channels.Sender;
import dev.channels.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a channel. Invariant, whenever the lock is free: if a sender waits, the other side has neither
 * room nor a receiver; so whoever makes room lets the oldest in before anyone else gets the lock.
 */
final class SendSide<T> implements Sender<T>, Upstream<T> {

    private final ChannelState state;
    private final Downstream<T> downstream;
    private final Overflow overflow;
    private final @Nullable Consumer<? super T> onDropped;
    private final @Nullable ChannelInterceptor<? super T> interceptor;
    private final Waiters<PendingSend<T>> waiters = new Waiters<>();
    private long sent;
    private long dropped;

    SendSide(
            ChannelState state,
            Downstream<T> downstream,
            Overflow overflow,
            @Nullable Consumer<? super T> onDropped,
            @Nullable ChannelInterceptor<? super T> interceptor) {
        this.state = state;
        this.downstream = downstream;
        this.overflow = overflow;
        this.onDropped = onDropped;
        this.interceptor = interceptor;
    }

    @Override
    public void send(T message) throws InterruptedException {
        Objects.requireNonNull(message, "message");
        throwIfInterrupted();
        Envelope<T> envelope = seal(message);
        if (overflow == Overflow.BLOCK) {
            sendWaiting(envelope, Long.MAX_VALUE);
            return;
        }
        Envelope<T> victim;
        state.lock();
        try {
            throwIfClosed();
            victim = acceptOrDrop(envelope);
        } finally {
            state.unlock();
        }
        reportDropped(victim);
    }

    @Override
    public boolean trySend(T message) {
        Objects.requireNonNull(message, "message");
        Envelope<T> envelope = seal(message);
        Envelope<T> victim = null;
        state.lock();
        try {
            throwIfClosed();
            if (!accept(envelope)) {
                if (overflow != Overflow.DROP_OLDEST) {
                    return false;
                }
                victim = downstream.replaceOldest(envelope);
                if (victim == null) {
                    return false;
                }
                sent++;
                dropped++;
            }
        } finally {
            state.unlock();
        }
        reportDropped(victim);
        return true;
    }

    @Override
    public boolean trySend(T message, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(message, "message");
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        throwIfInterrupted();
        if (overflow != Overflow.BLOCK || nanos <= 0) {
            return trySend(message);
        }
        return sendWaiting(seal(message), nanos);
    }

    private boolean sendWaiting(Envelope<T> envelope, long nanos) throws InterruptedException {
        PendingSend<T> pending = null;
        boolean sent;
        try {
            state.lock();
            try {
                throwIfClosed();
                if (accept(envelope)) {
                    return true;
                }
                Condition settled = state.newCondition();
                pending = PendingSend.ofThread(envelope, settled);
                sent = await(pending, settled, nanos);
            } finally {
                state.unlock();
            }
        } catch (InterruptedException | ChannelClosedException failure) {
            try {
                reportWait(pending);
            } catch (Throwable another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
        reportWait(pending);
        return sent;
    }

    @Override
    public CompletableFuture<Void> sendAsync(T message) {
        Objects.requireNonNull(message, "message");
        Envelope<T> envelope;
        try {
            envelope = seal(message);
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
        WithdrawableFuture<@Nullable Void> future = new WithdrawableFuture<>();
        Envelope<T> victim = null;
        state.lock();
        try {
            if (state.isClosed()) {
                state.completeSend(() -> future.fail(state.closedException()));
            } else if (overflow == Overflow.BLOCK) {
                if (accept(envelope)) {
                    state.completeSend(() -> future.succeed(null));
                } else {
                    enqueue(envelope, future);
                }
            } else {
                victim = acceptOrDrop(envelope);
                state.completeSend(() -> future.succeed(null));
            }
        } catch (ChannelFullException full) {
            state.completeSend(() -> future.fail(full));
        } finally {
            state.unlock();
        }
        reportDropped(victim);
        return asVoid(future);
    }

    private void enqueue(Envelope<T> envelope, WithdrawableFuture<@Nullable Void> future) {
        PendingSend<T> pending =
                PendingSend.ofFuture(envelope, settled -> state.completeSend(() -> complete(future, settled)));
        future.withdrawBy(() -> withdraw(pending, future));
        waiters.add(pending);
    }

    private void complete(WithdrawableFuture<@Nullable Void> future, PendingSend<T> settled) {
        try {
            reportWait(settled);
        } catch (Throwable failure) {
            future.fail(failure);
            return;
        }
        if (settled.isClosed()) {
            future.fail(state.closedException());
        } else {
            future.succeed(null);
        }
    }

    /** Takes the send back; what the interceptor throws about its wait is then the future's outcome. */
    private boolean withdraw(PendingSend<T> pending, WithdrawableFuture<@Nullable Void> future) {
        state.lock();
        try {
            if (!waiters.remove(pending)) {
                return false;
            }
            endIfExhausted();
        } finally {
            state.unlock();
        }
        try {
            reportWait(pending);
            return true;
        } catch (Throwable failure) {
            future.fail(failure);
            return false;
        }
    }

    // CompletableFuture<Void> has only ever held null; the nullness checker wants to be told.
    @SuppressWarnings("NullAway")
    private static CompletableFuture<Void> asVoid(CompletableFuture<@Nullable Void> future) {
        return future;
    }

    @Override
    public boolean isClosedForSend() {
        state.lock();
        try {
            return state.isClosed();
        } finally {
            state.unlock();
        }
    }

    /** Waits for its turn; {@code false} if the time ran out first. */
    private boolean await(PendingSend<T> pending, Condition settled, long nanos) throws InterruptedException {
        waiters.add(pending);
        try {
            pending.await(settled, nanos);
        } catch (InterruptedException interrupted) {
            if (waiters.remove(pending)) {
                endIfExhausted();
                throw interrupted;
            }
            Thread.currentThread().interrupt();
        }
        if (waiters.remove(pending)) {
            endIfExhausted();
            return false;
        }
        if (pending.isClosed()) {
            throw state.closedException();
        }
        return true;
    }

    private boolean accept(Envelope<T> envelope) {
        if (!downstream.offer(envelope)) {
            return false;
        }
        sent++;
        return true;
    }

    /** Accepts the message although nobody may wait; answers which message that drops, if any. */
    private @Nullable Envelope<T> acceptOrDrop(Envelope<T> envelope) {
        if (accept(envelope)) {
            return null;
        }
        if (overflow == Overflow.FAIL) {
            throw new ChannelFullException("Channel '" + state.name() + "' is full");
        }
        sent++;
        dropped++;
        Envelope<T> oldest = overflow == Overflow.DROP_OLDEST ? downstream.replaceOldest(envelope) : null;
        return oldest != null ? oldest : envelope;
    }

    @Override
    public @Nullable Envelope<T> handOver() {
        PendingSend<T> pending = waiters.poll();
        if (pending == null) {
            return null;
        }
        sent++;
        pending.done();
        return pending.envelope();
    }

    @Override
    public void admitWaiting() {
        PendingSend<T> oldest = waiters.peek();
        while (oldest != null && accept(oldest.envelope())) {
            waiters.remove(oldest);
            oldest.done();
            oldest = waiters.peek();
        }
        endIfExhausted();
    }

    @Override
    public int waiting() {
        return waiters.size();
    }

    @Override
    public boolean isExhausted() {
        return state.isClosed() && waiters.isEmpty();
    }

    /** Tells the receivers, once the last sender that a close still had to serve is gone. */
    void endIfExhausted() {
        if (isExhausted()) {
            downstream.end();
        }
    }

    void failWaiting() {
        waiters.failAll();
    }

    List<Waiter> describeWaiting(long now) {
        return waiters.describe(now);
    }

    long sent() {
        return sent;
    }

    long dropped() {
        return dropped;
    }

    /** Counts messages that were accepted and then dropped by the other side. */
    void countDropped(int messages) {
        dropped += messages;
    }

    private Envelope<T> seal(T message) {
        return new Envelope<>(message, interceptor == null ? null : interceptor.onSend(message));
    }

    private void reportWait(@Nullable PendingSend<T> pending) {
        if (interceptor != null && pending != null) {
            interceptor.onSendWaited(pending.waitedNanos());
        }
    }

    private void reportDropped(@Nullable Envelope<T> victim) {
        if (victim == null || onDropped == null) {
            return;
        }
        try {
            onDropped.accept(victim.message());
        } catch (Throwable failure) {
            handUncaught(failure);
        }
    }

    /** As the JVM does it: what the handler itself throws is ignored. */
    private static void handUncaught(Throwable failure) {
        Thread thread = Thread.currentThread();
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        } catch (Throwable ignored) {
            // There is nobody left to tell.
        }
    }

    private void throwIfClosed() {
        if (state.isClosed()) {
            throw state.closedException();
        }
    }

    static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
