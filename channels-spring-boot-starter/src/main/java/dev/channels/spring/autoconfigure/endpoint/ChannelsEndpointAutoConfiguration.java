package dev.channels.spring.autoconfigure.endpoint;

import dev.channels.spring.actuate.ChannelsEndpoint;
import dev.channels.spring.actuate.StrictArguments;
import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.registry.DefaultChannelRegistry;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the endpoint {@code channels}. */
@AutoConfiguration(after = ChannelListenersAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(ChannelsEndpoint.class)
public final class ChannelsEndpointAutoConfiguration {

    /** Called by Spring. */
    ChannelsEndpointAutoConfiguration() {}

    @Bean
    StrictArguments channelsEndpointArguments() {
        return new StrictArguments();
    }

    @Bean
    @ConditionalOnMissingBean
    ChannelsEndpoint channelsEndpoint(
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners,
            ConfigurableListableBeanFactory beanFactory) {
        return new ChannelsEndpoint(channels, listeners, beanFactory);
    }
}
