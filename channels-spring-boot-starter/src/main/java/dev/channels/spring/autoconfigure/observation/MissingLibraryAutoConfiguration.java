package dev.channels.spring.autoconfigure.observation;

import dev.channels.spring.ChannelConfigurationException;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Refuses what was switched on and cannot be, because something is not there. It names the others by text, because Spring
 * would load them otherwise.
 */
@AutoConfiguration(
        afterName = {
            "dev.channels.spring.autoconfigure.observation.ChannelsObservationAutoConfiguration",
            "dev.channels.spring.autoconfigure.observation.SenderContextAutoConfiguration"
        })
public final class MissingLibraryAutoConfiguration {

    /** Called by Spring. */
    MissingLibraryAutoConfiguration() {}

    @Bean
    @Lazy(false)
    @ConditionalOnProperty("channels.listener.observation-enabled")
    @ConditionalOnMissingBean(type = "dev.channels.spring.observation.ListenerObservations")
    InitializingBean channelObservationsAreMissing() {
        return () -> {
            throw new ChannelConfigurationException(
                    "The property 'channels.listener.observation-enabled' is true, and there is no ObservationRegistry.",
                    "Add spring-boot-starter-actuator or a bean ObservationRegistry, or take the property away.");
        };
    }

    @Bean
    @Lazy(false)
    @ConditionalOnProperty(OnContextPropagation.PROPERTY)
    @ConditionalOnMissingBean(type = "dev.channels.spring.observation.SenderContext")
    InitializingBean channelContextPropagationIsMissing() {
        return () -> {
            throw new ChannelConfigurationException(
                    "The property '" + OnContextPropagation.PROPERTY
                            + "' is true, and Micrometer's context propagation is not on the class path.",
                    "Add io.micrometer:context-propagation, or take the property away.");
        };
    }
}
