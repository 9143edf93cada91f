package dev.channels.spring.autoconfigure;

import dev.channels.spring.listener.BatchSettings;
import dev.channels.spring.listener.Concurrency;
import dev.channels.spring.listener.FailureSettings;
import dev.channels.spring.listener.ListenerSettings;
import dev.channels.spring.registry.PropertyNames;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.StringUtils;

/**
 * Finds what holds for a listener: {@code channels.listeners.<id>}, then the annotation, then its channel's definition,
 * then {@code channels.defaults}.
 */
final class PropertiesListenerSettings implements ListenerSettings {

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);
    private static final Setting<String> ONE_WORKER = new Setting<>("1", "the default");

    private final ChannelsProperties properties;
    private final FailureProperties failures;
    private final BatchProperties batches;

    PropertiesListenerSettings(ChannelsProperties properties, Supplier<@Nullable RetryPolicy> policyBean) {
        this.properties = properties;
        this.failures = new FailureProperties(this, policyBean);
        this.batches = new BatchProperties(this);
    }

    @Override
    public Concurrency concurrency(String id, String channel, String declared) {
        return parse(own(id, ChannelsProperties.Listener::concurrency)
                .or(() -> declared(declared))
                .or(() -> shared(channel, ChannelsProperties.Listener::concurrency))
                .orElse(ONE_WORKER));
    }

    @Override
    public Concurrency single(String id, String channel, String declared) {
        Setting<String> setting = own(id, ChannelsProperties.Listener::concurrency)
                .or(() -> declared(declared))
                .or(() -> ofChannel(channel, ChannelsProperties.Listener::concurrency))
                .orElse(ONE_WORKER);
        Concurrency said = parse(setting);
        if (said.max() > 1) {
            throw new IllegalArgumentException("A watch has one value, so its listener has one worker, not "
                    + setting.value() + " (concurrency of " + setting.source() + ")");
        }
        return said;
    }

    private static Concurrency parse(Setting<String> setting) {
        try {
            return Concurrency.parse(setting.value());
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage() + " (concurrency of " + setting.source() + ")");
        }
    }

    @Override
    public boolean autoStartup(String id, String channel, String declared) {
        return own(id, ChannelsProperties.Listener::autoStartup)
                .or(() -> declared(declared).map(setting -> setting.as(parseBoolean(setting.value()))))
                .or(() -> shared(channel, ChannelsProperties.Listener::autoStartup))
                .map(Setting::value)
                .orElse(true);
    }

    private static boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("autoStartup is '" + text + "'; write true or false");
        };
    }

    @Override
    public Duration idleTimeout(String id, String channel) {
        return own(id, ChannelsProperties.Listener::idleTimeout)
                .or(() -> shared(channel, ChannelsProperties.Listener::idleTimeout))
                .map(Setting::value)
                .orElse(IDLE_TIMEOUT);
    }

    @Override
    public FailureSettings failure(String id, String channel) {
        return failures.of(id, channel);
    }

    @Override
    public BatchSettings batch(String id, String channel, String declaredSize, String declaredLinger) {
        return batches.of(id, channel, declaredSize, declaredLinger);
    }

    @Override
    public @Nullable Integer keyBuffer(String id, String channel) {
        Optional<Setting<Integer>> setting = own(id, ChannelsProperties.Listener::keyBuffer)
                .or(() -> shared(channel, ChannelsProperties.Listener::keyBuffer));
        setting.filter(size -> size.value() < 1).ifPresent(size -> {
            throw new IllegalArgumentException("'" + size.value()
                    + "' is no size of a key buffer; write a number from 1 on (key-buffer of " + size.source() + ")");
        });
        return setting.map(Setting::value).orElse(null);
    }

    @Override
    public Set<String> configuredIds() {
        return properties.listeners().keySet();
    }

    /** What is said for this listener alone. */
    <V> Optional<Setting<V>> own(String id, Function<ChannelsProperties.Listener, @Nullable V> key) {
        return properties.listeners().entrySet().stream()
                .filter(entry -> PropertyNames.areSame(entry.getKey(), id))
                .findFirst()
                .flatMap(entry -> setting(key.apply(entry.getValue()), PropertyNames.of("channels.listeners", id)));
    }

    static Optional<Setting<String>> declared(String attribute) {
        return StringUtils.hasText(attribute)
                ? Optional.of(new Setting<>(attribute, "@ChannelListener"))
                : Optional.empty();
    }

    /** What is said for all listeners of the channel, or else for all. */
    <V> Optional<Setting<V>> shared(String channel, Function<ChannelsProperties.Listener, @Nullable V> key) {
        return ofChannel(channel, key)
                .or(() -> setting(key.apply(properties.defaults().listener()), "channels.defaults.listener"));
    }

    <V> Optional<Setting<V>> ofChannel(String channel, Function<ChannelsProperties.Listener, @Nullable V> key) {
        ChannelsProperties.Definition definition = properties.definitions().get(channel);
        return definition == null
                ? Optional.empty()
                : setting(
                        key.apply(definition.listener()),
                        PropertyNames.of("channels.definitions", channel) + ".listener");
    }

    private static <V> Optional<Setting<V>> setting(@Nullable V value, String properties) {
        return value == null ? Optional.empty() : Optional.of(new Setting<>(value, "'" + properties + "'"));
    }

    /** A value, and where it was said. */
    record Setting<V>(V value, String source) {

        <W> Setting<W> as(W other) {
            return new Setting<>(other, source);
        }
    }
}
