package dev.channels.spring.listener;

import dev.channels.spring.ChannelListenerContainer;
import dev.channels.spring.ChannelListenerRegistry;
import dev.channels.spring.registry.ChannelRegistryListener;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.registry.Suggestion;
import dev.channels.spring.transport.ChannelKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one application context, in the order in which they came. */
public final class DefaultChannelListenerRegistry implements ChannelListenerRegistry {

    private static final Logger logger = LoggerFactory.getLogger(DefaultChannelListenerRegistry.class);

    private final DefaultChannelRegistry channels;
    private final ListenerSettings settings;
    private final ListenerFailures failures;
    private final List<MessageSurroundings.Factory> surroundings;
    private final Map<String, ListenerContainer> containers = new LinkedHashMap<>();
    private final List<Consumer<ListenerContainer>> addedListeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Consumer<ListenerContainer> starter;

    /**
     * Creates an empty registry.
     *
     * @param settings what the properties say about a listener
     * @param failures what listeners share when they fail, and all channels
     * @param surroundings what there is around the handling of a message, the outermost first
     */
    public DefaultChannelListenerRegistry(
            ListenerSettings settings, ListenerFailures failures, List<MessageSurroundings.Factory> surroundings) {
        this.channels = failures.channels();
        this.settings = settings;
        this.failures = failures;
        this.surroundings = List.copyOf(surroundings);
        channels.addListener(new ChannelRegistryListener() {
            @Override
            public void added(RegisteredChannel channel) {}

            @Override
            public void removed(RegisteredChannel channel) {
                for (ListenerContainer container : all()) {
                    if (container.isDone()) {
                        forget(container);
                    }
                }
            }
        });
    }

    DefaultChannelRegistry channels() {
        return channels;
    }

    ListenerSettings settings() {
        return settings;
    }

    /**
     * Who is told of what was left behind.
     *
     * @return the report
     */
    public AbandonmentReport report() {
        return failures.report();
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
        RegisteredChannel registered = channels.require(channel);
        MessageHandler handler = message -> listener.accept((T) message);
        return add(new ListenerDefinition(
                id,
                channel,
                null,
                "registered in code",
                registered.definition().kind() == ChannelKind.REQUEST ? answering(handler) : handler,
                concurrency(id, registered, ""),
                autoStartup(id, registered, ""),
                settings.idleTimeout(id, channel),
                settings.failure(id, channel),
                null,
                null,
                null,
                null));
    }

    /** It answers through the request; what it throws is the answer too. */
    private static MessageHandler answering(MessageHandler listener) {
        return new RequestHandler(
                request -> {
                    listener.handle(request);
                    return null;
                },
                true,
                false);
    }

    /** How many workers a listener of this channel has: its kind has a say in it. */
    Concurrency concurrency(String id, RegisteredChannel channel, String declared) {
        return channel.definition().kind() == ChannelKind.WATCH
                ? settings.single(id, channel.name(), declared)
                : settings.concurrency(id, channel.name(), declared);
    }

    /** Whether a listener starts by itself: not if a test has put a mock in the place of its channel. */
    boolean autoStartup(String id, RegisteredChannel channel, String declared) {
        if (channel.isReplaced()) {
            logger.info(
                    "Listener '{}' is not started: in the place of channel '{}' is a {}",
                    id,
                    channel.name(),
                    channel.channel().bean().getClass().getSimpleName());
            return false;
        }
        return settings.autoStartup(id, channel.name(), declared);
    }

    /** Who listens to a request channel; {@code null} if nobody does, or if it is of another kind. */
    @Nullable ListenerContainer answererOf(RegisteredChannel channel) {
        return channel.definition().kind() == ChannelKind.REQUEST
                ? ofChannel(channel).stream().findFirst().orElse(null)
                : null;
    }

    /** Adds a listener. It starts now if the others have. */
    ListenerContainer add(ListenerDefinition definition) {
        RegisteredChannel channel = channels.require(definition.channel());
        ListenerContainer container;
        Consumer<ListenerContainer> startNow;
        lock.lock();
        try {
            if (containers.containsKey(definition.id())) {
                throw new IllegalArgumentException("There is a listener '" + definition.id() + "' already");
            }
            ListenerContainer answerer = answererOf(channel);
            if (answerer != null) {
                throw new IllegalArgumentException("Listener '" + answerer.id() + "' answers on the request channel '"
                        + channel.name() + "' already, and a question has one who answers");
            }
            container = new ListenerContainer(
                    definition,
                    channel,
                    failures,
                    surroundings.isEmpty() ? null : NestedSurroundings.of(definition, surroundings),
                    this::forget);
            containers.put(definition.id(), container);
            startNow = definition.autoStartup() ? starter : null;
        } finally {
            lock.unlock();
        }
        for (Consumer<ListenerContainer> listener : addedListeners) {
            listener.accept(container);
        }
        if (startNow != null) {
            startNow.accept(container);
        }
        return container;
    }

    /** Forgets a listener that has ended because its channel was closed through the registry. */
    private void forget(ListenerContainer container) {
        if (channels.all().contains(container.channel()) || container.holdsMessages()) {
            return;
        }
        boolean forgotten;
        lock.lock();
        try {
            forgotten = containers.remove(container.id(), container);
        } finally {
            lock.unlock();
        }
        if (forgotten) {
            container.dispose();
        }
    }

    /**
     * Tells of the listeners that are there and of those to come.
     *
     * @param listener who is told
     */
    public void addListener(Consumer<ListenerContainer> listener) {
        addedListeners.add(listener);
        all().forEach(listener);
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
     * @param channel the channel
     * @return a snapshot
     */
    public List<ListenerContainer> ofChannel(RegisteredChannel channel) {
        return all().stream()
                .filter(container -> container.channel().equals(channel))
                .toList();
    }

    /**
     * How many messages listeners have taken from a channel and keep until it is their turn.
     *
     * @param channel the channel
     * @return the number; the largest of one listener where each gets every message
     */
    public int waitingForKey(RegisteredChannel channel) {
        IntStream numbers = ofChannel(channel).stream().mapToInt(ListenerContainer::waitingForKey);
        return channel.definition().kind() == ChannelKind.BROADCAST
                ? numbers.max().orElse(0)
                : numbers.sum();
    }

    /** From now on a listener that is added starts at once. */
    void startNewOnes(Consumer<ListenerContainer> how) {
        setStarter(how);
    }

    /** From now on a listener that is added waits for the next start. */
    void startNoMore() {
        setStarter(null);
    }

    private void setStarter(@Nullable Consumer<ListenerContainer> how) {
        lock.lock();
        try {
            starter = how;
        } finally {
            lock.unlock();
        }
    }
}
