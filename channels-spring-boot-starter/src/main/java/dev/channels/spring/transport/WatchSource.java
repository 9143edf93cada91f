package dev.channels.spring.transport;

import dev.channels.Receiver;
import dev.channels.Watcher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the one worker of a watch's listener takes from: the value that was there before anything else, unless it was
 * replaced by then, and after that each newest value once. It goes on where it was when the listener is started again.
 */
final class WatchSource implements MessageSource {

    private final AtomicReference<@Nullable Object> first;
    private final Receiver<?> changes;
    private final Consumer<WatchSource> unsubscribe;

    WatchSource(Watcher<?> watcher, Consumer<WatchSource> unsubscribe) {
        // To the watcher the value of its making is an old one; to the listener it is not.
        this.first = new AtomicReference<>(watcher.get());
        this.changes = watcher.receiver();
        this.unsubscribe = unsubscribe;
    }

    @Override
    public MessageConsumer newConsumer() {
        return new Taking();
    }

    private @Nullable Object takeFirst() {
        if (first.get() == null) {
            return null;
        }
        Object value = first.getAndSet(null);
        return changes.peek() == null ? value : null;
    }

    boolean isBehind() {
        return first.get() != null || changes.peek() != null;
    }

    /** Takes what the listener has not seen, the newest only. */
    void drainTo(List<Object> target) {
        Object value = takeFirst();
        if (value != null) {
            target.add(value);
        } else {
            changes.drainTo(target, 1);
        }
    }

    @Override
    public boolean isDrained() {
        return first.get() == null && changes.isClosedForReceive();
    }

    @Override
    public void close() {
        unsubscribe.accept(this);
    }

    private final class Taking implements MessageConsumer {

        @Override
        public Object receive() throws InterruptedException {
            Object value = takeFirst();
            return value == null ? changes.receive() : value;
        }

        @Override
        public @Nullable Object tryReceive(Duration timeout) throws InterruptedException {
            Object value = takeFirst();
            return value == null ? changes.tryReceive(timeout) : value;
        }

        @Override
        public void acknowledge() {}

        @Override
        public void close() {}
    }
}
