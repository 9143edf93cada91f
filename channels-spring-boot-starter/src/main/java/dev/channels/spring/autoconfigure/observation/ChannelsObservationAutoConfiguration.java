package dev.channels.spring.autoconfigure.observation;

import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.observation.ChannelListenerObservationConvention;
import dev.channels.spring.observation.ListenerObservations;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the observations of listeners, where they are switched on. */
@AutoConfiguration(
        after = ChannelListenersAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
        beforeName = "dev.channels.spring.autoconfigure.metrics.ChannelsMetricsAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnProperty("channels.listener.observation-enabled")
public final class ChannelsObservationAutoConfiguration {

    /** Called by Spring. */
    ChannelsObservationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ListenerObservations channelListenerObservations(
            ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<ChannelListenerObservationConvention> convention) {
        return new ListenerObservations(registry::getObject, convention::getIfAvailable);
    }
}
