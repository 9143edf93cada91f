package dev.channels.spring.autoconfigure;

import dev.channels.spring.listener.Concurrency;
import dev.channels.spring.listener.ListenerSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Finds what holds for a listener: {@code channels.listeners.<id>}, then the annotation, then its channel's definition,
 * then {@code channels.defaults}.
 */
final class PropertiesListenerSettings implements ListenerSettings {

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

    private final ChannelsProperties properties;

    PropertiesListenerSettings(ChannelsProperties properties) {
        this.properties = properties;
    }

    @Override
    public Concurrency concurrency(String id, String channel, String declared) {
        Setting<String> setting =
                find(id, channel, declared, Function.identity(), ChannelsProperties.Listener::concurrency, "1");
        try {
            return Concurrency.parse(setting.value());
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage() + " (" + setting.where("concurrency") + ")");
        }
    }

    @Override
    public boolean autoStartup(String id, String channel, String declared) {
        return find(
                        id,
                        channel,
                        declared,
                        PropertiesListenerSettings::parseBoolean,
                        ChannelsProperties.Listener::autoStartup,
                        true)
                .value();
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
        return find(id, channel, "", Duration::parse, ChannelsProperties.Listener::idleTimeout, IDLE_TIMEOUT)
                .value();
    }

    @Override
    public Set<String> configuredIds() {
        return properties.listeners().keySet();
    }

    private <V> Setting<V> find(
            String id,
            String channel,
            String declared,
            Function<String, V> parse,
            Function<ChannelsProperties.Listener, @Nullable V> key,
            V otherwise) {
        ChannelsProperties.Listener own = properties.listeners().get(id);
        V value = own == null ? null : key.apply(own);
        if (value != null) {
            return new Setting<>(value, "channels.listeners." + id);
        }
        if (StringUtils.hasText(declared)) {
            return new Setting<>(parse.apply(declared), "");
        }
        for (Map.Entry<String, ChannelsProperties.Listener> shared :
                sharedBy(channel).entrySet()) {
            value = key.apply(shared.getValue());
            if (value != null) {
                return new Setting<>(value, shared.getKey());
            }
        }
        return new Setting<>(otherwise, "");
    }

    private Map<String, ChannelsProperties.Listener> sharedBy(String channel) {
        Map<String, ChannelsProperties.Listener> shared = new LinkedHashMap<>();
        ChannelsProperties.Definition definition = properties.definitions().get(channel);
        if (definition != null) {
            shared.put("channels.definitions." + channel + ".listener", definition.listener());
        }
        shared.put("channels.defaults.listener", properties.defaults().listener());
        return shared;
    }

    /** A value, and the properties it comes from; an empty text if it is the annotation's or the default. */
    private record Setting<V>(V value, String source) {

        String where(String key) {
            return source.isEmpty() ? key + " of @ChannelListener" : "property '" + source + "." + key + "'";
        }
    }
}
