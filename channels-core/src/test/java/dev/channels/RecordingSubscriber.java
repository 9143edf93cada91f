package dev.channels;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Notes the signals it gets, and whether they come one at a time. */
final class RecordingSubscriber<T> implements Flow.Subscriber<T> {

    private final long first;
    private final BiConsumer<T, Flow.Subscription> onNext;
    private final List<T> messages = new CopyOnWriteArrayList<>();
    private final List<String> signals = new CopyOnWriteArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile Flow.Subscription subscription;
    private volatile Throwable error;
    private volatile boolean overlapped;

    private RecordingSubscriber(long first, BiConsumer<T, Flow.Subscription> onNext) {
        this.first = first;
        this.onNext = onNext;
    }

    /** One that asks for so many messages at the start; for none with 0. */
    static <T> RecordingSubscriber<T> asking(long first) {
        return new RecordingSubscriber<>(first, (message, subscription) -> {});
    }

    /** One that also does something with each message. */
    static <T> RecordingSubscriber<T> asking(long first, BiConsumer<T, Flow.Subscription> onNext) {
        return new RecordingSubscriber<>(first, onNext);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        signal("subscribe", () -> {
            if (first > 0) {
                given.request(first);
            }
        });
    }

    @Override
    public void onNext(T message) {
        messages.add(message);
        signal("next", () -> onNext.accept(message, subscription));
    }

    @Override
    public void onError(Throwable throwable) {
        error = throwable;
        signal("error", () -> {});
    }

    @Override
    public void onComplete() {
        signal("complete", () -> {});
    }

    private void signal(String name, Runnable action) {
        overlapped |= inside.incrementAndGet() > 1;
        try {
            action.run();
        } finally {
            if (!name.equals("next")) {
                signals.add(name);
            }
            inside.decrementAndGet();
        }
    }

    Flow.Subscription subscription() {
        return subscription;
    }

    List<T> messages() {
        return List.copyOf(messages);
    }

    /** All signals but the messages. */
    List<String> signals() {
        return List.copyOf(signals);
    }

    Throwable error() {
        return error;
    }

    /** Whether two signals were given at the same time. */
    boolean hasOverlapped() {
        return overlapped;
    }
}
