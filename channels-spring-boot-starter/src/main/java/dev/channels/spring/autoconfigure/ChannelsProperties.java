package dev.channels.spring.autoconfigure;

import dev.channels.Overflow;
import dev.channels.spring.transport.ChannelKind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application says about its channels and listeners.
 *
 * @param defaults what holds for every channel that does not say otherwise
 * @param definitions the channels, by name; each becomes a bean of that name
 * @param listeners single listeners, by id; what is said here wins over the annotation
 * @param listener what holds for all listeners together
 * @param transports settings of the transports, by the name of the transport; checked by the transport itself
 */
@ConfigurationProperties(prefix = "channels", ignoreUnknownFields = false)
public record ChannelsProperties(
        @DefaultValue Defaults defaults,
        @DefaultValue Map<String, Definition> definitions,
        @DefaultValue Map<String, Listener> listeners,
        @DefaultValue Listeners listener,
        @DefaultValue Map<String, Object> transports) {

    /**
     * What holds for every channel that does not say otherwise.
     *
     * @param capacity how many messages a channel holds: 0 for a rendezvous, a number, or "unbounded"
     * @param overflow what a send does when the channel is full
     * @param transport where the messages are
     * @param listener what holds for the listeners of the channel
     */
    public record Defaults(
            @DefaultValue("128") Capacity capacity,
            @DefaultValue("block") Overflow overflow,
            @DefaultValue("memory") String transport,
            @DefaultValue Listener listener) {}

    /**
     * One channel.
     *
     * @param kind what the channel does with a message
     * @param type the Java type of the messages, with type arguments if need be; without it the channel is found by name
     * @param capacity how many messages the channel holds: 0 for a rendezvous, a number, or "unbounded"
     * @param overflow what a send does when the channel is full
     * @param transport where the messages are
     * @param transportOptions what only the transport understands
     * @param listener what holds for the listeners of the channel
     */
    public record Definition(
            @DefaultValue("queue") ChannelKind kind,
            @Nullable String type,
            @Nullable Capacity capacity,
            @Nullable Overflow overflow,
            @Nullable String transport,
            @DefaultValue Map<String, Object> transportOptions,
            @DefaultValue Listener listener) {}

    /**
     * How listeners run.
     *
     * @param concurrency how many workers: a number, or a range such as 2-16
     * @param autoStartup whether the listener starts with the application
     * @param idleTimeout after how long without a message a worker above the minimum ends
     */
    public record Listener(
            @Nullable String concurrency,
            @Nullable Boolean autoStartup,
            @Nullable Duration idleTimeout) {}

    /**
     * What holds for all listeners together.
     *
     * @param keepAlive whether the JVM stays up while listeners run
     */
    public record Listeners(@DefaultValue("true") boolean keepAlive) {}
}
