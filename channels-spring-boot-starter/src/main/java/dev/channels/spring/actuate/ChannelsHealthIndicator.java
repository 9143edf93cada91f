package dev.channels.spring.actuate;

import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import dev.channels.spring.listener.ListenerCounters;
import dev.channels.spring.registry.DefaultChannelRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down when something is lost for good: a worker died, or a dead letter was not taken. What a person should look at and
 * a restart would not mend, deadlocks and starving channels, is told and leaves it up.
 */
public final class ChannelsHealthIndicator extends AbstractHealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DefaultChannelListenerRegistry listeners;
    private final Deadlocks deadlocks;
    private final Starvation starvation;

    /**
     * Creates the indicator.
     *
     * @param channels the channels to look at
     * @param listeners their listeners
     */
    public ChannelsHealthIndicator(DefaultChannelRegistry channels, DefaultChannelListenerRegistry listeners) {
        this(channels, listeners, PATIENCE);
    }

    /**
     * Creates the indicator.
     *
     * @param channels the channels to look at
     * @param listeners their listeners
     * @param patience how long nobody takes what waits before the channel starves
     */
    public ChannelsHealthIndicator(
            DefaultChannelRegistry channels, DefaultChannelListenerRegistry listeners, Duration patience) {
        super("The health of the channels cannot be told");
        this.listeners = listeners;
        this.deadlocks = new Deadlocks(channels, listeners);
        this.starvation = new Starvation(channels, listeners, patience);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Map<String, Long> died = counts(ListenerCounters::diedWorkers);
        Map<String, Long> undelivered = counts(ListenerCounters::undelivered);
        if (died.isEmpty() && undelivered.isEmpty()) {
            builder.up();
        } else {
            builder.down();
        }
        detail(builder, "diedWorkers", died, died.isEmpty());
        detail(builder, "undeliveredDeadLetters", undelivered, undelivered.isEmpty());
        detail(builder, "deadlocks", deadlocks.find());
        detail(builder, "starving", starvation.find());
    }

    private static void detail(Health.Builder builder, String name, List<?> found) {
        detail(builder, name, found, found.isEmpty());
    }

    private static void detail(Health.Builder builder, String name, Object found, boolean nothing) {
        if (!nothing) {
            builder.withDetail(name, found);
        }
    }

    private Map<String, Long> counts(ToLongFunction<ListenerCounters> number) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (ListenerContainer container : listeners.all()) {
            long count = number.applyAsLong(container.counters());
            if (count > 0) {
                counts.put(container.id(), count);
            }
        }
        return counts;
    }
}
