package dev.channels.spring.listener;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts and stops the listeners with the context. A closing context drains and closes the channels; any other stop
 * leaves them open with what they hold, and the next start goes on.
 */
public final class ChannelsLifecycle
        implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, DisposableBean {

    private static final Logger logger = LoggerFactory.getLogger(ChannelsLifecycle.class);

    /** Stops after the web server has served its last request, and before ordinary beans. */
    public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    // "For ever" is more nanoseconds than a long holds.
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

    private final ApplicationContext context;
    private final ConfigurableListableBeanFactory beans;
    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;
    private final ListenerSettings settings;
    private final AbandonmentReport report;
    private final Duration timeout;
    private final boolean keepAlive;
    private final List<ListenerContainer> stopped = new ArrayList<>();
    private @Nullable KeepAlive running;
    private volatile boolean started;
    private volatile boolean closing;
    private volatile boolean drained;

    /**
     * Creates the lifecycle.
     *
     * @param context the context whose closing drains the channels
     * @param beans knows which bean depends on which
     * @param channels what is to be drained
     * @param listeners what is to be started and stopped
     * @param settings which listeners the properties speak of
     * @param report who is told of what is left behind
     * @param timeout how long the phase may take at shutdown
     * @param keepAlive whether the JVM stays up while listeners run
     */
    public ChannelsLifecycle(
            ApplicationContext context,
            ConfigurableListableBeanFactory beans,
            DefaultChannelRegistry channels,
            DefaultChannelListenerRegistry listeners,
            ListenerSettings settings,
            AbandonmentReport report,
            Duration timeout,
            boolean keepAlive) {
        this.context = context;
        this.beans = beans;
        this.channels = channels;
        this.listeners = listeners;
        this.settings = settings;
        this.report = report;
        this.timeout = timeout.compareTo(LONGEST_TIMEOUT) < 0 ? timeout : LONGEST_TIMEOUT;
        this.keepAlive = keepAlive;
    }

    @Override
    public void start() {
        if (started) {
            return;
        }
        boolean again = !stopped.isEmpty();
        List<ListenerContainer> toStart = again
                ? List.copyOf(stopped)
                : listeners.all().stream()
                        .filter(container -> container.definition().autoStartup())
                        .toList();
        if (!again) {
            refuseUnknownIds();
            describe(toStart);
        }
        stopped.clear();
        listeners.setStarted(true);
        toStart.forEach(ListenerContainer::start);
        if (keepAlive && !listeners.ids().isEmpty()) {
            running = new KeepAlive();
        }
        started = true;
    }

    private void refuseUnknownIds() {
        Set<String> ids = listeners.ids();
        for (String id : settings.configuredIds()) {
            if (!ids.contains(id)) {
                throw new ChannelConfigurationException(
                        "The property 'channels.listeners." + id + "' speaks of a listener that does not exist.",
                        Suggestion.of(id, ids, "listeners"));
            }
        }
    }

    private void describe(List<ListenerContainer> toStart) {
        if (logger.isInfoEnabled() && !channels.names().isEmpty()) {
            List<String> started = toStart.stream()
                    .map(container ->
                            container.id() + " on " + container.channel().name())
                    .toList();
            logger.info("Channels {}, listeners started {}", channels.names(), started);
        }
    }

    @Override
    public void stop() {
        try {
            if (closing) {
                drain();
            } else {
                pause();
            }
        } finally {
            if (running != null) {
                running.release();
                running = null;
            }
            started = false;
        }
    }

    private void drain() {
        listeners.setStarted(false);
        // Stopped with the context, or paused by hand: what is in their channels is to be handled all the same.
        stopped.forEach(ListenerContainer::start);
        List<ListenerContainer> containers = listeners.all();
        containers.forEach(ListenerContainer::resume);
        new Drain(beans, channels.all(), containers, report).run(timeout);
        containers.forEach(ListenerContainer::dispose);
        drained = true;
    }

    /** Lets messages in hand finish and leaves the rest where it is. */
    private void pause() {
        listeners.setStarted(false);
        List<ListenerContainer> toStop =
                listeners.all().stream().filter(ListenerContainer::isRunning).toList();
        stopped.addAll(toStop);
        toStop.forEach(ListenerContainer::requestStop);
        long deadline = System.nanoTime() + timeout.toNanos() - timeout.toNanos() / 10;
        for (ListenerContainer container : toStop) {
            try {
                if (!container.awaitDone(deadline - System.nanoTime())) {
                    logger.warn("Listener '{}' still has messages in hand after {}", container.id(), timeout);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext().equals(context)) {
            closing = true;
        }
    }

    /** A context that fails to start is not closed: its beans are destroyed, and nobody else stops the listeners. */
    @Override
    public void destroy() {
        closing = true;
        if (started) {
            stop();
        }
    }

    /** A closing context that was stopped before still has to drain, so it counts as running until it has. */
    @Override
    public boolean isRunning() {
        return started || (closing && !drained);
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
