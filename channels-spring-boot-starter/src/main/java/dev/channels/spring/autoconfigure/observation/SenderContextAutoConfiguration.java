package dev.channels.spring.autoconfigure.observation;

import dev.channels.spring.autoconfigure.ChannelsAutoConfiguration;
import dev.channels.spring.observation.SenderContext;
import io.micrometer.context.ContextSnapshotFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Auto-configuration of the sender's context in the listener, where it is asked for. */
@AutoConfiguration(after = ChannelsAutoConfiguration.class)
@ConditionalOnClass(ContextSnapshotFactory.class)
@Conditional(OnContextPropagation.class)
public final class SenderContextAutoConfiguration {

    /** Called by Spring. */
    SenderContextAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    SenderContext channelSenderContext(ObjectProvider<ContextSnapshotFactory> snapshots) {
        return new SenderContext(snapshots.getIfAvailable(
                // What the sender did not have, the listener must not find either.
                () -> ContextSnapshotFactory.builder().clearMissing(true).build()));
    }
}
