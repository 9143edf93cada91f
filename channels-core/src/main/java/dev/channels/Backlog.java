package dev.channels;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The messages that one subscription has not read yet, in the order of arrival. How many may be asked without the lock. */
final class Backlog implements Buffer {

    private final Buffer messages = new DequeBuffer(false);
    private final AtomicInteger size = new AtomicInteger();

    @Override
    public void add(Object message) {
        messages.add(message);
        publish();
    }

    @Override
    public @Nullable Object poll() {
        Object next = messages.poll();
        publish();
        return next;
    }

    @Override
    public @Nullable Object peek() {
        return messages.peek();
    }

    @Override
    public @Nullable Object replace(Object message) {
        return messages.replace(message);
    }

    @Override
    public int size() {
        return size.getAcquire();
    }

    @Override
    public List<Object> clear() {
        List<Object> all = messages.clear();
        publish();
        return all;
    }

    private void publish() {
        size.setRelease(messages.size());
    }
}
