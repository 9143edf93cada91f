package dev.channels;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The least first, equals in the order of arrival. A sorted tree, since that compares before it changes anything: a
 * comparator that throws makes two messages equal and breaks nothing.
 */
final class PriorityBuffer implements Buffer {

    private record Entry(Object message, long number) {}

    private final TreeSet<Entry> entries;
    private long arrived;

    PriorityBuffer(Comparator<Object> order, Consumer<Throwable> onFailure) {
        Comparator<Object> tolerant = (a, b) -> {
            try {
                return order.compare(a, b);
            } catch (Throwable failure) {
                onFailure.accept(failure);
                return 0;
            }
        };
        entries = new TreeSet<>(Comparator.comparing(Entry::message, tolerant).thenComparingLong(Entry::number));
    }

    @Override
    public void add(Object message) {
        entries.add(new Entry(message, arrived++));
    }

    @Override
    public @Nullable Object poll() {
        Entry first = entries.pollFirst();
        return first == null ? null : first.message();
    }

    @Override
    public @Nullable Object peek() {
        return entries.isEmpty() ? null : entries.first().message();
    }

    @Override
    public @Nullable Object replace(Object message) {
        long number = arrived;
        add(message);
        Entry last = entries.removeLast();
        return last.number() == number ? null : last.message();
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public List<Object> clear() {
        List<Object> all = entries.stream().map(Entry::message).toList();
        entries.clear();
        return all;
    }
}
