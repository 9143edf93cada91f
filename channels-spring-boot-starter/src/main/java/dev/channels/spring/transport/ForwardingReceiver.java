package dev.channels.spring.transport;

import dev.channels.Receiver;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Receives what another receiver receives. */
abstract class ForwardingReceiver<T> implements Receiver<T> {

    private final Receiver<T> from;

    ForwardingReceiver(Receiver<T> from) {
        this.from = from;
    }

    @Override
    public T receive() throws InterruptedException {
        return from.receive();
    }

    @Override
    public @Nullable T tryReceive() {
        return from.tryReceive();
    }

    @Override
    public @Nullable T tryReceive(Duration timeout) throws InterruptedException {
        return from.tryReceive(timeout);
    }

    @Override
    public int receiveMany(Collection<? super T> target, int max) throws InterruptedException {
        return from.receiveMany(target, max);
    }

    @Override
    public int receiveMany(Collection<? super T> target, int max, Duration linger) throws InterruptedException {
        return from.receiveMany(target, max, linger);
    }

    @Override
    public int drainTo(Collection<? super T> target, int max) {
        return from.drainTo(target, max);
    }

    @Override
    public @Nullable T peek() {
        return from.peek();
    }

    @Override
    public CompletableFuture<T> receiveAsync() {
        return from.receiveAsync();
    }

    @Override
    public Stream<T> stream() {
        return from.stream();
    }

    @Override
    public Flow.Publisher<T> publisher() {
        return from.publisher();
    }

    @Override
    public boolean isClosedForReceive() {
        return from.isClosedForReceive();
    }

    @Override
    public Iterator<T> iterator() {
        return from.iterator();
    }

    @Override
    public Spliterator<T> spliterator() {
        return from.spliterator();
    }

    @Override
    public String toString() {
        return from.toString();
    }
}
