package dev.channels.spring.actuate;

import dev.channels.ChannelStats;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.RegisteredChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds channels where messages wait and nobody takes them: no listener of theirs runs, and nothing was received since
 * the first look that saw it so, some time ago.
 */
final class Starvation {

    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;
    private final Duration patience;
    private final Map<RegisteredChannel, Hunger> seen = new ConcurrentHashMap<>();

    private record Hunger(long received, long since) {}

    Starvation(DefaultChannelRegistry channels, DefaultChannelListenerRegistry listeners, Duration patience) {
        this.channels = channels;
        this.listeners = listeners;
        this.patience = patience;
    }

    List<String> find() {
        List<RegisteredChannel> all = channels.all();
        seen.keySet().retainAll(all);
        return all.stream()
                .filter(this::isStarving)
                .map(RegisteredChannel::name)
                .toList();
    }

    private boolean isStarving(RegisteredChannel channel) {
        ChannelStats stats = channel.channel().stats();
        if (channel.channel().backlog() == 0 || stats.blockedReceivers() > 0 || isListenedTo(channel)) {
            seen.remove(channel);
            return false;
        }
        long now = System.nanoTime();
        Hunger hunger = seen.compute(
                channel,
                (same, before) -> before != null && before.received() == stats.received()
                        ? before
                        : new Hunger(stats.received(), now));
        return now - hunger.since() >= patience.toNanos();
    }

    private boolean isListenedTo(RegisteredChannel channel) {
        return listeners.ofChannel(channel).stream()
                .anyMatch(container -> container.isRunning() && !container.isPaused());
    }
}
