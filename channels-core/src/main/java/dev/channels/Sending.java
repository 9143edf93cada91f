package dev.channels;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All forms of sending, over an {@link Inlet}: what a full channel means for the caller, and who sees the message. */
final class Sending<T> {

    private final String name;
    private final Inlet inlet;
    private final Overflow overflow;
    private final @Nullable Consumer<? super T> onDropped;
    private final @Nullable ChannelInterceptor<? super T> interceptor;
    private final SendWait sendWait;
    private final Completions completions;
    private final Patience patience;

    Sending(
            String name,
            Inlet inlet,
            Overflow overflow,
            @Nullable Consumer<? super T> onDropped,
            @Nullable ChannelInterceptor<? super T> interceptor,
            SendWait sendWait) {
        this.name = name;
        this.inlet = inlet;
        this.overflow = overflow;
        this.onDropped = onDropped;
        this.interceptor = interceptor;
        this.sendWait = sendWait;
        this.completions = new Completions(true);
        this.patience = new Patience(inlet.isOneByOne());
    }

    private Sending(Sending<T> channel, Inlet inlet) {
        this.name = channel.name;
        this.inlet = inlet;
        this.overflow = channel.overflow;
        this.onDropped = channel.onDropped;
        this.interceptor = channel.interceptor;
        this.sendWait = channel.sendWait;
        this.completions = channel.completions;
        this.patience = channel.patience;
    }

    /** The same through another inlet to the same channel. */
    Sending<T> through(Inlet other) {
        return new Sending<>(this, other);
    }

    String name() {
        return name;
    }

    Inlet inlet() {
        return inlet;
    }

    void send(T message) throws InterruptedException {
        Objects.requireNonNull(message, "message");
        throwIfInterrupted();
        Object sealed = seal(message);
        if (overflow != Overflow.BLOCK) {
            sendWithoutWaiting(sealed);
            return;
        }
        Object answer = inlet.offer(sealed, BlockedThread.WAIT);
        if (answer != Signal.TAKEN && !await(answer, sendWait.limit())) {
            throw stillFullException();
        }
    }

    private void sendWithoutWaiting(Object sealed) {
        Object victim;
        switch (overflow) {
            case DROP_OLDEST -> victim = inlet.offerReplacing(sealed, true);
            case DROP_LATEST -> {
                victim = inlet.offer(sealed, null);
                if (victim == Signal.FULL) {
                    victim = inlet.refuse() ? sealed : Signal.CLOSED;
                }
            }
            default -> {
                victim = inlet.offer(sealed, null);
                if (victim == Signal.FULL) {
                    throw fullException();
                }
            }
        }
        if (victim == Signal.CLOSED) {
            throw inlet.closedException();
        }
        if (victim != Signal.TAKEN) {
            reportDropped(victim);
        }
    }

    boolean trySend(T message) {
        Objects.requireNonNull(message, "message");
        return trySealed(seal(message));
    }

    private boolean trySealed(Object sealed) {
        Object answer =
                overflow == Overflow.DROP_OLDEST ? inlet.offerReplacing(sealed, false) : inlet.offer(sealed, null);
        if (answer == Signal.TAKEN) {
            return true;
        }
        if (answer == Signal.FULL) {
            return false;
        }
        if (answer == Signal.CLOSED) {
            throw inlet.closedException();
        }
        reportDropped(answer);
        return true;
    }

    boolean trySend(T message, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(message, "message");
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        throwIfInterrupted();
        if (overflow != Overflow.BLOCK || nanos <= 0) {
            return trySend(message);
        }
        Object answer = inlet.offer(seal(message), BlockedThread.WAIT);
        return answer == Signal.TAKEN || await(answer, Math.min(nanos, sendWait.limit()));
    }

    /** Waits until an operation is served; {@code false} if the time ran out first. */
    private boolean await(Object answer, long nanos) throws InterruptedException {
        if (!(answer instanceof BlockedThread operation)) {
            throw inlet.closedException();
        }
        if (!isWaitToldOf()) {
            return awaitSettled(operation, nanos);
        }
        boolean forRoom = operation.message() == Reserved.ROOM;
        long from = System.nanoTime();
        boolean served;
        try {
            served = awaitSettled(operation, nanos);
        } catch (InterruptedException | ChannelClosedException failure) {
            try {
                tellOfWait(System.nanoTime() - from);
            } catch (Throwable another) {
                failure.addSuppressed(another);
            }
            throw failure;
        }
        try {
            tellOfWait(System.nanoTime() - from);
        } catch (Throwable failure) {
            if (forRoom && served) {
                inlet.release();
            }
            throw failure;
        }
        return served;
    }

    private boolean awaitSettled(BlockedThread operation, long nanos) throws InterruptedException {
        try {
            return switch (operation.await(inlet, patience, nanos)) {
                case DONE -> true;
                case TIMED_OUT -> false;
                case CLOSED -> throw inlet.closedException();
            };
        } finally {
            inlet.recycle(operation);
        }
    }

    CompletableFuture<Void> sendAsync(T message) {
        Objects.requireNonNull(message, "message");
        Object sealed;
        try {
            sealed = seal(message);
        } catch (Throwable failure) {
            return CompletableFuture.failedFuture(failure);
        }
        WithdrawableFuture<@Nullable Void> future = new WithdrawableFuture<>();
        if (overflow == Overflow.BLOCK) {
            Alarm alarm = sendWait.isLimited() ? new Alarm() : null;
            PendingFuture pending = new PendingFuture(completions, future, settled -> complete(future, settled, alarm));
            future.withdrawBy(() -> withdraw(pending, future, alarm));
            Object answer = inlet.offer(sealed, pending);
            if (answer == Signal.TAKEN) {
                succeedInOrder(future);
            } else if (answer == Signal.CLOSED) {
                failInOrder(future, inlet.closedException());
            } else if (alarm != null) {
                alarm.setForForeignCode(sendWait.limit(), () -> expire(pending, future));
            }
        } else {
            try {
                sendWithoutWaiting(sealed);
                succeedInOrder(future);
            } catch (ChannelClosedException | ChannelFullException failure) {
                failInOrder(future, failure);
            }
        }
        return asVoid(future);
    }

