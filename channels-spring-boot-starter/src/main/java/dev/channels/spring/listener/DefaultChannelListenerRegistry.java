package dev.channels.spring.listener;

import dev.channels.spring.ChannelListenerContainer;
import dev.channels.spring.ChannelListenerRegistry;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The listeners of one application context, in the order in which they came. */
public final class DefaultChannelListenerRegistry implements ChannelListenerRegistry {

    private final DefaultChannelRegistry channels;
    private final ListenerSettings settings;
    private final Map<String, ListenerContainer> containers = new LinkedHashMap<>();
    private final List<Consumer<ListenerContainer>> onAdded = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean started;

    /**
     * Creates an empty registry.
     *
     * @param channels where listeners find their channels
     * @param settings what the properties say about a listener
     */
    public DefaultChannelListenerRegistry(DefaultChannelRegistry channels, ListenerSettings settings) {
        this.channels = channels;
        this.settings = settings;
    }

    @Override
    public Set<String> ids() {
        lock.lock();
        try {
            return new LinkedHashSet<>(containers.keySet());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ChannelListenerContainer container(String id) {
        lock.lock();
        try {
            ListenerContainer container = containers.get(id);
            if (container == null) {
                throw new IllegalArgumentException(
                        "There is no listener '" + id + "'. " + Suggestion.of(id, containers.keySet(), "listeners"));
            }
            return container;
        } finally {
            lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> ChannelListenerContainer register(String id, String channel, Consumer<? super T> listener) {
        return add(new ListenerDefinition(
                id,
                channel,
                null,
                listener.getClass().getName(),
                message -> listener.accept((T) message),
                settings.concurrency(id, channel, ""),
                settings.autoStartup(id, channel, ""),
                settings.idleTimeout(id, channel)));
    }

    /** Adds a listener. It starts now if the others have. */
    ListenerContainer add(ListenerDefinition definition) {
        ListenerContainer container;
        boolean startNow;
        lock.lock();
        try {
            if (containers.containsKey(definition.id())) {
                throw new IllegalArgumentException("There is a listener '" + definition.id() + "' already");
            }
            container = new ListenerContainer(definition, channels.require(definition.channel()));
            containers.put(definition.id(), container);
            startNow = started && definition.autoStartup();
        } finally {
            lock.unlock();
        }
        onAdded.forEach(consumer -> consumer.accept(container));
        if (startNow) {
            container.start();
        }
        return container;
    }

    /**
     * Tells of the listeners that are there and of those to come.
     *
     * @param consumer who is told
     */
    public void onAdded(Consumer<ListenerContainer> consumer) {
        onAdded.add(consumer);
        all().forEach(consumer);
    }

    /**
     * All containers.
     *
     * @return a snapshot
     */
    public List<ListenerContainer> all() {
        lock.lock();
        try {
            return new ArrayList<>(containers.values());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The containers that listen to a channel.
     *
     * @param channel the channel's name
     * @return a snapshot
     */
    public List<ListenerContainer> ofChannel(String channel) {
        return all().stream()
                .filter(container -> container.channel().name().equals(channel))
                .toList();
    }

    /** From now on a listener that is added starts at once, or no more. */
    void setStarted(boolean nowStarted) {
        lock.lock();
        try {
            started = nowStarted;
        } finally {
            lock.unlock();
        }
    }
}
