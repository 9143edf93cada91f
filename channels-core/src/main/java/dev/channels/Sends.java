package dev.channels;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A sender whose forms of sending are those of {@link Sending}. */
interface Sends<T> extends Sender<T> {

    Sending<T> sending();

    @Override
    default void send(T message) throws InterruptedException {
        sending().send(message);
    }

    @Override
    default boolean trySend(T message) {
        return sending().trySend(message);
    }

    @Override
    default boolean trySend(T message, Duration timeout) throws InterruptedException {
        return sending().trySend(message, timeout);
    }

    @Override
    default CompletableFuture<Void> sendAsync(T message) {
        return sending().sendAsync(message);
    }

    @Override
    default boolean isClosedForSend() {
        return sending().inlet().isClosed();
    }
}
