package dev.channels.spring.registry;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.Sender;
import dev.channels.spring.ChannelRegistry;
import dev.channels.spring.DeadLetter;
import dev.channels.spring.transport.ChannelDefinition;
import dev.channels.spring.transport.ChannelTransport;
import dev.channels.spring.transport.MemoryQueue;
import dev.channels.spring.transport.MemoryTransport;
import dev.channels.spring.transport.TransportChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The channels of one application context, in the order in which they came. */
public final class DefaultChannelRegistry implements ChannelRegistry, DisposableBean {

    private final Map<String, ChannelTransport> transports = new LinkedHashMap<>();
    private final MemoryTransport memory;
    private final DeclaredChannels declarations;
    private final Map<String, RegisteredChannel> channels = new LinkedHashMap<>();
    private final List<ChannelRegistryListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ApplicationChannels applicationChannels;
    private final List<RegisteredChannel> removed = new ArrayList<>();
    private final Set<String> declared = new HashSet<>();
    private final EarlySends earlySends = new EarlySends(this);
    private boolean refusing;
    private boolean watching;
    private volatile boolean complete;

    /**
     * Creates an empty registry.
     *
     * @param beans where channels are found that nobody asked for yet
     * @param memory the transport of channels that are created here
     * @param others the other transports
     * @param declarations what the properties say of a channel
     */
    public DefaultChannelRegistry(
            ConfigurableListableBeanFactory beans,
            MemoryTransport memory,
            List<ChannelTransport> others,
            DeclaredChannels declarations) {
        this.applicationChannels = new ApplicationChannels(beans, this, declarations);
        this.memory = memory;
        this.declarations = declarations;
        transports.put(memory.name(), memory);
        for (ChannelTransport transport : others) {
            transports.put(transport.name(), transport);
        }
    }

    /**
     * Opens a declared channel.
     *
     * @param definition what it is to be
     * @return the open channel
     * @throws IllegalArgumentException if its transport is not there, or cannot be what is asked
     */
    public TransportChannel open(ChannelDefinition definition) {
        ChannelTransport transport = transports.get(definition.transport());
        if (transport == null) {
            throw new IllegalArgumentException("There is no transport '" + definition.transport() + "' for channel '"
                    + definition.name() + "'. "
                    + Suggestion.of(definition.transport(), transports.keySet(), "transports"));
        }
        TransportChannel channel = transport.open(definition);
        add(new RegisteredChannel(definition, channel));
        lock.lock();
        try {
            declared.add(definition.name());
        } finally {
            lock.unlock();
        }
        return channel;
    }

    /**
     * Makes a channel known.
     *
     * @param channel the channel
     * @throws IllegalArgumentException if there is one of that name
     */
    public void add(RegisteredChannel channel) {
        lock.lock();
        try {
            if (refusing) {
                throw new IllegalStateException(
                        "Channel '" + channel.name() + "' cannot be added: the application context closes");
            }
            if (channels.putIfAbsent(channel.name(), channel) != null) {
                throw new IllegalArgumentException("There is a channel '" + channel.name() + "' already");
            }
            if (!watching) {
                watching = true;
                earlySends.begin();
            }
        } finally {
            lock.unlock();
        }
        for (ChannelRegistryListener listener : listeners) {
            listener.added(channel);
        }
    }

    /** Makes a bean known, in place of the channel that was made for it if there was one: a spy is a copy of that. */
    void addInPlace(RegisteredChannel channel) {
        RegisteredChannel replaced;
        lock.lock();
        try {
            replaced = channels.remove(channel.name());
        } finally {
            lock.unlock();
        }
        if (replaced != null) {
            listeners.forEach(listener -> listener.removed(replaced));
        }
        add(channel);
    }

    /** Makes the registry complete: the context has started, and what is lazy or the application's own belongs to it. */
    public void complete() {
        applicationChannels.registerAll();
        complete = true;
    }

    /** From now on listeners take: who waits is served. */
    public void listenersStart() {
        earlySends.end();
    }

    @Override
    public void destroy() {
        earlySends.end();
    }

