package dev.channels.spring.observation;

import dev.channels.spring.listener.ListenerDefinition;
import dev.channels.spring.listener.MessageSurroundings;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;

/** Makes each message that a listener handles an Observation, within the sender's context if that is carried over. */
public final class ListenerObservations implements MessageSurroundings.Factory, Ordered {

    private static final Logger logger = LoggerFactory.getLogger(ListenerObservations.class);

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
            try {
                return begin(ChannelListenerObservationDocumentation.LISTENER.start(
                        custom,
                        DEFAULT_CONVENTION,
                        () -> new ChannelListenerContext(listener.channel(), listener.id(), message),
                        observations));
            } catch (Throwable failure) {
                logger.error("A message of listener '{}' is handled without an Observation", listener.id(), failure);
                return () -> {};
            }
        };
    }

    private static MessageSurroundings.Scope begin(Observation observation) {
        try {
            return new Observed(observation, observation.openScope());
        } catch (Throwable failure) {
            observation.stop();
            throw failure;
        }
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