    private void succeedInOrder(WithdrawableFuture<@Nullable Void> future) {
        completions.add(future, () -> future.succeed(null));
        completions.run();
    }

    private void failInOrder(WithdrawableFuture<@Nullable Void> future, Throwable failure) {
        completions.add(future, () -> future.fail(failure));
        completions.run();
    }

    private void complete(WithdrawableFuture<@Nullable Void> future, PendingFuture settled, @Nullable Alarm alarm) {
        if (alarm != null) {
            alarm.cancel();
        }
        try {
            reportWait(settled);
        } catch (Throwable failure) {
            future.fail(failure);
            return;
        }
        if (settled.isClosed()) {
            future.fail(inlet.closedException());
        } else {
            future.succeed(null);
        }
    }

    /** Takes the send back; what the interceptor throws about its wait is then the future's outcome. */
    private boolean withdraw(PendingFuture pending, WithdrawableFuture<@Nullable Void> future, @Nullable Alarm alarm) {
        if (!inlet.withdraw(pending)) {
            return false;
        }
        if (alarm != null) {
            alarm.cancel();
        }
        try {
            reportWait(pending);
            return true;
        } catch (Throwable failure) {
            future.fail(failure);
            return false;
        }
    }

    /** The time is up: takes the send back, unless it has taken effect. */
    private void expire(PendingFuture pending, WithdrawableFuture<@Nullable Void> future) {
        if (!inlet.withdraw(pending)) {
            return;
        }
        Throwable outcome = stillFullException();
        try {
            reportWait(pending);
        } catch (Throwable failure) {
            outcome = failure;
        }
        failInOrder(future, outcome);
    }

    // CompletableFuture<Void> has only ever held null; the nullness checker wants to be told.
    @SuppressWarnings("NullAway")
    private static CompletableFuture<Void> asVoid(CompletableFuture<@Nullable Void> future) {
        return future;
    }

    /** Waits for room and sets it aside; on a channel that drops there is nothing to wait for, nor to set aside. */
    Permit<T> reserve() throws InterruptedException {
        throwIfInterrupted();
        if (overflow == Overflow.DROP_OLDEST || overflow == Overflow.DROP_LATEST) {
            Object answer = inlet.reserve(null);
            if (answer == Signal.CLOSED) {
                throw inlet.closedException();
            }
            return new RoomPermit<>(this, answer == Signal.TAKEN);
        }
        Object answer = inlet.reserve(overflow == Overflow.FAIL ? null : BlockedThread.WAIT);
        if (answer == Signal.FULL) {
            throw fullException();
        }
        if (answer != Signal.TAKEN && !await(answer, sendWait.limit())) {
            throw stillFullException();
        }
        return new RoomPermit<>(this, true);
    }

    /** Sends a message into room that was set aside, or as a send would that does not wait. */
    void redeem(T message, boolean room) {
        Object sealed;
        try {
            sealed = seal(message);
        } catch (Throwable failure) {
            if (room) {
                inlet.release();
            }
            throw failure;
        }
        if (!room) {
            sendWithoutWaiting(sealed);
        } else if (!inlet.redeem(sealed)) {
            throw inlet.closedException();
        }
    }

    /** Whether a select may send here at once, or has to look for room. */
    boolean neverWaits() {
        return overflow == Overflow.DROP_OLDEST || overflow == Overflow.DROP_LATEST;
    }

    /** Sends for a select that will not wait now. */
    Object offerForSelect(Object sealed) {
        if (!neverWaits()) {
            return inlet.offer(sealed, null);
        }
        try {
            sendWithoutWaiting(sealed);
            return Signal.TAKEN;
        } catch (ChannelClosedException closed) {
            return Signal.CLOSED;
        }
    }

    Object seal(T message) {
        return interceptor == null ? message : new Envelope<>(message, interceptor.onSend(message));
    }

    /** Tells of a send that has waited. */
    void reportWait(Pending pending) {
        if (isWaitToldOf()) {
            long since = pending.since();
            tellOfWait(since == 0 ? 0 : System.nanoTime() - since);
        }
    }

    private boolean isWaitToldOf() {
        return interceptor != null || sendWait.listener() != null;
    }

    private void tellOfWait(long nanos) {
        sendWait.tell(nanos);
        if (interceptor != null) {
            interceptor.onSendWaited(nanos);
        }
    }

    void reportDropped(Object sealed) {
        if (onDropped == null) {
            return;
        }
        try {
            onDropped.accept(message(sealed));
        } catch (Throwable failure) {
            Uncaught.report(failure);
        }
    }

    /** What was sealed. */
    @SuppressWarnings("unchecked")
    T message(Object sealed) {
        return interceptor == null ? (T) sealed : ((Envelope<T>) sealed).message();
    }

    private ChannelFullException fullException() {
        return new ChannelFullException("Channel '" + name + "' is full");
    }

    private ChannelFullException stillFullException() {
        return new ChannelFullException(
                "Channel '" + name + "' is full, and was for " + Duration.ofNanos(sendWait.limit()));
    }

    static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
