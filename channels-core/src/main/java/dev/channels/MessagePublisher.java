package dev.channels;

import java.util.Objects;
import java.util.concurrent.Flow;

/** The messages of a channel for reactive code: each subscriber is one more receiver. */
final class MessagePublisher<T> implements Flow.Publisher<T> {

    private final Receives<T> source;

    MessagePublisher(Receives<T> source) {
        this.source = source;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        new MessageSubscription<>(source.receiving(), subscriber).begin();
    }
}
