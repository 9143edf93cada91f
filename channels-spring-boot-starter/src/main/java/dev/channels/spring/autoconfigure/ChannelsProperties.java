package dev.channels.spring.autoconfigure;

import dev.channels.Overflow;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.transport.ChannelKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an application says about its channels and listeners.
 *
 * <p>Setters, because they are called one like the other: the JVM makes classes for each number of arguments that a
 * constructor is called with by reflection, some fifty for records of these.
 */
@ConfigurationProperties(prefix = "channels", ignoreUnknownFields = false)
final class ChannelsProperties {

    /** What holds for every channel that does not say otherwise. */
    private Defaults defaults = new Defaults();

    /** The channels, by name; each becomes a bean of that name. */
    private Map<String, Definition> definitions = new LinkedHashMap<>();

    /** Single listeners, by id; what is said here wins over the annotation. */
    private Map<String, Listener> listeners = new LinkedHashMap<>();

    /** What holds for all listeners together. */
    private Listeners listener = new Listeners();

    /** Settings of the transports, by the name of the transport; checked by the transport itself. */
    private Map<String, Object> transports = new LinkedHashMap<>();

    public Defaults getDefaults() {
        return defaults;
    }

    public void setDefaults(Defaults defaults) {
        this.defaults = defaults;
    }

    public Map<String, Definition> getDefinitions() {
        return definitions;
    }

    public void setDefinitions(Map<String, Definition> definitions) {
        this.definitions = PropertyNames.withoutTwins(definitions);
    }

    public Map<String, Listener> getListeners() {
        return listeners;
    }

    public void setListeners(Map<String, Listener> listeners) {
        this.listeners = PropertyNames.withoutTwins(listeners);
    }

    public Listeners getListener() {
        return listener;
    }

    public void setListener(Listeners listener) {
        this.listener = listener;
    }

    public Map<String, Object> getTransports() {
        return transports;
    }

    public void setTransports(Map<String, Object> transports) {
        this.transports = transports;
    }

    /** What holds for every channel that does not say otherwise. */
    static final class Defaults {

        /** How many messages a channel holds: 0 for a rendezvous, a number, or "unbounded". */
        private Capacity capacity = new Capacity(128);

        /** What a send does when the channel is full. */
        private Overflow overflow = Overflow.BLOCK;

        /** How long a send waits at most; then it fails with a ChannelFullException. */
        private @Nullable Duration sendTimeout;

        /** How long a request waits at most if it is not given a time. */
        private @Nullable Duration requestTimeout;

        /** Where the messages are. */
        private String transport = "memory";

        /** Whether the time is measured from the send of a message to its receipt. */
        private boolean timeInQueue;

        /** What holds for the listeners of the channel. */
        private Listener listener = new Listener();

        public Capacity getCapacity() {
            return capacity;
        }

        public void setCapacity(Capacity capacity) {
            this.capacity = capacity;
        }

        public Overflow getOverflow() {
            return overflow;
        }

        public void setOverflow(Overflow overflow) {
            this.overflow = overflow;
        }

        public @Nullable Duration getSendTimeout() {
            return sendTimeout;
        }

        public void setSendTimeout(@Nullable Duration sendTimeout) {
            this.sendTimeout = sendTimeout;
        }

        public @Nullable Duration getRequestTimeout() {
            return requestTimeout;
        }

        public void setRequestTimeout(@Nullable Duration requestTimeout) {
            this.requestTimeout = requestTimeout;
        }

        public String getTransport() {
            return transport;
        }

        public void setTransport(String transport) {
            this.transport = transport;
        }

        public boolean isTimeInQueue() {
            return timeInQueue;
        }

        public void setTimeInQueue(boolean timeInQueue) {
            this.timeInQueue = timeInQueue;
        }

        public Listener getListener() {
            return listener;
        }

        public void setListener(Listener listener) {
            this.listener = listener;
        }
    }

    /** One channel. */
    static final class Definition {

        /** What the channel does with a message. */
        private ChannelKind kind = ChannelKind.QUEUE;

