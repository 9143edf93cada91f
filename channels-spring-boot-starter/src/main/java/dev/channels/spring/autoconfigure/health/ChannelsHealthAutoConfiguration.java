package dev.channels.spring.autoconfigure.health;

import dev.channels.spring.actuate.ChannelsHealthIndicator;
import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.registry.DefaultChannelRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health {@code channels}. */
@AutoConfiguration(after = ChannelListenersAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("channels")
public final class ChannelsHealthAutoConfiguration {

    /** Called by Spring. */
    ChannelsHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "channelsHealthIndicator")
    ChannelsHealthIndicator channelsHealthIndicator(
            DefaultChannelRegistry channels, DefaultChannelListenerRegistry listeners) {
        return new ChannelsHealthIndicator(channels, listeners);
    }
}
