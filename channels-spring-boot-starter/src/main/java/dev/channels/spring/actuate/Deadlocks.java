package dev.channels.spring.actuate;

import dev.channels.Waiter;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.transport.ChannelKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds circles of channels whose listeners wait for each other: all workers that could take from one wait in a send to
 * another, or to the same. Only sends that wait for a second count, so that what solves itself is not told.
 */
final class Deadlocks {

    private static final Duration LONG = Duration.ofSeconds(1);

    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;

    Deadlocks(DefaultChannelRegistry channels, DefaultChannelListenerRegistry listeners) {
        this.channels = channels;
        this.listeners = listeners;
    }

    /** The circles, each with the names of its channels in alphabetical order. */
    List<List<String>> find() {
        Map<Thread, String> sending = sendingThreads();
        Map<String, List<Set<String>>> stuck = new TreeMap<>();
        if (!sending.isEmpty()) {
            for (RegisteredChannel channel : channels.all()) {
                List<Set<String>> heldBy = heldBy(channel, sending);
                if (!heldBy.isEmpty()) {
                    stuck.put(channel.name(), heldBy);
                }
            }
        }
        // Who waits for a channel that somebody takes from is not stuck, only late.
        while (stuck.values().removeIf(heldBy -> heldBy.stream().noneMatch(stuck.keySet()::containsAll))) {}
        return circles(stuck);
    }

    private Map<Thread, String> sendingThreads() {
        Map<Thread, String> sending = new HashMap<>();
        for (RegisteredChannel channel : channels.all()) {
            for (Waiter waiter : channel.channel().waiters()) {
                Thread thread = waiter.thread();
                if (thread != null
                        && waiter.side() == Waiter.Side.SEND
                        && waiter.waited().compareTo(LONG) >= 0) {
                    sending.put(thread, channel.name());
                }
            }
        }
        return sending;
    }

    /**
     * The channels that hold those who take from this one; empty if not all of them are held. A queue is held when all
     * its listeners are, a broadcast by any one of them.
     */
    private List<Set<String>> heldBy(RegisteredChannel channel, Map<Thread, String> sending) {
        List<Set<String>> byListener = listeners.ofChannel(channel).stream()
                .filter(ListenerContainer::isRunning)
                .map(container -> heldBy(container, sending))
                .toList();
        if (channel.definition().kind() == ChannelKind.BROADCAST) {
            return byListener.stream().filter(held -> !held.isEmpty()).toList();
        }
        if (byListener.isEmpty() || byListener.stream().anyMatch(Set::isEmpty)) {
            return List.of();
        }
        Set<String> together = new HashSet<>();
        byListener.forEach(together::addAll);
        return List.of(together);
    }

    private static Set<String> heldBy(ListenerContainer container, Map<Thread, String> sending) {
        Set<Thread> workers = container.workerThreads();
        if (workers.size() < container.concurrency().max() || !sending.keySet().containsAll(workers)) {
            return Set.of();
        }
        Set<String> held = new HashSet<>();
        workers.forEach(worker -> held.add(sending.get(worker)));
        return held;
    }

    private static List<List<String>> circles(Map<String, List<Set<String>>> stuck) {
        Function<String, Set<String>> reach = start -> reachable(start, stuck);
        return stuck.keySet().stream()
                .filter(channel -> reach.apply(channel).contains(channel))
                .map(channel -> reach.apply(channel).stream()
                        .filter(other -> reach.apply(other).contains(channel))
                        .toList())
                .distinct()
                .toList();
    }

    private static Set<String> reachable(String start, Map<String, List<Set<String>>> stuck) {
        Set<String> seen = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            for (Set<String> held : stuck.getOrDefault(next.remove(), List.of())) {
                held.stream().filter(seen::add).forEach(next::add);
            }
        }
        return seen;
    }
}