        /** The Java type of the messages, with type arguments if need be; without it the channel is found by name. For a request channel it is the type of the questions. */
        private @Nullable String type;

        /** The Java type of a request channel's answers. */
        private @Nullable String replyType;

        /** How many messages the channel holds: 0 for a rendezvous, a number, or "unbounded". */
        private @Nullable Capacity capacity;

        /** What a send does when the channel is full. */
        private @Nullable Overflow overflow;

        /** How long a send waits at most; then it fails with a ChannelFullException. */
        private @Nullable Duration sendTimeout;

        /** How long a request waits at most if it is not given a time. */
        private @Nullable Duration requestTimeout;

        /** Where the messages are. */
        private @Nullable String transport;

        /** What only the transport understands. */
        private Map<String, Object> transportOptions = new LinkedHashMap<>();

        /** The channel that gets what the listeners of this one give up. */
        private @Nullable String deadLetter;

        /** Whether the time is measured from the send of a message to its receipt. */
        private @Nullable Boolean timeInQueue;

        /** What holds for the listeners of the channel. */
        private Listener listener = new Listener();

        public ChannelKind getKind() {
            return kind;
        }

        public void setKind(ChannelKind kind) {
            this.kind = kind;
        }

        public @Nullable String getType() {
            return type;
        }

        public void setType(@Nullable String type) {
            this.type = type;
        }

        public @Nullable String getReplyType() {
            return replyType;
        }

        public void setReplyType(@Nullable String replyType) {
            this.replyType = replyType;
        }

        public @Nullable Capacity getCapacity() {
            return capacity;
        }

        public void setCapacity(@Nullable Capacity capacity) {
            this.capacity = capacity;
        }

        public @Nullable Overflow getOverflow() {
            return overflow;
        }

        public void setOverflow(@Nullable Overflow overflow) {
            this.overflow = overflow;
        }

        public @Nullable Duration getSendTimeout() {
            return sendTimeout;
        }

        public void setSendTimeout(@Nullable Duration sendTimeout) {
            this.sendTimeout = sendTimeout;
        }

        public @Nullable Duration getRequestTimeout() {
            return requestTimeout;
        }

        public void setRequestTimeout(@Nullable Duration requestTimeout) {
            this.requestTimeout = requestTimeout;
        }

        public @Nullable String getTransport() {
            return transport;
        }

        public void setTransport(@Nullable String transport) {
            this.transport = transport;
        }

        public Map<String, Object> getTransportOptions() {
            return transportOptions;
        }

        public void setTransportOptions(Map<String, Object> transportOptions) {
            this.transportOptions = transportOptions;
        }

        public @Nullable String getDeadLetter() {
            return deadLetter;
        }

        public void setDeadLetter(@Nullable String deadLetter) {
            this.deadLetter = deadLetter;
        }

        public @Nullable Boolean getTimeInQueue() {
            return timeInQueue;
        }

        public void setTimeInQueue(@Nullable Boolean timeInQueue) {
            this.timeInQueue = timeInQueue;
        }

        public Listener getListener() {
            return listener;
        }

        public void setListener(Listener listener) {
            this.listener = listener;
        }
    }

    /** How listeners run. */
    static final class Listener {

        /** How many workers: a number, or a range such as 2-16. */
        private @Nullable String concurrency;

        /** Whether the listener starts with the application. */
        private @Nullable Boolean autoStartup;

        /** After how long without a message a worker above the minimum ends. */
        private @Nullable Duration idleTimeout;

        /** How many messages a batch has at most; 100 unless set. */
        private @Nullable Integer batchSize;

        /** How long a batch waits for more after its first message; not at all unless set. */
        private @Nullable Duration linger;

        /** How long a worker waits for room in the dead-letter channel; 1s unless set. */
        private @Nullable Duration deadLetterTimeout;

        /** How often a message is tried again; not at all unless one of these keys is set. */
        private Retry retry = new Retry();

