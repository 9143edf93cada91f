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
import org.springframework.core.env.Environment;

/** Auto-configuration of the channels: a bean for each that the properties declare, and the registry of all. */
@AutoConfiguration
@EnableConfigurationProperties(ChannelsProperties.class)
@Import(ChannelBeanRegistrar.class)
public final class ChannelsAutoConfiguration {

    /** Called by Spring. */
    ChannelsAutoConfiguration() {}

    @Bean
    static ChannelAliases channelAliases(Environment environment) {
        return new ChannelAliases(environment);
    }

    @Bean
    static DeadLetterTargets channelDeadLetterTargets(Environment environment) {
        return new DeadLetterTargets(environment);
    }

    @Bean
    MemoryTransport memoryChannelTransport(
            ObjectProvider<ChannelBuilderCustomizer> customizers,
            ObjectProvider<InterceptorFactory> interceptors,
            ChannelsProperties properties) {
        return new MemoryTransport(
                customizers.orderedStream().toList(),
                interceptors.orderedStream().toList(),
                properties::isTimeInQueueMeasured);
    }

    @Bean
    DefaultChannelRegistry channelRegistry(
            ConfigurableListableBeanFactory beanFactory,
            MemoryTransport memory,
            ObjectProvider<ChannelTransport> transports,
            ChannelsProperties properties,
            Environment environment) {
        return new DefaultChannelRegistry(
                beanFactory,
                memory,
                transports.orderedStream().toList(),
                name -> ChannelDefinitions.withDefaults(name, properties.defaults()),
                name -> new ChannelDefinitions(environment).find(name));
    }
}
