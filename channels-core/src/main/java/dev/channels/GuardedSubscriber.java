package dev.channels;

import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscriber that may throw: by that it has cancelled. Once it is over it is forgotten, for it may be kept from here. */
final class GuardedSubscriber<T> {

    private volatile Flow.@Nullable Subscriber<? super T> subscriber;

    GuardedSubscriber(Flow.Subscriber<? super T> subscriber) {
        this.subscriber = subscriber;
    }

    boolean isOver() {
        return subscriber == null;
    }

    void forget() {
        subscriber = null;
    }

    void begin(Flow.Subscription subscription) {
        signal(present -> present.onSubscribe(subscription));
    }

    void next(T message) {
        signal(present -> present.onNext(message));
    }

    /** The last signal: the end, or a failure. */
    void end(@Nullable Throwable failure) {
        signal(present -> {
            forget();
            if (failure == null) {
                present.onComplete();
            } else {
                present.onError(failure);
            }
        });
    }

    private void signal(Consumer<Flow.Subscriber<? super T>> signal) {
        Flow.Subscriber<? super T> present = subscriber;
        if (present != null) {
            try {
                signal.accept(present);
            } catch (Throwable failure) {
                forget();
                Uncaught.report(failure);
            }
        }
    }
}
