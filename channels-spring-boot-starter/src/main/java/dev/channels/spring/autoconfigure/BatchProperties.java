package dev.channels.spring.autoconfigure;

import dev.channels.spring.autoconfigure.PropertiesListenerSettings.Setting;
import dev.channels.spring.listener.BatchSettings;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.convert.DurationStyle;

/** What the annotation and the properties say about a listener's batches. */
final class BatchProperties {

    private static final int SIZE = 100;

    private final PropertiesListenerSettings settings;

    BatchProperties(PropertiesListenerSettings settings) {
        this.settings = settings;
    }

    BatchSettings of(String id, String channel, String declaredSize, String declaredLinger) {
        Optional<Setting<Integer>> ownSize = settings.own(id, ChannelsProperties.Listener::batchSize)
                .or(() -> PropertiesListenerSettings.declared(declaredSize)
                        .map(setting -> setting.as(parseSize(setting))));
        Optional<Setting<Duration>> ownLinger = settings.own(id, ChannelsProperties.Listener::linger)
                .or(() -> PropertiesListenerSettings.declared(declaredLinger)
                        .map(setting -> setting.as(parseLinger(setting))));
        Optional<Setting<Integer>> size =
                ownSize.or(() -> settings.shared(channel, ChannelsProperties.Listener::batchSize));
        Optional<Setting<Duration>> linger =
                ownLinger.or(() -> settings.shared(channel, ChannelsProperties.Listener::linger));
        size.filter(setting -> setting.value() < 1).ifPresent(setting -> {
            throw unusableSize(setting);
        });
        linger.filter(setting -> setting.value().isNegative()).ifPresent(setting -> {
            throw unusableLinger(setting);
        });
        boolean requested = ownSize.isPresent()
                || settings.ofChannel(channel, ChannelsProperties.Listener::batchSize)
                        .isPresent();
        Optional<String> own = ownSize.map(setting -> "batch-size of " + setting.source())
                .or(() -> ownLinger.map(setting -> "linger of " + setting.source()));
        return new BatchSettings(
                size.map(Setting::value).orElse(SIZE),
                linger.map(Setting::value).orElse(Duration.ZERO),
                requested,
                own.orElse(null));
    }

    private static Integer parseSize(Setting<String> setting) {
        try {
            return Integer.valueOf(setting.value());
        } catch (NumberFormatException notANumber) {
            throw unusableSize(setting);
        }
    }

    private static Duration parseLinger(Setting<String> setting) {
        try {
            return DurationStyle.detectAndParse(setting.value());
        } catch (IllegalArgumentException unreadable) {
            throw unusableLinger(setting);
        }
    }

    private static IllegalArgumentException unusableSize(Setting<?> setting) {
        return new IllegalArgumentException("batch-size is " + setting.value()
                + "; write a number from 1 on (batch-size of " + setting.source() + ")");
    }

    private static IllegalArgumentException unusableLinger(Setting<?> setting) {
        return new IllegalArgumentException(
                "linger is " + setting.value() + "; write a time such as 50ms (linger of " + setting.source() + ")");
    }
}