        /** How many messages may wait for their key; by default four for each worker. */
        private @Nullable Integer keyBuffer;

        public @Nullable String getConcurrency() {
            return concurrency;
        }

        public void setConcurrency(@Nullable String concurrency) {
            this.concurrency = concurrency;
        }

        public @Nullable Boolean getAutoStartup() {
            return autoStartup;
        }

        public void setAutoStartup(@Nullable Boolean autoStartup) {
            this.autoStartup = autoStartup;
        }

        public @Nullable Duration getIdleTimeout() {
            return idleTimeout;
        }

        public void setIdleTimeout(@Nullable Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
        }

        public @Nullable Integer getBatchSize() {
            return batchSize;
        }

        public void setBatchSize(@Nullable Integer batchSize) {
            this.batchSize = batchSize;
        }

        public @Nullable Duration getLinger() {
            return linger;
        }

        public void setLinger(@Nullable Duration linger) {
            this.linger = linger;
        }

        public @Nullable Duration getDeadLetterTimeout() {
            return deadLetterTimeout;
        }

        public void setDeadLetterTimeout(@Nullable Duration deadLetterTimeout) {
            this.deadLetterTimeout = deadLetterTimeout;
        }

        public Retry getRetry() {
            return retry;
        }

        public void setRetry(Retry retry) {
            this.retry = retry;
        }

        public @Nullable Integer getKeyBuffer() {
            return keyBuffer;
        }

        public void setKeyBuffer(@Nullable Integer keyBuffer) {
            this.keyBuffer = keyBuffer;
        }
    }

    /** How often and when a message is tried again that its listener failed on. */
    static final class Retry {

        /** How many calls there are after the first; 3 unless set, 0 for none. */
        private @Nullable Long maxRetries;

        /** How long the first retry waits; 1s unless set. */
        private @Nullable Duration delay;

        /** By what the delay grows from one retry to the next; 1 unless set. */
        private @Nullable Double multiplier;

        /** What is added to a delay or taken away from it at random; nothing unless set. */
        private @Nullable Duration jitter;

        /** The longest delay; no limit unless set. */
        private @Nullable Duration maxDelay;

        public @Nullable Long getMaxRetries() {
            return maxRetries;
        }

        public void setMaxRetries(@Nullable Long maxRetries) {
            this.maxRetries = maxRetries;
        }

        public @Nullable Duration getDelay() {
            return delay;
        }

        public void setDelay(@Nullable Duration delay) {
            this.delay = delay;
        }

        public @Nullable Double getMultiplier() {
            return multiplier;
        }

        public void setMultiplier(@Nullable Double multiplier) {
            this.multiplier = multiplier;
        }

        public @Nullable Duration getJitter() {
            return jitter;
        }

        public void setJitter(@Nullable Duration jitter) {
            this.jitter = jitter;
        }

        public @Nullable Duration getMaxDelay() {
            return maxDelay;
        }

        public void setMaxDelay(@Nullable Duration maxDelay) {
            this.maxDelay = maxDelay;
        }
    }

    /** What holds for all listeners together. */
    static final class Listeners {

        /** Whether the JVM stays up while listeners run. */
        private boolean keepAlive = true;

        /** Whether each message that is handled is an Observation. */
        private boolean observationEnabled;

        /** Whether listeners run in the context of the sender; by default if observations are enabled or there is a bean ContextSnapshotFactory. */
        private @Nullable Boolean contextPropagation;

        public boolean isKeepAlive() {
            return keepAlive;
        }

        public void setKeepAlive(boolean keepAlive) {
            this.keepAlive = keepAlive;
        }

        public boolean isObservationEnabled() {
            return observationEnabled;
        }

        public void setObservationEnabled(boolean observationEnabled) {
            this.observationEnabled = observationEnabled;
        }

        public @Nullable Boolean getContextPropagation() {
            return contextPropagation;
        }

        public void setContextPropagation(@Nullable Boolean contextPropagation) {
            this.contextPropagation = contextPropagation;
        }
    }
}
