package dev.channels.spring.listener;

import dev.channels.ChannelStats;
import dev.channels.spring.registry.RegisteredChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * What happens to the channels when the context closes, upstream first.
 *
 * <p>A channel is closed for sending as soon as no listener at work can send to it any more; senders that are blocked on
 * it by then are still served, and its listeners go on until it is empty. Channels that feed each other in a circle close
 * together once they were seen empty, with nobody in between, twice in a row. When the time is up everything is closed at
 * once, listeners are interrupted, and what is left is reported.
 */
final class Drain {

    private static final Logger logger = LoggerFactory.getLogger(Drain.class);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_RESERVE = Duration.ofSeconds(2);

    private final ConfigurableListableBeanFactory beans;
    private final List<ListenerContainer> containers;
    private final Map<String, RegisteredChannel> open = new LinkedHashMap<>();
    private final Map<RegisteredChannel, List<Object>> abandoned = new LinkedHashMap<>();
    private final AbandonmentReport report;
    private final Map<String, Long> quietBefore = new HashMap<>();

    Drain(
            ConfigurableListableBeanFactory beans,
            List<RegisteredChannel> channels,
            List<ListenerContainer> containers,
            AbandonmentReport report) {
        this.beans = beans;
        this.containers = containers;
        this.report = report;
        // A channel that was closed through the registry is gone from there, but not from its listeners.
        containers.forEach(container -> open.put(container.channel().name(), container.channel()));
        channels.forEach(channel -> open.put(channel.name(), channel));
    }

    /** Drains for at most the given time less a reserve, then closes at once, all within the given time. */
    void run(Duration time) {
        long start = System.nanoTime();
        long reserve = Math.min(time.toNanos() / 10, LONGEST_RESERVE.toNanos());
        List<RegisteredChannel> all = new ArrayList<>(open.values());
        boolean drained = drainUntil(start + time.toNanos() - reserve);
        if (!drained) {
            logger.warn("Channels {} were not drained within {}; closing them at once", undrained(), time);
        }
        // Also when drained: nothing is left, and nobody can be blocked on a channel of this context any more.
        all.forEach(this::closeNow);
        cutShort(start + time.toNanos() - reserve / 4);
        report.send(abandoned);
    }

    private boolean drainUntil(long deadline) {
        while (!open.isEmpty() || !allDone()) {
            if (!closeWhatIsUnfed()) {
                if (System.nanoTime() - deadline >= 0) {
                    return false;
                }
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }

    private Set<String> undrained() {
        Set<String> names = new LinkedHashSet<>(open.keySet());
        containers.stream()
                .filter(container -> !container.isDone())
                .forEach(container -> names.add(container.channel().name()));
        return names;
    }

    private boolean allDone() {
        return containers.stream().allMatch(ListenerContainer::isDone);
    }

    /** Closes the channels that nobody at work can send to; {@code false} if there are none now. */
    private boolean closeWhatIsUnfed() {
        List<ListenerContainer> working =
                containers.stream().filter(container -> !container.isDone()).toList();
        FeedGraph graph = new FeedGraph(beans, working, open.keySet());
        Set<String> closable = new LinkedHashSet<>();
        for (String channel : open.keySet()) {
            if (graph.isUnfed(channel)) {
                closable.add(channel);
            } else if (!closable.contains(channel)) {
                Set<String> circle = graph.circleOf(channel);
                if (!circle.isEmpty() && isQuietAgain(circle)) {
                    closable.addAll(circle);
                }
            }
        }
        closable.forEach(this::closeForSending);
        return !closable.isEmpty();
    }

    private void closeForSending(String name) {
        RegisteredChannel channel = open.remove(name);
        if (channel == null) {
            return;
        }
        channel.channel().close();
        if (listenersOf(channel).stream().allMatch(ListenerContainer::isDone)) {
            closeNow(channel);
        }
    }

    private void closeNow(RegisteredChannel channel) {
        List<?> left = channel.channel().closeNow();
        if (!left.isEmpty()) {
            abandoned.computeIfAbsent(channel, key -> new ArrayList<>()).addAll(left);
        }
    }

    private List<ListenerContainer> listenersOf(RegisteredChannel channel) {
        return containers.stream()
                .filter(container -> container.channel().equals(channel))
                .toList();
    }

    /** Whether a circle is quiet, and was when it was asked last, and nothing was sent in between. */
    private boolean isQuietAgain(Set<String> circle) {
        Map<String, Long> sent = new HashMap<>();
        for (String name : circle) {
            Long quiet = sentIfQuiet(open.get(name));
            if (quiet == null) {
                quietBefore.keySet().removeAll(circle);
                return false;
            }
            sent.put(name, quiet);
        }
        boolean again = quietBefore.entrySet().containsAll(sent.entrySet());
        quietBefore.putAll(sent);
        return again;
    }

    /** How many messages a channel has seen, if it is empty and all its listeners wait for the next. */
    private @Nullable Long sentIfQuiet(@Nullable RegisteredChannel channel) {
        if (channel == null) {
            return 0L;
        }
        ChannelStats stats = channel.channel().stats();
        int workers = 0;
        for (ListenerContainer container : listenersOf(channel)) {
            if (container.busyWorkers() > 0) {
                return null;
            }
            workers += container.currentWorkers();
        }
        boolean quiet = stats.size() == 0 && stats.blockedSenders() == 0 && stats.blockedReceivers() >= workers;
        return quiet ? stats.sent() : null;
    }

    /** Interrupts the listeners that are still at work, and collects what they leave. */
    private void cutShort(long deadline) {
        List<ListenerContainer> working =
                containers.stream().filter(container -> !container.isDone()).toList();
        working.forEach(ListenerContainer::cutShort);
        boolean interrupted = Thread.interrupted();
        for (ListenerContainer container : working) {
            try {
                container.awaitDone(deadline - System.nanoTime());
            } catch (InterruptedException again) {
                interrupted = true;
            }
            List<Object> left = container.takeAbandoned();
            if (!left.isEmpty()) {
                abandoned
                        .computeIfAbsent(container.channel(), key -> new ArrayList<>())
                        .addAll(0, left);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
