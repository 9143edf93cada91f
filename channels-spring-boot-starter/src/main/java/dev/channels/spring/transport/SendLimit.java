package dev.channels.spring.transport;

import dev.channels.Channel;
import dev.channels.ChannelFullException;
import dev.channels.Permit;
import dev.channels.Sender;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * How long a send waits at most; then it fails as on a channel that does not wait.
 *
 * @param channel the channel's name
 * @param time the time
 */
record SendLimit(String channel, Duration time) {

    <T> void send(Sender<T> to, T message) throws InterruptedException {
        if (!to.trySend(message, time)) {
            throw full();
        }
    }

    /** The boolean form says in its own way that there was no room. */
    <T> boolean trySend(Sender<T> to, T message, Duration timeout) throws InterruptedException {
        return to.trySend(message, timeout.compareTo(time) < 0 ? timeout : time);
    }

    <T> CompletableFuture<Void> sendAsync(Sender<T> to, T message) {
        CompletableFuture<Void> sent = to.sendAsync(message);
        failAfter(sent, time, this::full);
        return sent;
    }

    /** Waits in a thread of its own, because a channel has no form that waits for room and gives up. */
    <T> Permit<T> reserve(Channel<T> in) throws InterruptedException {
        CompletableFuture<Permit<T>> reserved = new CompletableFuture<>();
        Thread waiting =
                Thread.ofVirtual().inheritInheritableThreadLocals(false).start(() -> reserveFor(reserved, in));
        try {
            return reserved.get(TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            return outcome(reserved);
        } catch (TimeoutException late) {
            if (reserved.cancel(false)) {
                throw full();
            }
            return outcome(reserved);
        } catch (InterruptedException interrupted) {
            reserved.cancel(false);
            CompletableFuture<Void> unused = reserved.thenAccept(Permit::close);
            throw interrupted;
        } finally {
            waiting.interrupt();
            awaitEnd(waiting);
        }
    }

    /** It must not take room after its caller has given up; it was interrupted, so this is short. */
    private static void awaitEnd(Thread waiting) {
        boolean interrupted = false;
        while (waiting.isAlive()) {
            try {
                waiting.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> Permit<T> outcome(CompletableFuture<Permit<T>> reserved) {
        try {
            return reserved.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException expected ? expected : failed;
        }
    }

    private static <T> void reserveFor(CompletableFuture<Permit<T>> reserved, Channel<T> in) {
        try {
            Permit<T> permit = in.reserve();
            if (!reserved.complete(permit)) {
                permit.close();
            }
        } catch (InterruptedException | RuntimeException failure) {
            reserved.completeExceptionally(failure);
        }
    }

    private ChannelFullException full() {
        return new ChannelFullException("Channel '" + channel + "' is full, and was for " + time + " (send-timeout)");
    }

    /** Fails a future that is not complete in time. The timer is gone as soon as it is. */
    static void failAfter(CompletableFuture<?> future, Duration time, Supplier<? extends RuntimeException> failure) {
        if (future.isDone()) {
            return;
        }
        CompletableFuture<Boolean> late = new CompletableFuture<>();
        CompletableFuture<?> unused = late.completeOnTimeout(
                        true, TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS)
                .thenAcceptAsync(isLate -> {
                    if (isLate) {
                        future.completeExceptionally(failure.get());
                    }
                });
        CompletableFuture<?> unusedStop = future.whenComplete((result, outcome) -> late.complete(false));
    }
}
