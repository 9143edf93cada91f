package dev.channels.spring.actuate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.channels.ChannelStats;
import dev.channels.Waiter;
import dev.channels.spring.listener.Concurrency;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.registry.UserCode;
import dev.channels.spring.transport.QueueTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.core.ResolvableType;

/** Shows the channels of the application: their numbers, their listeners, and who waits on them. */
@Endpoint(id = "channels", defaultAccess = Access.READ_ONLY)
public final class ChannelsEndpoint {

    private static final int WAITERS_SHOWN = 100;

    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;
    private final ConfigurableListableBeanFactory beans;

    /**
     * Creates the endpoint.
     *
     * @param channels the channels to show
     * @param listeners their listeners
     * @param beans knows which beans depend on a channel
     */
    public ChannelsEndpoint(
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners,
            ConfigurableListableBeanFactory beans) {
        this.channels = channels;
        this.listeners = listeners;
        this.beans = beans;
    }

    /**
     * All channels.
     *
     * @return a description of each, by name
     */
    @ReadOperation
    public ChannelsDescriptor channels() {
        Map<String, ChannelDescriptor> described = new LinkedHashMap<>();
        channels.all().forEach(channel -> described.put(channel.name(), describe(channel)));
        return new ChannelsDescriptor(described);
    }

    /**
     * One channel, with those who wait on it.
     *
     * @param name the channel's name
     * @return its description, or {@code null} if there is no such channel
     */
    @ReadOperation
    public @Nullable ChannelDetails channel(@Selector String name) {
        if (!channels.contains(name)) {
            return null;
        }
        RegisteredChannel channel = channels.require(name);
        List<Waiter> waiters = channel.channel().waiters();
        List<WaiterDescriptor> shown = waiters.stream()
                .sorted(Comparator.comparing(Waiter::waited).reversed())
                .limit(WAITERS_SHOWN)
                .map(ChannelsEndpoint::describe)
                .toList();
        return new ChannelDetails(describe(channel), waiters.size(), shown);
    }

    private ChannelDescriptor describe(RegisteredChannel channel) {
        ChannelStats stats = channel.channel().stats();
        return new ChannelDescriptor(
                channel.definition().kind().name().toLowerCase(Locale.ROOT),
                nameOf(channel.definition().elementType()),
                nameOf(channel.definition().replyType()),
                channel.definition().transport(),
                stats.capacity() == Integer.MAX_VALUE ? null : stats.capacity(),
                stats.size(),
                stats.blockedSenders(),
                stats.blockedReceivers(),
                stats.sent(),
                stats.received(),
                stats.dropped(),
                stats.returned(),
                stats.closed(),
                oldestAge(channel.channel().queueTime()),
                sendersOf(channel.name()),
                listeners.ofChannel(channel).stream()
                        .map(ChannelsEndpoint::describe)
                        .toList());
    }

    private static @Nullable String nameOf(@Nullable ResolvableType type) {
        return type == null ? null : type.toString();
    }

    private static @Nullable String oldestAge(@Nullable QueueTime time) {
        Duration age = time == null ? null : time.oldestAge();
        return age == null ? null : age.toString();
    }

    private List<String> sendersOf(String channel) {
        return Stream.of(beans.getDependentBeans(channel)).sorted().toList();
    }

    private static ListenerDescriptor describe(ListenerContainer container) {
        Concurrency concurrency = container.concurrency();
        return new ListenerDescriptor(
                container.id(),
                container.definition().description(),
                new ListenerDescriptor.Workers(concurrency.min(), concurrency.max(), container.currentWorkers()),
                container.busyWorkers(),
                container.isPaused(),
                container.counters().handled(),
                container.counters().failed(),
                0,
                0);
    }

    private static WaiterDescriptor describe(Waiter waiter) {
        Thread thread = waiter.thread();
        String side = waiter.side().name().toLowerCase(Locale.ROOT);
        String waited = waiter.waited().toString();
        if (thread == null) {
            return new WaiterDescriptor(side, null, false, waited, null);
        }
        String name = thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
        return new WaiterDescriptor(
                side, name, thread.isVirtual(), waited, UserCode.of(thread).orElse(null));
    }

    /**
     * All channels.
     *
     * @param channels a description of each, by name
     */
    public record ChannelsDescriptor(Map<String, ChannelDescriptor> channels) {}

    /**
     * One channel, with those who wait on it.
     *
     * @param channel its description
     * @param waitersTotal how many wait
     * @param waiters the hundred that have waited longest
     */
    public record ChannelDetails(
            @JsonUnwrapped ChannelDescriptor channel, int waitersTotal, List<WaiterDescriptor> waiters) {}
}
