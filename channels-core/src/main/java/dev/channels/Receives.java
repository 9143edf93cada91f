package dev.channels;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A receiver whose forms of receiving are those of {@link Receiving}. */
interface Receives<T> extends Receiver<T> {

    Receiving<T> receiving();

    @Override
    default T receive() throws InterruptedException {
        return receiving().receive();
    }

    @Override
    default @Nullable T tryReceive() {
        return receiving().tryReceive();
    }

    @Override
    default @Nullable T tryReceive(Duration timeout) throws InterruptedException {
        return receiving().tryReceive(timeout);
    }

    @Override
    default int receiveMany(Collection<? super T> target, int max) throws InterruptedException {
        return receiving().receiveMany(target, max, Duration.ZERO);
    }

    @Override
    default int receiveMany(Collection<? super T> target, int max, Duration linger) throws InterruptedException {
        return receiving().receiveMany(target, max, linger);
    }

    @Override
    default int drainTo(Collection<? super T> target, int max) {
        return receiving().drainTo(target, max);
    }

    @Override
    default @Nullable T peek() {
        return receiving().peek();
    }

    @Override
    default CompletableFuture<T> receiveAsync() {
        return receiving().receiveAsync();
    }

    @Override
    default Iterator<T> iterator() {
        return receiving().iterator();
    }

    @Override
    default Spliterator<T> spliterator() {
        return receiving().spliterator();
    }

    @Override
    default Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    default Flow.Publisher<T> publisher() {
        return new MessagePublisher<>(this);
    }

    @Override
    default boolean isClosedForReceive() {
        return receiving().outlet().isEnded();
    }
}
