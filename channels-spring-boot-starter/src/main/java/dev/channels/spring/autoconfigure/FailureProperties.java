package dev.channels.spring.autoconfigure;

import dev.channels.spring.autoconfigure.ChannelsProperties.Retry;
import dev.channels.spring.autoconfigure.ListenerLevels.Setting;
import dev.channels.spring.listener.FailureSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.retry.RetryPolicySettings;
import org.springframework.core.retry.RetryPolicy;

/** What the properties say about a listener's failures. Each key of a retry is looked up by itself. */
final class FailureProperties {

    private static final Duration DEAD_LETTER_TIMEOUT = Duration.ofSeconds(1);
    private static final String A_TIME = "write a time such as 100ms";

    private final ObjectProvider<RetryPolicy> policyBean;

    FailureProperties(ObjectProvider<RetryPolicy> policyBean) {
        this.policyBean = policyBean;
    }

    FailureSettings of(ListenerLevels levels) {
        Setting<Duration> timeout = levels.first(
                levels.own().getDeadLetterTimeout(),
                levels.channel().getDeadLetterTimeout(),
                levels.all().getDeadLetterTimeout());
        if (timeout != null) {
            check(!timeout.value().isNegative(), "dead-letter-timeout", timeout, A_TIME);
        }
        return new FailureSettings(retryPolicy(levels), Setting.valueOf(timeout, DEAD_LETTER_TIMEOUT));
    }

    private @Nullable RetryPolicy retryPolicy(ListenerLevels levels) {
        Retry own = levels.own().getRetry();
        Retry channel = levels.channel().getRetry();
        Retry all = levels.all().getRetry();
        Setting<Long> maxRetries = levels.first(own.getMaxRetries(), channel.getMaxRetries(), all.getMaxRetries());
        Setting<Duration> delay = levels.first(own.getDelay(), channel.getDelay(), all.getDelay());
        Setting<Double> multiplier = levels.first(own.getMultiplier(), channel.getMultiplier(), all.getMultiplier());
        Setting<Duration> jitter = levels.first(own.getJitter(), channel.getJitter(), all.getJitter());
        Setting<Duration> maxDelay = levels.first(own.getMaxDelay(), channel.getMaxDelay(), all.getMaxDelay());
        if (maxRetries == null && delay == null && multiplier == null && jitter == null && maxDelay == null) {
            return policyBean.getIfUnique();
        }
        RetryPolicySettings retry = new RetryPolicySettings();
        if (maxRetries != null) {
            check(
                    maxRetries.value() >= 0,
                    "retry.max-retries",
                    maxRetries,
                    "write 0 for no retry, or a number from 1 on");
            retry.setMaxRetries(maxRetries.value());
        }
        if (delay != null) {
            check(!delay.value().isNegative(), "retry.delay", delay, A_TIME);
            retry.setDelay(delay.value());
        }
        if (multiplier != null) {
            check(multiplier.value() >= 1, "retry.multiplier", multiplier, "write 1 or more");
            retry.setMultiplier(multiplier.value());
        }
        if (jitter != null) {
            check(!jitter.value().isNegative(), "retry.jitter", jitter, A_TIME);
            retry.setJitter(jitter.value());
        }
        if (maxDelay != null) {
            boolean isLongEnough =
                    maxDelay.value().isPositive() && maxDelay.value().compareTo(retry.getDelay()) >= 0;
            check(isLongEnough, "retry.max-delay", maxDelay, "write at least the delay, which is " + retry.getDelay());
            retry.setMaxDelay(maxDelay.value());
        }
        return retry.getMaxRetries() == 0 ? null : retry.createRetryPolicy();
    }

    private static void check(boolean rule, String key, Setting<?> setting, String advice) {
        if (!rule) {
            throw new IllegalArgumentException(
                    key + " is " + setting.value() + "; " + advice + " (" + key + " of " + setting.source() + ")");
        }
    }
}
