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
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.ResolvableType;

/** Shows the channels of the application: their numbers, their listeners, and who waits on them; changes listeners. */
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

    /**
     * Changes the listeners of a channel, or one of them.
     *
     * @param name the channel's name
     * @param paused whether they are to take nothing more
     * @param concurrency how many workers they are to have: a number or a range
     * @param listener the id of the only listener to change, or {@code null} for all of the channel
     * @return nothing if it was done, 404 if there is no such channel or no such listener on it
     */
    @WriteOperation
    public WebEndpointResponse<Void> change(
            @Selector String name, @Nullable Boolean paused, @Nullable String concurrency, @Nullable String listener) {
        if (!channels.contains(name)) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        List<ListenerContainer> chosen = listeners.ofChannel(channels.require(name)).stream()
                .filter(container -> listener == null || container.id().equals(listener))
                .toList();
        if (listener != null && chosen.isEmpty()) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        refuseUnlessSomethingIsToChange(paused, concurrency, chosen);
        for (ListenerContainer container : chosen) {
            if (Boolean.TRUE.equals(paused)) {
                container.pause();
            }
            if (concurrency != null) {
                container.setConcurrency(concurrency);
            }
            if (Boolean.FALSE.equals(paused)) {
                container.resume();
            }
        }
        return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
    }

    /** Before anything has changed. */
    private static void refuseUnlessSomethingIsToChange(
            @Nullable Boolean paused, @Nullable String concurrency, List<ListenerContainer> chosen) {
        if (paused == null && concurrency == null) {
            throw refusal("Nothing is to change: write 'paused' or 'concurrency'");
        }
        if (concurrency != null) {
            try {
                Concurrency.parse(concurrency);
                chosen.forEach(container -> container.readConcurrency(concurrency));
            } catch (IllegalArgumentException unreadable) {
                throw refusal(String.valueOf(unreadable.getMessage()));
            }
        }
    }

    private static InvalidEndpointRequestException refusal(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }

    private ChannelDescriptor describe(RegisteredChannel channel) {
        ChannelStats stats = channel.channel().stats();
        int waitingForKey = listeners.waitingForKey(channel);
        return new ChannelDescriptor(
                channel.definition().kind().name().toLowerCase(Locale.ROOT),
                nameOf(channel.definition().elementType()),
                nameOf(channel.definition().replyType()),
                channel.definition().transport(),
                stats.capacity() == Integer.MAX_VALUE ? null : stats.capacity(),
                stats.size() + waitingForKey,
                stats.blockedSenders(),
                stats.blockedReceivers(),
                stats.sent(),
                stats.received() - waitingForKey,
                stats.dropped(),
                stats.returned(),
                stats.closed(),
                oldestAge(channel.channel().queueTime()),
                sendersTo(channel.name()),
                channel.definition().deadLetter(),
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

    /** The beans that depend on it, and those whose listeners send what they return. */
    private List<String> sendersTo(String channel) {
        Stream<String> byReturning = listeners.all().stream()
                .map(ListenerContainer::definition)
                .filter(definition -> channel.equals(definition.sendTo()))
                .flatMap(definition -> Stream.ofNullable(definition.beanName()));
        return Stream.concat(Stream.of(beans.getDependentBeans(channel)), byReturning)
                .distinct()
                .sorted()
                .toList();
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
                container.counters().retried(),
                container.counters().deadLettered(),
                container.definition().sendTo());
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
