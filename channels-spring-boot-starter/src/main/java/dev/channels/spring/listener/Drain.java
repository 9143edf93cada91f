package dev.channels.spring.listener;

import dev.channels.ChannelStats;
import dev.channels.spring.listener.FeedGraph.Feeds;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.RegisteredChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;
    private final FeedGraph graph;
    private final AbandonmentReport report;
    private final Set<RegisteredChannel> seen = new LinkedHashSet<>();
    private final Set<RegisteredChannel> open = new LinkedHashSet<>();
    private final Map<RegisteredChannel, List<Object>> abandoned = new LinkedHashMap<>();
    private final Map<RegisteredChannel, Long> quietBefore = new HashMap<>();

    Drain(
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners,
            FeedGraph graph,
            AbandonmentReport report) {
        this.channels = channels;
        this.listeners = listeners;
        this.graph = graph;
        this.report = report;
    }

    /** Drains for at most the given time less a reserve, then closes at once, all within the given time. */
    void run(Duration time) {
        long start = System.nanoTime();
        long reserve = Math.min(time.toNanos() / 10, LONGEST_RESERVE.toNanos());
        Duration patience = time.minusNanos(reserve);
        listeners.all().forEach(ListenerContainer::endRetries);
        lookForMore();
        List<String> held = holding();
        if (!held.isEmpty()) {
            logger.info("Draining channels {}", held);
        }
        if (drainUntil(start + patience.toNanos())) {
            logger.info(
                    "Channels drained in {} ms",
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } else {
            logger.warn("Channels {} were not drained within {}; closing them at once", holding(), patience);
        }
        channels.refuseNew();
        lookForMore();
        List<ListenerContainer> late = working();
        late.forEach(ListenerContainer::leaveTheRest);
        // Also when drained: nobody can be blocked on a channel of this context any more.
        seen.forEach(this::closeNow);
        cutShort(late, start + time.toNanos() - reserve / 4);
        report.send(abandoned);
    }

    /** Goes on through interrupts: the time is bounded anyway, and messages are at stake. */
    private boolean drainUntil(long deadline) {
        boolean interrupted = Thread.interrupted();
        boolean timeLeft = true;
        while (timeLeft && !(open.isEmpty() && working().isEmpty())) {
            if (!closeWhatIsUnfed()) {
                timeLeft = deadline - System.nanoTime() > 0;
                LockSupport.parkNanos(PAUSE.toNanos());
                interrupted |= Thread.interrupted();
            }
            lookForMore();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return timeLeft;
    }

    /** Channels may come while others drain. Those that were closed through the registry count while they hold something. */
    private void lookForMore() {
        List<RegisteredChannel> all = new ArrayList<>(channels.removed());
        all.addAll(channels.all());
        listeners.all().forEach(container -> all.add(container.channel()));
        all.stream().filter(seen::add).forEach(open::add);
    }

    private List<ListenerContainer> working() {
        return listeners.all().stream().filter(container -> !container.isDone()).toList();
    }

    /** The channels that hold messages, or whose listeners have one in hand: with their numbers. */
    private List<String> holding() {
        List<String> held = new ArrayList<>();
        for (RegisteredChannel channel : seen) {
            contained(channel, "counted", () -> {
                int waiting = channel.channel().backlog() + listeners.waitingForKey(channel);
                int inHand = listeners.ofChannel(channel).stream()
                        .mapToInt(ListenerContainer::busyWorkers)
                        .sum();
                if (waiting + inHand > 0) {
                    held.add(channel.name() + ": " + waiting + " waiting, " + inHand + " in hand");
                }
            });
        }
        return held;
    }

    /** Closes the channels that nobody at work can send to; {@code false} if there are none now. */
    private boolean closeWhatIsUnfed() {
        Map<String, RegisteredChannel> byName = open.stream()
                .collect(Collectors.toMap(RegisteredChannel::name, channel -> channel, (old, young) -> young));
        Feeds feeds = graph.feeds(working(), byName.keySet());
        Set<RegisteredChannel> closable = new LinkedHashSet<>();
        for (RegisteredChannel channel : open) {
            if (feeds.isUnfed(channel.name())) {
                closable.add(channel);
            } else if (!closable.contains(channel)) {
                List<RegisteredChannel> circle = feeds.circleOf(channel.name()).stream()
                        .filter(byName::containsKey)
                        .map(byName::get)
                        .toList();
                if (!circle.isEmpty() && isQuietAgain(circle)) {
                    closable.addAll(circle);
                }
            }
        }
        closable.forEach(this::closeForSending);
        return !closable.isEmpty();
    }

    private void closeForSending(RegisteredChannel channel) {
        open.remove(channel);
        contained(channel, "closed", () -> channel.channel().close());
        if (listeners.ofChannel(channel).stream().allMatch(ListenerContainer::isDone)) {
            closeNow(channel);
            leaveWaiting(listeners.ofChannel(channel));
            List<Object> unheard = abandoned.remove(channel);
            if (unheard != null) {
                report.send(Map.of(channel, unheard));
            }
        }
    }

    private void closeNow(RegisteredChannel channel) {
        contained(channel, "closed", () -> leave(channel, channel.channel().closeNow(), false));
    }

    /** What waits for its key in listeners that take no more. */
    private void leaveWaiting(List<ListenerContainer> containers) {
        containers.forEach(container -> leave(container.channel(), container.handBackWaiting(), true));
    }

    private void leave(RegisteredChannel channel, List<?> messages, boolean first) {
        if (!messages.isEmpty()) {
            List<Object> all = abandoned.computeIfAbsent(channel, key -> new ArrayList<>());
            all.addAll(first ? 0 : all.size(), messages);
        }
    }

    /** One transport that fails must not keep the other channels from closing. */
    private static void contained(RegisteredChannel channel, String done, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            logger.error("Channel '{}' could not be {}", channel.name(), done, failure);
        }
    }

    /** Whether a circle is quiet, and was when it was asked last, and nothing was sent in between. */
    private boolean isQuietAgain(List<RegisteredChannel> circle) {
        Map<RegisteredChannel, Long> sent = new HashMap<>();
        for (RegisteredChannel channel : circle) {
            Long quiet = sentIfKnownToBeQuiet(channel);
            if (quiet == null) {
                circle.forEach(quietBefore::remove);
                return false;
            }
            sent.put(channel, quiet);
        }
        boolean again = quietBefore.entrySet().containsAll(sent.entrySet());
        quietBefore.putAll(sent);
        return again;
    }

    private @Nullable Long sentIfKnownToBeQuiet(RegisteredChannel channel) {
        try {
            return sentIfQuiet(channel);
        } catch (RuntimeException | Error unknown) {
            logger.debug("Channel '{}' cannot tell whether it is quiet", channel.name(), unknown);
            return null;
        }
    }

    /** How many messages a channel has seen, if it is empty and all its listeners wait for the next. */
    private @Nullable Long sentIfQuiet(RegisteredChannel channel) {
        // Before the listeners: a worker that has a message and is not busy yet is missed among the receivers.
        ChannelStats stats = channel.channel().stats();
        int receivers = 0;
        for (ListenerContainer container : listeners.ofChannel(channel)) {
            if (container.hasMessages()) {
                return null;
            }
            receivers += container.idleReceivers();
        }
        boolean quiet = channel.channel().backlog() == 0 && stats.blockedReceivers() >= receivers;
        return quiet ? stats.sent() : null;
    }

    /** Interrupts the listeners that are still at work, and collects what they leave. */
    private void cutShort(List<ListenerContainer> working, long deadline) {
        working.forEach(ListenerContainer::cutShort);
        leaveWaiting(listeners.all());
        // Also those that are done: a retry that was given up because of the shutdown is told of here.
        for (ListenerContainer container : listeners.all()) {
            container.awaitDone(deadline - System.nanoTime());
            leave(container.channel(), container.takeAbandoned(deadline - System.nanoTime()), true);
        }
    }
}
