package dev.channels.spring.autoconfigure;

import dev.channels.spring.autoconfigure.ListenerLevels.Setting;
import dev.channels.spring.listener.BatchSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** What the annotation and the properties say about a listener's batches. */
final class BatchProperties {

    private static final int SIZE = 100;
    private static final String ANNOTATION = "@ChannelListener";

    private BatchProperties() {}

    static BatchSettings of(ListenerLevels levels, @Nullable String declaredSize, @Nullable String declaredLinger) {
        Integer ownSize = levels.own().getBatchSize();
        Duration ownLinger = levels.own().getLinger();
        Integer annotatedSize = ownSize == null && declaredSize != null ? parseSize(declaredSize) : null;
        Duration annotatedLinger = ownLinger == null && declaredLinger != null ? parseLinger(declaredLinger) : null;
        Integer channelSize = levels.channel().getBatchSize();
        Setting<Integer> size =
                levels.first(ownSize, annotatedSize, channelSize, levels.all().getBatchSize());
        Setting<Duration> linger = levels.first(
                ownLinger,
                annotatedLinger,
                levels.channel().getLinger(),
                levels.all().getLinger());
        if (size != null && size.value() < 1) {
            throw unusableSize(size);
        }
        if (linger != null && linger.value().isNegative()) {
            throw unusableLinger(linger);
        }
        return new BatchSettings(
                Setting.valueOf(size, SIZE),
                Setting.valueOf(linger, Duration.ZERO),
                ownSize != null || annotatedSize != null || channelSize != null,
                own(
                        levels.first(ownSize, annotatedSize, null, null),
                        levels.first(ownLinger, annotatedLinger, null, null)));
    }

    /** What is said of batches for this listener alone, for people. */
    private static @Nullable String own(@Nullable Setting<Integer> size, @Nullable Setting<Duration> linger) {
        if (size != null) {
            return "batch-size of " + size.source();
        }
        return linger == null ? null : "linger of " + linger.source();
    }

    private static Integer parseSize(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException notANumber) {
            throw unusableSize(new Setting<>(text, ANNOTATION));
        }
    }

    private static Duration parseLinger(String text) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException unreadable) {
            throw unusableLinger(new Setting<>(text, ANNOTATION));
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
