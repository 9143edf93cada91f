package dev.channels.spring.observation;

import dev.channels.ChannelStats;
import dev.channels.spring.listener.AbandonmentReport;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import dev.channels.spring.listener.ListenerCounters;
import dev.channels.spring.registry.ChannelRegistryListener;
import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.registry.RegisteredChannel;
import dev.channels.spring.transport.QueueTime;
import dev.channels.spring.transport.SendWaits;
import dev.channels.spring.transport.TransportChannel;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of all channels and listeners. They read numbers that exist anyway, when they are asked. */
public final class ChannelMetrics implements MeterBinder {

    private final DefaultChannelRegistry channels;
    private final DefaultChannelListenerRegistry listeners;
    private final AbandonmentReport abandonments;
    private final boolean observed;

    /**
     * Creates the binder.
     *
     * @param channels the channels to measure
     * @param listeners the listeners to measure
     * @param observed whether an Observation takes the place of the timer {@code channels.listener}
     */
    public ChannelMetrics(DefaultChannelRegistry channels, DefaultChannelListenerRegistry listeners, boolean observed) {
        this.channels = channels;
        this.listeners = listeners;
        this.abandonments = listeners.report();
        this.observed = observed;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Binding binding = new Binding(registry);
        channels.addListener(binding);
        listeners.addListener(binding::added);
    }

    /** What one meter registry was given: it is taken away again when the channel goes. */
    private final class Binding implements ChannelRegistryListener {

        private final MeterRegistry registry;
        private final Map<String, List<Meter>> metersByChannel = new ConcurrentHashMap<>();

        Binding(MeterRegistry registry) {
            this.registry = registry;
        }

        @Override
        public void added(RegisteredChannel registered) {
            String name = registered.name();
            metersByChannel.put(name, new CopyOnWriteArrayList<>());
            TransportChannel channel = registered.channel();
            remember(
                    name,
                    Gauge.builder("channels.queue.depth", registered, this::depth)
                            .description("Messages in the buffer, and those that wait for their key")
                            .tag("channel", name)
                            .register(registry));
            gauge(name, "channels.senders.blocked", "Sends that wait", ChannelStats::blockedSenders, channel);
            gauge(name, "channels.receivers.blocked", "Receives that wait", ChannelStats::blockedReceivers, channel);
            if (channel.stats().capacity() != Integer.MAX_VALUE) {
                gauge(
                        name,
                        "channels.queue.capacity",
                        "Messages that the buffer holds",
                        ChannelStats::capacity,
                        channel);
            }
            counter(name, "channels.sent", "Messages that were accepted", ChannelStats::sent, channel);
            counter(name, "channels.received", "Messages that were taken", ChannelStats::received, channel);
            counter(name, "channels.dropped", "Accepted messages that were dropped", ChannelStats::dropped, channel);
            times(name, channel);
            remember(
                    name,
                    FunctionCounter.builder("channels.shutdown.abandoned", abandonments, report -> report.count(name))
                            .description("Accepted messages that shutdown or a dead-letter channel left behind")
                            .tag("channel", name)
                            .register(registry));
        }

        private void times(String name, TransportChannel channel) {
            SendWaits waits = channel.sendWaits();
            if (waits != null) {
                Timer waited = timer(name, "channels.send.wait", "Sends that waited");
                waits.addRecorder(nanos -> waited.record(nanos, TimeUnit.NANOSECONDS));
            }
            QueueTime time = channel.queueTime();
            if (time != null) {
                Timer inQueue = timer(name, "channels.queue.time", "From the send of a message to its receipt");
                time.addRecorder(nanos -> inQueue.record(nanos, TimeUnit.NANOSECONDS));
            }
        }

        private Timer timer(String channel, String meter, String description) {
            Timer timer = Timer.builder(meter)
                    .description(description)
                    .tag("channel", channel)
                    .register(registry);
            remember(channel, timer);
            return timer;
        }

        @Override
        public void removed(RegisteredChannel channel) {
            List<Meter> meters = metersByChannel.remove(channel.name());
            if (meters != null) {
                meters.forEach(registry::remove);
            }
            if (observed) {
                for (String made : List.of("channels.listener", "channels.listener.active")) {
                    registry.find(made).tag("channel", channel.name()).meters().forEach(registry::remove);
                }
            }
        }

        void added(ListenerContainer container) {
            String channel = container.channel().name();
            Tags tags = Tags.of("channel", channel, "listener", container.id());
            remember(
                    channel,
                    Gauge.builder("channels.listener.concurrency", container, ListenerContainer::currentWorkers)
                            .description("Workers of the listener")
                            .tags(tags)
                            .register(registry));
            remember(
                    channel,
                    Gauge.builder("channels.listener.busy", container, ListenerContainer::busyWorkers)
                            .description("Workers that have a message in hand")
                            .tags(tags)
                            .register(registry));
            remember(
                    channel,
                    TimeGauge.builder(
                                    "channels.listener.max",
                                    container.counters(),
                                    TimeUnit.NANOSECONDS,
                                    ListenerCounters::maxNanos)
                            .description("The longest call of the last minutes")
                            .tags(tags)
                            .register(registry));
            counter(
                    container,
                    tags,
                    "channels.listener.retries",
                    "Calls after a first that had failed",
                    ListenerCounters::retried);
            counter(
                    container,
                    tags,
                    "channels.listener.dead.letters",
                    "Failed messages that the dead-letter channel took",
                    ListenerCounters::deadLettered);
            if (!observed) {
                container.counters().addOutcomeListener(error -> timer(container.counters(), channel, tags, error));
            }
        }

        private void counter(
                ListenerContainer container,
                Tags tags,
                String meter,
                String description,
                ToDoubleFunction<ListenerCounters> number) {
            remember(
                    container.channel().name(),
                    FunctionCounter.builder(meter, container.counters(), number)
                            .description(description)
                            .tags(tags)
                            .register(registry));
        }

        private double depth(RegisteredChannel registered) {
            return registered.channel().stats().size() + listeners.waitingForKey(registered);
        }

        private void timer(ListenerCounters counters, String channel, Tags tags, String error) {
            remember(
                    channel,
                    FunctionTimer.builder(
                                    "channels.listener",
                                    counters,
                                    calls -> calls.count(error),
                                    calls -> calls.nanos(error),
                                    TimeUnit.NANOSECONDS)
                            .description("Calls of the listener")
                            .tags(tags)
                            .tag("error", error)
                            .register(registry));
        }

        private void gauge(
                String channel,
                String meter,
                String description,
                ToDoubleFunction<ChannelStats> number,
                TransportChannel source) {
            remember(
                    channel,
                    Gauge.builder(meter, source, from -> number.applyAsDouble(from.stats()))
                            .description(description)
                            .tag("channel", channel)
                            .register(registry));
        }

        private void counter(
                String channel,
                String meter,
                String description,
                ToDoubleFunction<ChannelStats> number,
                TransportChannel source) {
            remember(
                    channel,
                    FunctionCounter.builder(meter, source, from -> number.applyAsDouble(from.stats()))
                            .description(description)
                            .tag("channel", channel)
                            .register(registry));
        }

        private void remember(String channel, Meter meter) {
            List<Meter> meters = metersByChannel.get(channel);
            if (meters == null) {
                // The channel went while one of its listeners still failed.
                registry.remove(meter);
            } else {
                meters.add(meter);
            }
        }
    }
}
