package dev.channels.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of listeners. */
public enum ChannelListenerObservationDocumentation implements ObservationDocumentation {

    /** A message while a listener handles it, from before the first call until it is handled or given up. */
    LISTENER {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultChannelListenerObservationConvention.class;
        }

        @Override
        public String getPrefix() {
            return "";
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinalityKeyNames.values();
        }
    };

    /** Keys with few values; they become tags of the meter too. */
    public enum LowCardinalityKeyNames implements KeyName {

        /** The name of the channel. */
        CHANNEL {
            @Override
            public String asString() {
                return "channel";
            }
        },

        /** The listener's id. */
        LISTENER {
            @Override
            public String asString() {
                return "listener";
            }
        }
    }
}
