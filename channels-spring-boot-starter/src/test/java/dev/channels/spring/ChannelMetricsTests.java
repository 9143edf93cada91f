package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.spring.autoconfigure.metrics.ChannelsMetricsAutoConfiguration;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerCounters;
import dev.channels.spring.observation.ChannelMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ChannelMetricsTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withConfiguration(
                    AutoConfigurations.of(MetricsAutoConfiguration.class, ChannelsMetricsAutoConfiguration.class))
            .withBean(SimpleMeterRegistry.class);

    @Test
    void channelHasGaugesAndCounters() {
        context.withPropertyValues("channels.definitions.orders.overflow=drop-oldest", "channels.defaults.capacity=5")
                .run(started -> {
                    MeterRegistry meters = started.getBean(MeterRegistry.class);
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    ListenerTests.sendAll(orders, 0, 103);
                    assertThat(orders.receive()).isEqualTo(new Order(3));

                    assertThat(gauge(meters, "channels.queue.depth")).isEqualTo(99);
                    assertThat(gauge(meters, "channels.queue.capacity")).isEqualTo(100);
                    assertThat(gauge(meters, "channels.senders.blocked")).isZero();
                    assertThat(gauge(meters, "channels.receivers.blocked")).isZero();
                    assertThat(counter(meters, "channels.sent")).isEqualTo(103);
                    assertThat(counter(meters, "channels.received")).isEqualTo(1);
                    assertThat(counter(meters, "channels.dropped")).isEqualTo(3);
                    assertThat(counter(meters, "channels.shutdown.abandoned")).isZero();
                });
    }

    private static double gauge(MeterRegistry meters, String name) {
        return meters.get(name).tag("channel", "orders").gauge().value();
    }

    private static double counter(MeterRegistry meters, String name) {
        return meters.get(name).tag("channel", "orders").functionCounter().count();
    }

    @Test
    void blockedSendersAreCounted() {
        context.withPropertyValues("channels.definitions.orders.capacity=0").run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            orders.sendAsync(new Order(1));
            assertThat(gauge(meters, "channels.senders.blocked")).isEqualTo(1);
        });
    }

    @Test
    void unboundedChannelHasNoCapacityGauge() {
        context.withPropertyValues("channels.definitions.orders.capacity=unbounded")
                .run(started -> assertThat(started.getBean(MeterRegistry.class)
                                .find("channels.queue.capacity")
                                .gauge())
                        .isNull());
    }

    @Test
    void listenerHasGaugesAndATimerForEachOutcome() {
        context.withBean("careless", ListenerTests.Throwing.class)
                .withPropertyValues("channels.listeners.careless.concurrency=3")
                .run(started -> {
                    MeterRegistry meters = started.getBean(MeterRegistry.class);
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 6);
                    await().until(() -> calls(meters, "none") == 2);
                    assertThat(calls(meters, "IllegalStateException")).isEqualTo(1);
                    assertThat(calls(meters, "IOException")).isEqualTo(1);
                    assertThat(calls(meters, "AssertionError")).isEqualTo(1);
                    assertThat(listenerGauge(meters, "channels.listener.concurrency"))
                            .isEqualTo(3);
                    assertThat(listenerGauge(meters, "channels.listener.busy")).isZero();
                    assertThat(meters.get("channels.listener.max").timeGauge().value(TimeUnit.NANOSECONDS))
                            .isPositive();
                    assertThat(meters.get("channels.listener")
                                    .tag("error", "none")
                                    .functionTimer()
                                    .totalTime(TimeUnit.NANOSECONDS))
                            .isPositive();
                });
    }

    @Test
    void retriesAndDeadLettersAreCounted() {
        context.withBean("careless", ListenerTests.Throwing.class)
                .withPropertyValues(
                        "channels.definitions.orders.dead-letter=failed",
                        "channels.definitions.failed.capacity=10",
                        "channels.listeners.careless.retry.delay=1ms",
                        "channels.listeners.careless.retry.max-retries=1")
                .run(started -> {
                    MeterRegistry meters = started.getBean(MeterRegistry.class);
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 3);
                    await().until(() -> listenerCounter(meters, "channels.listener.dead.letters") == 3);
                    assertThat(listenerCounter(meters, "channels.listener.retries"))
                            .isEqualTo(2);
                });
    }

    private static double listenerCounter(MeterRegistry meters, String name) {
        return meters.get(name)
                .tags("channel", "orders", "listener", "careless")
                .functionCounter()
                .count();
    }

    private static double calls(MeterRegistry meters, String error) {
        var timer = meters.find("channels.listener")
                .tags("channel", "orders", "listener", "careless", "error", error)
                .functionTimer();
        return timer == null ? 0 : timer.count();
    }

    private static double listenerGauge(MeterRegistry meters, String name) {
        return meters.get(name)
                .tags("channel", "orders", "listener", "careless")
                .gauge()
                .value();
    }

    @Test
    void metersComeAndGoWithChannelsOfTheRegistry() {
        context.run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            ChannelRegistry registry = started.getBean(ChannelRegistry.class);
            registry.<Order>create("late", builder -> builder.capacity(3));
            started.getBean(ChannelListenerRegistry.class).register("late-listener", "late", message -> {});
            assertThat(meters.get("channels.queue.capacity")
                            .tag("channel", "late")
                            .gauge()
                            .value())
                    .isEqualTo(3);
            assertThat(meters.find("channels.listener")
                            .tag("listener", "late-listener")
                            .functionTimer())
                    .isNotNull();

            registry.close("late");

            assertThat(meters.getMeters())
                    .noneMatch(meter -> "late".equals(meter.getId().getTag("channel")));
            assertThat(meters.getMeters())
                    .anyMatch(meter -> "orders".equals(meter.getId().getTag("channel")));
        });
    }

    @Test
    void registryThatComesLaterGetsAllMeters() {
        context.withBean("careless", ListenerTests.Throwing.class).run(started -> {
            SimpleMeterRegistry later = new SimpleMeterRegistry();
            started.getBean(ChannelMetrics.class).bindTo(later);
            assertThat(gauge(later, "channels.queue.capacity")).isEqualTo(100);
            ListenerCounters counters = started.getBean(DefaultChannelListenerRegistry.class)
                    .all()
                    .getFirst()
                    .counters();
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(0));
            await().until(() -> counters.failed() == 1);
            for (MeterRegistry meters : new MeterRegistry[] {later, started.getBean(MeterRegistry.class)}) {
                await().until(() -> calls(meters, "IllegalStateException") == 1);
            }
        });
    }

    @Test
    void metricsNotRegisteredWithoutMeterRegistry() {
        Channels.contextWithOrders()
                .withConfiguration(AutoConfigurations.of(ChannelsMetricsAutoConfiguration.class))
                .run(started -> assertThat(started).doesNotHaveBean(ChannelMetrics.class));
    }

    @Test
    void metricsNotRegisteredWithoutMicrometer() {
        Channels.contextWithOrders()
                .withConfiguration(AutoConfigurations.of(ChannelsMetricsAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer.core"))
                .run(started -> assertThat(started).hasNotFailed().doesNotHaveBean("channelMetrics"));
    }
}