    /** Adds no more channels: the context closes. */
    public void refuseNew() {
        lock.lock();
        try {
            refusing = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells a listener of the channels that are there and of those to come.
     *
     * @param listener the listener
     */
    public void addListener(ChannelRegistryListener listener) {
        listeners.add(listener);
        for (RegisteredChannel channel : all()) {
            listener.added(channel);
        }
    }

    /**
     * All channels.
     *
     * @return a snapshot
     */
    public List<RegisteredChannel> all() {
        lock.lock();
        try {
            return new ArrayList<>(channels.values());
        } finally {
            lock.unlock();
        }
    }

    /**
     * The channels that were declared.
     *
     * @return a snapshot
     */
    public List<RegisteredChannel> declared() {
        lock.lock();
        try {
            List<RegisteredChannel> found = new ArrayList<>(channels.values());
            found.removeIf(channel -> !declared.contains(channel.name()));
            return found;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a channel of a name was declared, though it may be closed by now.
     *
     * @param name the name
     * @return whether it was
     */
    public boolean isDeclared(String name) {
        lock.lock();
        try {
            return declared.contains(name);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether there is a channel of a name.
     *
     * @param name the name
     * @return whether there is
     */
    public boolean contains(String name) {
        return find(name) != null;
    }

    /**
     * The channel of a name.
     *
     * @param name the name
     * @return the channel
     * @throws IllegalArgumentException if there is none; its message suggests another
     */
    public RegisteredChannel require(String name) {
        RegisteredChannel channel = find(name);
        if (channel == null) {
            throw new IllegalArgumentException(
                    "There is no channel '" + name + "'. " + Suggestion.of(name, names(), "channels"));
        }
        return channel;
    }

    private @Nullable RegisteredChannel find(String name) {
        RegisteredChannel channel = registered(name);
        if (channel == null && !complete) {
            // While the context starts it may be a bean that was not made yet.
            applicationChannels.register(name);
            channel = registered(name);
        }
        return channel;
    }

    /**
     * The channels that were closed here and still hold something, or have somebody who waits.
     *
     * @return a snapshot
     */
    public List<RegisteredChannel> removed() {
        lock.lock();
        try {
            removed.removeIf(channel -> channel.channel().backlog() == 0);
            return new ArrayList<>(removed);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable RegisteredChannel registered(String name) {
        lock.lock();
        try {
            return channels.get(name);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is registered already, maybe under another name. */
    @SuppressWarnings("ReferenceEquality")
    boolean containsBean(Object bean) {
        for (RegisteredChannel channel : all()) {
            if (channel.channel().bean() == bean) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Set<String> names() {
        lock.lock();
        try {
            return new LinkedHashSet<>(channels.keySet());
        } finally {
            lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Sender<T> sender(String name) {
        return (Sender<T>) require(name).channel().sender();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Channel<T> channel(String name) {
        if (require(name).channel().bean() instanceof Channel<?> channel) {
            return (Channel<T>) channel;
        }
        throw new IllegalArgumentException("Channel '" + name + "' is no queue in memory; "
                + switch (require(name).definition().kind()) {
                    case QUEUE, BROADCAST -> "ask for sender(\"" + name + "\")";
                    case WATCH -> "inject its Watch";
                    case REQUEST -> "inject its Requester";
                });
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Channel<T> create(String name, Consumer<Channel.Builder<T>> settings) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A channel's name must not be blank");
        }
        ChannelDefinition definition = declarations.withDefaults(name);
        MemoryQueue queue = memory.openQueue(
                definition, builder -> settings.accept((Channel.Builder<T>) (Channel.Builder<?>) builder));
        add(new RegisteredChannel(definition.withCapacity(queue.bean().capacity()), queue));
        return (Channel<T>) queue.bean();
    }

    @Override
    public boolean close(String name) {
        RegisteredChannel closed;
        lock.lock();
        try {
            closed = channels.remove(name);
            if (closed == null) {
                return false;
            }
            removed.removeIf(channel -> channel.channel().backlog() == 0);
            removed.add(closed);
        } finally {
            lock.unlock();
        }
        closed.channel().close();
        listeners.forEach(listener -> listener.removed(closed));
        return true;
    }

    @Override
    public boolean redeliver(DeadLetter<?> letter) {
        try {
            return sender(letter.channel()).trySend(letter.payload());
        } catch (ChannelClosedException closed) {
            return false;
        }
    }
}
