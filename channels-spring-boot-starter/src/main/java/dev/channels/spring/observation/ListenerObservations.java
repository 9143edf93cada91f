package dev.channels.spring.observation;

import dev.channels.spring.listener.ListenerDefinition;
import dev.channels.spring.listener.MessageSurroundings;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

/** Makes each message that a listener handles an Observation, within the sender's context if that is carried over. */
public final class ListenerObservations implements MessageSurroundings.Factory, Ordered {

    private static final ChannelListenerObservationConvention DEFAULT_CONVENTION =
            new DefaultChannelListenerObservationConvention();

    private final Supplier<ObservationRegistry> registry;
    private final Supplier<@Nullable ChannelListenerObservationConvention> convention;

    /**
     * Creates the observations.
     *
     * @param registry who is told, asked for when the first listener is there
     * @param convention the application's own names, or {@code null}
     */
    public ListenerObservations(
            Supplier<ObservationRegistry> registry,
            Supplier<@Nullable ChannelListenerObservationConvention> convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public MessageSurroundings surround(ListenerDefinition listener) {
        ObservationRegistry observations = registry.get();
        ChannelListenerObservationConvention custom = convention.get();
        return message -> {
            Observation observation = ChannelListenerObservationDocumentation.LISTENER.start(
                    custom,
                    DEFAULT_CONVENTION,
                    () -> new ChannelListenerContext(listener.channel(), listener.id(), message),
                    observations);
            return new Observed(observation, observation.openScope());
        };
    }

    @Override
    public int getOrder() {
        return 0;
    }

    private record Observed(Observation observation, Observation.Scope scope) implements MessageSurroundings.Scope {

        @Override
        public void failed(Throwable failure) {
            observation.error(failure);
        }

        @Override
        public void leave() {
            try {
                scope.close();
            } finally {
                observation.stop();
            }
        }
    }
}
