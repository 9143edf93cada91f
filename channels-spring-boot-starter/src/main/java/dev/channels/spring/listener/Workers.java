package dev.channels.spring.listener;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The workers of a listener by their numbers. Guarded by the container's lock. */
final class Workers {

    private final NavigableMap<Integer, Worker> byNumber = new TreeMap<>();
    private final ListenerContainer container;

    Workers(ListenerContainer container) {
        this.container = container;
    }

    /** Starts those of the first {@code min} numbers that are missing. */
    void fill(int min) {
        for (int number = 1; number <= min; number++) {
            startUnlessThere(number);
        }
    }

    /** Starts workers with the lowest free numbers until there are as many as wanted. */
    void grow(int wanted) {
        for (int number = 1; byNumber.size() < wanted; number++) {
            startUnlessThere(number);
        }
    }

    private void startUnlessThere(int number) {
        if (!byNumber.containsKey(number)) {
            Worker worker = new Worker(container, number);
            byNumber.put(number, worker);
            worker.start();
        }
    }

    void remove(Worker worker) {
        byNumber.remove(worker.number(), worker);
    }

    void callBackAll() {
        byNumber.values().forEach(Worker::callBack);
    }

    Collection<Worker> all() {
        return byNumber.values();
    }

    /** The one that asks this itself, if it is one of them. */
    void current(Consumer<Worker> action) {
        byNumber.values().stream().filter(Worker::isCurrentThread).forEach(action);
    }

    int size() {
        return byNumber.size();
    }

    int count(Predicate<Worker> condition) {
        return (int) byNumber.values().stream().filter(condition).count();
    }

    boolean none(Predicate<Worker> condition) {
        return byNumber.values().stream().noneMatch(condition);
    }

    /** Not counting one that asks this itself: nobody can wait for that. */
    boolean noneOther(Predicate<Worker> condition) {
        return none(worker -> !worker.isCurrentThread() && condition.test(worker));
    }
}
