package dev.channels.spring;

import java.util.Set;
import java.util.function.Consumer;

/** All listeners of the application context. */
public interface ChannelListenerRegistry {

    /**
     * The ids of all listeners.
     *
     * @return a snapshot
     */
    Set<String> ids();

    /**
     * The container that runs a listener.
     *
     * @param id the listener's id
     * @return its container
     * @throws IllegalArgumentException if there is no such listener
     */
    ChannelListenerContainer container(String id);

    /**
     * Adds a listener without an annotation. It starts at once if the context has started its listeners, else with
     * them.
     *
     * <p>Properties under {@code channels.listeners} must speak of listeners that are there when the context starts
     * them, so they can apply to this one only if it is added before, from a constructor or {@code @PostConstruct}.
     *
     * <p>On a request channel it is called with each {@link dev.channels.Request} and answers through it; what it throws
     * fails the request.
     *
     * @param id the listener's id
     * @param channel the channel's name
     * @param listener what is called with each message
     * @param <T> the type of the messages; not checked
     * @return its container
     * @throws IllegalArgumentException if the id is taken, if there is no such channel, or if it is a request channel
     *     that has a listener
     */
    <T> ChannelListenerContainer register(String id, String channel, Consumer<? super T> listener);
}
