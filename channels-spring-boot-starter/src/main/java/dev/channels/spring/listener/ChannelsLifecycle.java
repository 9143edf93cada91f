package dev.channels.spring.listener;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.PropertyNames;
import dev.channels.spring.registry.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts and stops the listeners with the context. A closing context drains and closes the channels; any other stop
 * leaves them open with what they hold, and the next start goes on.
 */
public final class ChannelsLifecycle
        implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, DisposableBean {

    /** Stops after the web server has served its last request, and before ordinary beans. */
    public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

    private static final Logger logger = LoggerFactory.getLogger(ChannelsLifecycle.class);

    // "For ever" is more nanoseconds than a long holds.
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);
    private static final Duration TIMEOUT_OF_A_FAILED_START = Duration.ofSeconds(1);

    private final ConfigurableApplicationContext context;
    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;
    private final Duration timeout;
    private final KeepAlive alive = new KeepAlive();
    private final List<Runnable> toGoOn = new ArrayList<>();
    private final Set<ListenerContainer> known = new HashSet<>();
    private volatile boolean started;
    private volatile boolean closing;
    private volatile boolean drained;

    /**
     * Creates the lifecycle.
     *
     * @param context the context whose closing drains the channels
     * @param listeners what is to be started, and drained with its channels
     * @param timeout how long the phase may take at shutdown
     */
    public ChannelsLifecycle(
            ConfigurableApplicationContext context, DefaultChannelListenerRegistry listeners, Duration timeout) {
        this.context = context;
        this.channels = listeners.channels();
        this.listeners = listeners;
        this.timeout = timeout.compareTo(LONGEST_TIMEOUT) < 0 ? timeout : LONGEST_TIMEOUT;
    }

    @Override
    public void start() {
        if (started) {
            return;
        }
        refuseUnknownIds();
        new UnansweredRequests(context.getBeanFactory(), channels, listeners).refuse();
        // First this, so that one which another thread registers meanwhile is started here or there.
        listeners.startNewOnes(this::startLate);
        List<ListenerContainer> fresh = fresh();
        describe(fresh);
        goOn();
        toGoOn.clear();
        for (ListenerContainer container : fresh) {
            container.start();
        }
        channels.listenersStart();
        started = true;
        keepAlive();
    }

    /** At a restart only those are new that were registered meanwhile. */
    private List<ListenerContainer> fresh() {
        List<ListenerContainer> fresh = new ArrayList<>();
        for (ListenerContainer container : listeners.all()) {
            if (!known.contains(container) && container.definition().autoStartup()) {
                fresh.add(container);
            }
        }
        return fresh;
    }

    private void goOn() {
        for (Runnable start : toGoOn) {
            start.run();
        }
    }

    private void startLate(ListenerContainer container) {
        container.start();
        keepAlive();
    }

    private void keepAlive() {
        if (listeners.settings().keepAlive() && !listeners.ids().isEmpty()) {
            alive.hold();
        }
    }

    private void refuseUnknownIds() {
        Set<String> ids = listeners.ids();
        for (String id : listeners.settings().configuredIds()) {
            if (ids.stream().noneMatch(known -> PropertyNames.areSame(known, id))) {
                throw new ChannelConfigurationException(
                        "The property '" + PropertyNames.of("channels.listeners", id)
                                + "' speaks of a listener that does not exist.",
                        Suggestion.of(id, ids, "listeners"));
            }
        }
    }

    private void describe(List<ListenerContainer> fresh) {
        if (logger.isInfoEnabled() && !channels.names().isEmpty()) {
            List<String> names = new ArrayList<>();
            for (ListenerContainer container : fresh) {
                names.add(container.id() + " on " + container.channel().name());
            }
            logger.info("Channels {}, listeners started {}", channels.names(), names);
        }
    }

    @Override
    public void stop() {
        try {
            if (closing) {
                drain(timeout);
            } else {
                pause();
            }
        } finally {
            alive.release();
            started = false;
        }
    }

    private void drain(Duration time) {
        listeners.startNoMore();
        try {
            // Stopped with the context, or paused by hand: what is in their channels is to be handled all the same.
            goOn();
            listeners.all().forEach(ListenerContainer::resume);
            close(time);
        } finally {
            drained = true;
        }
    }

    private void close(Duration time) {
        new Drain(channels, listeners, new FeedGraph(context.getBeanFactory(), channels), listeners.report()).run(time);
        listeners.all().forEach(ListenerContainer::dispose);
    }

    /** Lets messages in hand finish and leaves the rest where it is. */
    private void pause() {
        listeners.startNoMore();
        List<ListenerContainer> all = listeners.all();
        known.addAll(all);
        List<ListenerContainer> running =
                all.stream().filter(ListenerContainer::isRunning).toList();
        for (ListenerContainer container : running) {
            toGoOn.add(container.isPaused() ? container::startPaused : container::start);
            container.requestStop();
        }
        long deadline = System.nanoTime() + timeout.toNanos() - timeout.toNanos() / 10;
        for (ListenerContainer container : running) {
            if (!container.awaitDone(deadline - System.nanoTime())) {
                logger.warn("Listener '{}' still has messages in hand after {}", container.id(), timeout);
            }
        }
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext().equals(context)) {
            closing = true;
            // The web server stops first, and waits for requests that may wait for these listeners.
            listeners.all().forEach(ListenerContainer::resume);
            listeners.all().forEach(ListenerContainer::endRetries);
        }
    }

    /** With an asynchronous multicaster the stop would come before the event. */
    @Override
    public boolean supportsAsyncExecution() {
        return false;
    }

    /**
     * A context that fails to start is not closed, it is stopped and its beans are destroyed. Listeners cannot be called
     * any more then, so nothing is drained, but everything is closed and reported.
     */
    @Override
    public void destroy() {
        if (!drained) {
            drained = true;
            listeners.startNoMore();
            close(timeout.compareTo(TIMEOUT_OF_A_FAILED_START) < 0 ? timeout : TIMEOUT_OF_A_FAILED_START);
            alive.release();
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
