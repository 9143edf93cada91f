package dev.channels.spring.autoconfigure;

import dev.channels.spring.AbandonedMessages;
import dev.channels.spring.ChannelListenerErrorHandler;
import dev.channels.spring.listener.AbandonmentReport;
import dev.channels.spring.listener.ChannelListenerMethods;
import dev.channels.spring.listener.ChannelsLifecycle;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerFailures;
import dev.channels.spring.listener.ListenerSettings;
import dev.channels.spring.listener.MessageSurroundings;
import dev.channels.spring.registry.DefaultChannelRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.retry.RetryPolicy;

/**
 * Auto-configuration of the listeners: finds them, starts them, drains them when the context closes. What does that is not
 * lazy, or nobody would be called.
 */
@AutoConfiguration(after = ChannelsAutoConfiguration.class)
public final class ChannelListenersAutoConfiguration {

    private static final Duration DEFAULT_PHASE_TIMEOUT = Duration.ofSeconds(30);

    /** Called by Spring. */
    ChannelListenersAutoConfiguration() {}

    @Bean
    ListenerFailures channelListenerFailures(
            DefaultChannelRegistry channels,
            ObjectProvider<ChannelListenerErrorHandler> errorHandlers,
            ObjectProvider<AbandonedMessages> recipients) {
        return new ListenerFailures(channels, errorHandlers, new AbandonmentReport(recipients));
    }

    @Bean
    ListenerSettings channelListenerSettings(ChannelsProperties properties, ObjectProvider<RetryPolicy> retryPolicy) {
        return new PropertiesListenerSettings(properties, retryPolicy);
    }

    @Bean
    DefaultChannelListenerRegistry channelListenerRegistry(
            ListenerSettings settings,
            ListenerFailures failures,
            ObjectProvider<MessageSurroundings.Factory> surroundings) {
        return new DefaultChannelListenerRegistry(
                settings, failures, surroundings.orderedStream().toList());
    }

    @Bean
    @Lazy(false)
    ChannelListenerMethods channelListenerMethods(
            ConfigurableListableBeanFactory beanFactory, DefaultChannelListenerRegistry listeners) {
        return new ChannelListenerMethods(beanFactory, listeners);
    }

    @Bean
    @Lazy(false)
    ChannelsLifecycle channelsLifecycle(
            ConfigurableApplicationContext context, DefaultChannelListenerRegistry listeners) {
        LifecycleProperties configured =
                context.getBeanProvider(LifecycleProperties.class).getIfAvailable();
        return new ChannelsLifecycle(
                context,
                listeners,
                configured == null ? DEFAULT_PHASE_TIMEOUT : configured.getTimeoutPerShutdownPhase());
    }
}
