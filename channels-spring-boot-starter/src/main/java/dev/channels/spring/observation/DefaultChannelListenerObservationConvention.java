package dev.channels.spring.observation;

import dev.channels.spring.observation.ChannelListenerObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValues;

/** The names and keys that {@link ChannelListenerObservationDocumentation} documents. */
public class DefaultChannelListenerObservationConvention implements ChannelListenerObservationConvention {

    /** Creates the convention. */
    public DefaultChannelListenerObservationConvention() {}

    @Override
    public KeyValues getLowCardinalityKeyValues(ChannelListenerContext context) {
        return KeyValues.of(
                LowCardinalityKeyNames.CHANNEL.withValue(context.channel()),
                LowCardinalityKeyNames.LISTENER.withValue(context.listener()));
    }
}
