package dev.channels;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * The reading half of a one-shot as a receiver. One receive gives the value however often it is called; what takes all
 * there is, an iterator or a stream or a batch, would never come to an end, so each of these gets the value once.
 */
final class OneShotReceiver<T> implements Receives<T> {

    private final Receiving<T> again;
    private final Supplier<Receiving<T>> once;

    OneShotReceiver(Receiving<T> again, Supplier<Receiving<T>> once) {
        this.again = again;
        this.once = once;
    }

    @Override
    public Receiving<T> receiving() {
        return again;
    }

    @Override
    public int receiveMany(Collection<? super T> target, int max) throws InterruptedException {
        return receiveMany(target, max, Duration.ZERO);
    }

    @Override
    public int receiveMany(Collection<? super T> target, int max, Duration linger) throws InterruptedException {
        return once.get().receiveMany(target, max, linger);
    }

    @Override
    public Iterator<T> iterator() {
        return once.get().iterator();
    }

    @Override
    public Spliterator<T> spliterator() {
        return once.get().spliterator();
    }

    @Override
    public Flow.Publisher<T> publisher() {
        return subscriber -> {
            Receiving<T> own = once.get();
            Receives<T> receiver = () -> own;
            receiver.publisher().subscribe(subscriber);
        };
    }
}
