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
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.retry.RetryPolicy;

/** Auto-configuration of the listeners: finds them, starts them, drains them when the context closes. */
@AutoConfiguration(after = ChannelsAutoConfiguration.class)
public final class ChannelListenersAutoConfiguration {

    private static final Duration DEFAULT_PHASE_TIMEOUT = Duration.ofSeconds(30);

    /** Called by Spring. */
    ChannelListenersAutoConfiguration() {}

    @Bean
    ListenerSettings channelListenerSettings(ChannelsProperties properties, ObjectProvider<RetryPolicy> retryPolicy) {
        return new PropertiesListenerSettings(properties, retryPolicy::getIfUnique);
    }

    @Bean
    ListenerFailures channelListenerFailures(
            DefaultChannelRegistry channels,
            AbandonmentReport report,
            ObjectProvider<ChannelListenerErrorHandler> errorHandlers) {
        return new ListenerFailures(channels, report, errorHandlers::orderedStream);
    }

    @Bean
    DefaultChannelListenerRegistry channelListenerRegistry(
            DefaultChannelRegistry channels,
            ListenerSettings settings,
            ListenerFailures failures,
            ObjectProvider<MessageSurroundings.Factory> surroundings) {
        return new DefaultChannelListenerRegistry(
                channels, settings, failures, surroundings.orderedStream().toList());
    }

    @Bean
    ChannelListenerMethods channelListenerMethods(
            ConfigurableListableBeanFactory beanFactory,
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners,
            ListenerSettings settings) {
        return new ChannelListenerMethods(beanFactory, channels, listeners, settings);
    }

    @Bean
    AbandonmentReport channelAbandonmentReport(ObjectProvider<AbandonedMessages> recipients) {
        return new AbandonmentReport(recipients::orderedStream);
    }

    @Bean
    ChannelsLifecycle channelsLifecycle(
            ApplicationContext context,
            ConfigurableListableBeanFactory beanFactory,
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners,
            ListenerSettings settings,
            AbandonmentReport report,
            ObjectProvider<LifecycleProperties> lifecycle,
            ChannelsProperties properties) {
        LifecycleProperties configured = lifecycle.getIfAvailable();
        return new ChannelsLifecycle(
                context,
                beanFactory,
                channels,
                listeners,
                settings,
                report,
                configured == null ? DEFAULT_PHASE_TIMEOUT : configured.getTimeoutPerShutdownPhase(),
                properties.listener().keepAlive());
    }

    /** Lazy listeners would never be called. */
    @Bean
    static LazyInitializationExcludeFilter eagerChannelListeners() {
        return LazyInitializationExcludeFilter.forBeanTypes(ChannelListenerMethods.class, ChannelsLifecycle.class);
    }
}
