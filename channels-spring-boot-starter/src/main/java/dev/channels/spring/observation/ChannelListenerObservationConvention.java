package dev.channels.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** Names the Observation of a message that a listener handles. A bean of this type takes the place of the default. */
public interface ChannelListenerObservationConvention extends ObservationConvention<ChannelListenerContext> {

    @Override
    default String getName() {
        return "channels.listener";
    }

    @Override
    default String getContextualName(ChannelListenerContext context) {
        return context.channel() + " process";
    }

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof ChannelListenerContext;
    }
}
