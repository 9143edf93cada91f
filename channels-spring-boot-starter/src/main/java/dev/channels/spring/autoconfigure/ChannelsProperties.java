package dev.channels.spring.autoconfigure;

import dev.channels.Overflow;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.transport.ChannelKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application says about its channels and listeners.
 *
 * @param defaults What holds for every channel that does not say otherwise.
 * @param definitions The channels, by name; each becomes a bean of that name.
 * @param listeners Single listeners, by id; what is said here wins over the annotation.
 * @param listener What holds for all listeners together.
 * @param transports Settings of the transports, by the name of the transport; checked by the transport itself.
 */
@ConfigurationProperties(prefix = "channels", ignoreUnknownFields = false)
public record ChannelsProperties(
        @DefaultValue Defaults defaults,
        @DefaultValue Map<String, Definition> definitions,
        @DefaultValue Map<String, Listener> listeners,
        @DefaultValue Listeners listener,
        @DefaultValue Map<String, Object> transports) {

    /** Leaves out what environment variables only seem to declare. */
    public ChannelsProperties {
        definitions = withoutTwins(definitions);
        listeners = withoutTwins(listeners);
    }

    /**
     * An environment variable for {@code order-audit} comes as {@code orderaudit} too, because it can write neither
     * hyphens nor capitals. Its value is bound to the full name already.
     */
    private static <V> Map<String, V> withoutTwins(Map<String, V> byName) {
        Map<String, V> kept = new LinkedHashMap<>();
        byName.forEach((name, value) -> {
            boolean twin = byName.keySet().stream()
                    .anyMatch(other -> !other.equals(name) && name.equals(PropertyNames.uniform(other)));
            if (!twin) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    /**
     * Whether time in queue is measured on a channel.
     *
     * @param channel the channel's name
     * @return what its definition says, or else the default
     */
    boolean isTimeInQueueMeasured(String channel) {
        Definition definition = definitions.get(channel);
        Boolean own = definition == null ? null : definition.timeInQueue();
        return own == null ? defaults.timeInQueue() : own;
    }

    /**
     * What holds for every channel that does not say otherwise.
     *
     * @param capacity How many messages a channel holds: 0 for a rendezvous, a number, or "unbounded".
     * @param overflow What a send does when the channel is full.
     * @param sendTimeout How long a send waits at most; then it fails with a ChannelFullException.
     * @param requestTimeout How long a request waits at most if it is not given a time.
     * @param transport Where the messages are.
     * @param timeInQueue Whether the time is measured from the send of a message to its receipt.
     * @param listener What holds for the listeners of the channel.
     */
    public record Defaults(
            @DefaultValue("128") Capacity capacity,
            @DefaultValue("block") Overflow overflow,
            @Nullable Duration sendTimeout,
            @Nullable Duration requestTimeout,
            @DefaultValue("memory") String transport,
            @DefaultValue("false") boolean timeInQueue,
            @DefaultValue Listener listener) {}

    /**
     * One channel.
     *
     * @param kind What the channel does with a message.
     * @param type The Java type of the messages, with type arguments if need be; without it the channel is found by name.
     *     For a request channel it is the type of the questions.
     * @param replyType The Java type of a request channel's answers.
     * @param capacity How many messages the channel holds: 0 for a rendezvous, a number, or "unbounded".
     * @param overflow What a send does when the channel is full.
     * @param sendTimeout How long a send waits at most; then it fails with a ChannelFullException.
     * @param requestTimeout How long a request waits at most if it is not given a time.
     * @param transport Where the messages are.
     * @param transportOptions What only the transport understands.
     * @param deadLetter The channel that gets what the listeners of this one give up.
     * @param timeInQueue Whether the time is measured from the send of a message to its receipt.
     * @param listener What holds for the listeners of the channel.
     */
    public record Definition(
            @DefaultValue("queue") ChannelKind kind,
            @Nullable String type,
            @Nullable String replyType,
            @Nullable Capacity capacity,
            @Nullable Overflow overflow,
            @Nullable Duration sendTimeout,
            @Nullable Duration requestTimeout,
            @Nullable String transport,
            @DefaultValue Map<String, Object> transportOptions,
            @Nullable String deadLetter,
            @Nullable Boolean timeInQueue,
            @DefaultValue Listener listener) {}

    /**
     * How listeners run.
     *
     * @param concurrency How many workers: a number, or a range such as 2-16.
     * @param autoStartup Whether the listener starts with the application.
     * @param idleTimeout After how long without a message a worker above the minimum ends.
     * @param batchSize How many messages a batch has at most; 100 unless set.
     * @param linger How long a batch waits for more after its first message; not at all unless set.
     * @param deadLetterTimeout How long a worker waits for room in the dead-letter channel; 1s unless set.
     * @param retry How often a message is tried again; not at all unless one of these keys is set.
     * @param keyBuffer How many messages may wait for their key; by default four for each worker.
     */
    public record Listener(
            @Nullable String concurrency,
            @Nullable Boolean autoStartup,
            @Nullable Duration idleTimeout,
            @Nullable Integer batchSize,
            @Nullable Duration linger,
            @Nullable Duration deadLetterTimeout,
            @DefaultValue Retry retry,
            @Nullable Integer keyBuffer) {}

    /**
     * How often and when a message is tried again that its listener failed on.
     *
     * @param maxRetries How many calls there are after the first; 3 unless set, 0 for none.
     * @param delay How long the first retry waits; 1s unless set.
     * @param multiplier By what the delay grows from one retry to the next; 1 unless set.
     * @param jitter What is added to a delay or taken away from it at random; nothing unless set.
     * @param maxDelay The longest delay; no limit unless set.
     */
    public record Retry(
            @Nullable Long maxRetries,
            @Nullable Duration delay,
            @Nullable Double multiplier,
            @Nullable Duration jitter,
            @Nullable Duration maxDelay) {}

    /**
     * What holds for all listeners together.
     *
     * @param keepAlive Whether the JVM stays up while listeners run.
     * @param observationEnabled Whether each message that is handled is an Observation.
     * @param contextPropagation Whether listeners run in the context of the sender; by default if observations are enabled
     *     or there is a bean ContextSnapshotFactory.
     */
    public record Listeners(
            @DefaultValue("true") boolean keepAlive,
            @DefaultValue("false") boolean observationEnabled,
            @Nullable Boolean contextPropagation) {}
}
