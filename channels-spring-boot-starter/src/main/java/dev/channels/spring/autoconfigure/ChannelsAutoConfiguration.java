package dev.channels.spring.autoconfigure;

import dev.channels.spring.ChannelBuilderCustomizer;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.transport.ChannelTransport;
import dev.channels.spring.transport.InterceptorFactory;
import dev.channels.spring.transport.MemoryTransport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Auto-configuration of the channels: a bean for each that the properties declare, and the registry of all. */
@AutoConfiguration
@EnableConfigurationProperties(ChannelsProperties.class)
@Import(ChannelBeanRegistrar.class)
public final class ChannelsAutoConfiguration {

    /** Called by Spring. */
    ChannelsAutoConfiguration() {}

    @Bean
    static ChannelAliases channelAliases(ChannelDefinitions definitions) {
        return new ChannelAliases(definitions);
    }

    @Bean
    static DeadLetterTargets channelDeadLetterTargets(ChannelDefinitions definitions) {
        return new DeadLetterTargets(definitions);
    }

    @Bean
    DefaultChannelRegistry channelRegistry(
            ConfigurableListableBeanFactory beanFactory,
            ChannelDefinitions definitions,
            ObjectProvider<ChannelBuilderCustomizer> customizers) {
        MemoryTransport memory = new MemoryTransport(
                customizers.orderedStream().toList(),
                beanFactory
                        .getBeanProvider(InterceptorFactory.class)
                        .orderedStream()
                        .toList(),
                definitions::isTimeInQueueMeasured);
        return new DefaultChannelRegistry(
                beanFactory,
                memory,
                beanFactory
                        .getBeanProvider(ChannelTransport.class)
                        .orderedStream()
                        .toList(),
                definitions);
    }
}
