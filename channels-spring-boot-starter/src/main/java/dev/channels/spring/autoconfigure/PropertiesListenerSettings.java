package dev.channels.spring.autoconfigure;

import dev.channels.spring.autoconfigure.ListenerLevels.Setting;
import dev.channels.spring.listener.BatchSettings;
import dev.channels.spring.listener.Concurrency;
import dev.channels.spring.listener.FailureSettings;
import dev.channels.spring.listener.ListenerSettings;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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

    PropertiesListenerSettings(ChannelsProperties properties, ObjectProvider<RetryPolicy> policyBean) {
        this.properties = properties;
        this.failures = new FailureProperties(policyBean);
    }

    @Override
    public Concurrency concurrency(String id, String channel, String declared) {
        ListenerLevels levels = levels(id, channel);
        Setting<String> setting = levels.first(
                levels.own().getConcurrency(),
                textOf(declared),
                levels.channel().getConcurrency(),
                levels.all().getConcurrency());
        return parse(setting == null ? ONE_WORKER : setting);
    }

    @Override
    public Concurrency single(String id, String channel, String declared) {
        ListenerLevels levels = levels(id, channel);
        Setting<String> said = levels.first(
                levels.own().getConcurrency(),
                textOf(declared),
                levels.channel().getConcurrency(),
                null);
        Setting<String> setting = said == null ? ONE_WORKER : said;
        Concurrency concurrency = parse(setting);
        if (concurrency.max() > 1) {
            throw new IllegalArgumentException("A watch has one value, so its listener has one worker, not "
                    + setting.value() + " (concurrency of " + setting.source() + ")");
        }
        return concurrency;
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
        ListenerLevels levels = levels(id, channel);
        Boolean own = levels.own().getAutoStartup();
        return Setting.valueOf(
                levels.first(
                        own,
                        own == null ? parseBoolean(textOf(declared)) : null,
                        levels.channel().getAutoStartup(),
                        levels.all().getAutoStartup()),
                true);
    }

    private static @Nullable Boolean parseBoolean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("autoStartup is '" + text + "'; write true or false");
        };
    }

    @Override
    public Duration idleTimeout(String id, String channel) {
        ListenerLevels levels = levels(id, channel);
        return Setting.valueOf(
                levels.first(
                        levels.own().getIdleTimeout(),
                        levels.channel().getIdleTimeout(),
                        levels.all().getIdleTimeout()),
                IDLE_TIMEOUT);
    }

    @Override
    public FailureSettings failure(String id, String channel) {
        return failures.of(levels(id, channel));
    }

    @Override
    public BatchSettings batch(String id, String channel, String declaredSize, String declaredLinger) {
        return BatchProperties.of(levels(id, channel), textOf(declaredSize), textOf(declaredLinger));
    }

    @Override
    public @Nullable Integer keyBuffer(String id, String channel) {
        ListenerLevels levels = levels(id, channel);
        Setting<Integer> size = levels.first(
                levels.own().getKeyBuffer(),
                levels.channel().getKeyBuffer(),
                levels.all().getKeyBuffer());
        if (size == null) {
            return null;
        }
        if (size.value() < 1) {
            throw new IllegalArgumentException("'" + size.value()
                    + "' is no size of a key buffer; write a number from 1 on (key-buffer of " + size.source() + ")");
        }
        return size.value();
    }

    @Override
    public Set<String> configuredIds() {
        return properties.getListeners().keySet();
    }

    @Override
    public boolean keepAlive() {
        return properties.getListener().isKeepAlive();
    }

    private ListenerLevels levels(String id, String channel) {
        return ListenerLevels.of(id, channel, properties);
    }

    private static @Nullable String textOf(String attribute) {
        return StringUtils.hasText(attribute) ? attribute : null;
    }
}
