package dev.channels.spring.autoconfigure;

import dev.channels.spring.autoconfigure.ChannelsProperties.Retry;
import dev.channels.spring.autoconfigure.PropertiesListenerSettings.Setting;
import dev.channels.spring.listener.FailureSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.retry.RetryPolicySettings;
import org.springframework.core.retry.RetryPolicy;

/** What the properties say about a listener's failures. Each key of a retry is looked up by itself. */
final class FailureProperties {

    private static final Duration DEAD_LETTER_TIMEOUT = Duration.ofSeconds(1);
    private static final String A_TIME = "write a time such as 100ms";

    private final PropertiesListenerSettings settings;
    private final Supplier<@Nullable RetryPolicy> policyBean;

    FailureProperties(PropertiesListenerSettings settings, Supplier<@Nullable RetryPolicy> policyBean) {
        this.settings = settings;
        this.policyBean = policyBean;
    }

    FailureSettings of(String id, String channel) {
        Duration timeout = settings.own(id, ChannelsProperties.Listener::deadLetterTimeout)
                .or(() -> settings.shared(channel, ChannelsProperties.Listener::deadLetterTimeout))
                .map(setting -> check("dead-letter-timeout", setting, FailureProperties::isNoLessThanZero, A_TIME))
                .orElse(DEAD_LETTER_TIMEOUT);
        return new FailureSettings(retryPolicy(id, channel), timeout);
    }

    private @Nullable RetryPolicy retryPolicy(String id, String channel) {
        Optional<Setting<Long>> maxRetries = find(id, channel, Retry::maxRetries);
        Optional<Setting<Duration>> delay = find(id, channel, Retry::delay);
        Optional<Setting<Double>> multiplier = find(id, channel, Retry::multiplier);
        Optional<Setting<Duration>> jitter = find(id, channel, Retry::jitter);
        Optional<Setting<Duration>> maxDelay = find(id, channel, Retry::maxDelay);
        if (maxRetries.isEmpty() && delay.isEmpty() && multiplier.isEmpty() && jitter.isEmpty() && maxDelay.isEmpty()) {
            return policyBean.get();
        }
        RetryPolicySettings retry = new RetryPolicySettings();
        maxRetries.ifPresent(setting -> retry.setMaxRetries(check(
                "retry.max-retries", setting, value -> value >= 0, "write 0 for no retry, or a number from 1 on")));
        delay.ifPresent(
                setting -> retry.setDelay(check("retry.delay", setting, FailureProperties::isNoLessThanZero, A_TIME)));
        multiplier.ifPresent(setting ->
                retry.setMultiplier(check("retry.multiplier", setting, value -> value >= 1, "write 1 or more")));
        jitter.ifPresent(setting ->
                retry.setJitter(check("retry.jitter", setting, FailureProperties::isNoLessThanZero, A_TIME)));
        maxDelay.ifPresent(setting -> retry.setMaxDelay(check(
                "retry.max-delay",
                setting,
                value -> value.compareTo(Duration.ZERO) > 0 && value.compareTo(retry.getDelay()) >= 0,
                "write at least the delay, which is " + retry.getDelay())));
        return retry.getMaxRetries() == 0 ? null : retry.createRetryPolicy();
    }

    private <V> Optional<Setting<V>> find(String id, String channel, Function<Retry, @Nullable V> key) {
        return settings.own(id, listener -> key.apply(listener.retry()))
                .or(() -> settings.shared(channel, listener -> key.apply(listener.retry())));
    }

    private static <V> V check(String key, Setting<V> setting, Predicate<V> rule, String advice) {
        if (!rule.test(setting.value())) {
            throw new IllegalArgumentException(
                    key + " is " + setting.value() + "; " + advice + " (" + key + " of " + setting.source() + ")");
        }
        return setting.value();
    }

    private static boolean isNoLessThanZero(Duration time) {
        return !time.isNegative();
    }
}
