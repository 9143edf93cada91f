package dev.channels.spring.autoconfigure.metrics;

import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.observation.ChannelMetrics;
import dev.channels.spring.observation.ListenerObservations;
import dev.channels.spring.registry.DefaultChannelRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the meters of channels and listeners. */
@AutoConfiguration(
        after = ChannelListenersAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class ChannelsMetricsAutoConfiguration {

    /** Called by Spring. */
    ChannelsMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ChannelMetrics channelMetrics(
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners,
            ObjectProvider<ListenerObservations> observations) {
        return new ChannelMetrics(channels, listeners, observations.getIfAvailable() != null);
    }
}
