package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.Requester;
import dev.channels.spring.actuate.ChannelDescriptor;
import dev.channels.spring.actuate.ChannelsEndpoint;
import dev.channels.spring.autoconfigure.endpoint.ChannelsEndpointAutoConfiguration;
import dev.channels.spring.autoconfigure.metrics.ChannelsMetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** How long messages are in a channel: measured where it is switched on. */
class QueueTimeTests {

    private static final String ON = "channels.definitions.orders.time-in-queue=true";

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    ChannelsMetricsAutoConfiguration.class,
                    ChannelsEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=channels")
            .withBean(SimpleMeterRegistry.class);

    @Test
    void timeIsMeasuredFromTheSendToTheReceipt() {
        context.withPropertyValues(ON).run(started -> {
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            orders.send(new Order(1));
            orders.trySend(new Order(2));
            orders.sendAsync(new Order(3)).join();
            TimeUnit.MILLISECONDS.sleep(30);
            assertThat(timer(started, "channels.queue.time").count()).isZero();
            orders.drainTo(new ArrayList<>(), 2);
            orders.receive();
            Timer time = timer(started, "channels.queue.time");
            assertThat(time.count()).isEqualTo(3);
            assertThat(time.totalTime(TimeUnit.MILLISECONDS)).isBetween(90.0, 3000.0);
        });
    }

    @Test
    void messagesThatListenersTakeAreMeasured() {
        context.withPropertyValues(ON)
                .withBean("counting", ListenerTests.Counting.class)
                .run(started -> {
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 50);
                    await().until(() -> timer(started, "channels.queue.time").count() == 50);
                });
    }

    private static Timer timer(AssertableApplicationContext started, String name) {
        return timer(started, name, "orders");
    }

    private static Timer timer(AssertableApplicationContext started, String name, String channel) {
        return started.getBean(MeterRegistry.class)
                .get(name)
                .tag("channel", channel)
                .timer();
    }

    @Test
    void timeInQueueIsNotMeasuredUnlessItIsSwitchedOn() {
        context.run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            assertThat(meters.find("channels.queue.time").timer()).isNull();
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
            assertThat(describe(started).oldestAge()).isNull();
        });
    }

    @Test
    void definitionWinsOverTheDefault() {
        context.withPropertyValues(
                        "channels.defaults.time-in-queue=true",
                        "channels.definitions.orders.time-in-queue=false",
                        "channels.definitions.prices.kind=broadcast",
                        "channels.definitions.rate.kind=watch",
                        "channels.definitions.parcels.capacity=3")
                .run(started -> {
                    started.getBean(ChannelRegistry.class).create("late", builder -> builder.capacity(1));
                    assertThat(started.getBean(MeterRegistry.class)
                                    .find("channels.queue.time")
                                    .timers())
                            .extracting(timer -> timer.getId().getTag("channel"))
                            .containsExactlyInAnyOrder("parcels", "prices", "late");
                });
    }

    @Test
    void timersGoWithTheirChannel() {
        context.withPropertyValues("channels.defaults.time-in-queue=true").run(started -> {
            ChannelRegistry registry = started.getBean(ChannelRegistry.class);
            registry.create("late", builder -> builder.capacity(1));
            registry.close("late");
            assertThat(started.getBean(MeterRegistry.class).getMeters())
                    .noneMatch(meter -> "late".equals(meter.getId().getTag("channel")));
        });
    }

    @Test
    void oldestAgeIsThatOfTheMessageThatIsReceivedNext() {
        context.withPropertyValues(ON).run(started -> {
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            assertThat(age(started)).isZero();
            orders.send(new Order(1));
            TimeUnit.MILLISECONDS.sleep(300);
            orders.send(new Order(2));
            TimeUnit.MILLISECONDS.sleep(100);
            assertThat(age(started)).isGreaterThanOrEqualTo(Duration.ofMillis(390));
            orders.receive();
            assertThat(age(started)).isBetween(Duration.ofMillis(90), Duration.ofMillis(299));
            orders.receive();
            assertThat(age(started)).isZero();
            TimeUnit.MILLISECONDS.sleep(300);
            orders.send(new Order(3));
            assertThat(age(started)).isLessThan(Duration.ofMillis(250));
        });
    }

    @Test
    void oldestAgeIsThatOfAMessageThatIsThereHoweverManyWereDroppedOrRefused() {
        for (String overflow : List.of("drop-oldest", "drop-latest", "fail", "block")) {
            context.withPropertyValues(
                            ON,
                            "channels.definitions.orders.capacity=2",
                            "channels.definitions.orders.overflow=" + overflow)
                    .run(started -> {
                        Channel<Order> orders =
                                started.getBean(ChannelRegistry.class).channel("orders");
                        orders.send(new Order(1));
                        orders.send(new Order(2));
                        for (int number = 3; number < 8; number++) {
                            TimeUnit.MILLISECONDS.sleep(50);
                            orders.trySend(new Order(number));
                        }
                        Duration expected = Duration.ofMillis(overflow.equals("drop-oldest") ? 50 : 250);
                        assertThat(age(started)).isBetween(expected, expected.plusMillis(190));
                        orders.receive();
                        orders.receive();
                        orders.send(new Order(9));
                        assertThat(age(started)).isLessThan(Duration.ofMillis(190));
                    });
        }
    }

    @Test
    void manyMessagesOfManyTimesCostFewNotes() {
        context.withPropertyValues(ON, "channels.definitions.orders.capacity=unbounded")
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    orders.send(new Order(0));
                    long start = System.nanoTime();
                    for (int number = 1; System.nanoTime() - start < 700_000_000; number++) {
                        orders.send(new Order(number));
                        TimeUnit.MICROSECONDS.sleep(100);
                    }
                    assertThat(age(started)).isGreaterThan(Duration.ofMillis(700));
                    orders.drainTo(new ArrayList<>(), orders.size() / 2);
                    assertThat(age(started)).isBetween(Duration.ofMillis(100), Duration.ofMillis(650));
                });
    }

    @Test
    void oldestAgeIsUnknownWhereTheOldestIsNotReceivedNext() {
        context.withPropertyValues(ON)
                .withBean(
                        ChannelBuilderCustomizer.class,
                        () -> (name, builder) -> builder.priority(Comparator.comparing(Object::toString)))
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    orders.send(new Order(2));
                    orders.send(new Order(1));
                    assertThat(describe(started).oldestAge()).isNull();
                    assertThat(orders.receive()).isEqualTo(new Order(1));
                    assertThat(timer(started, "channels.queue.time").count()).isEqualTo(1);
                });
    }

    private static Duration age(AssertableApplicationContext started) {
        return Duration.parse(describe(started).oldestAge());
    }

    private static ChannelDescriptor describe(AssertableApplicationContext started) {
        return describe(started, "orders");
    }

    private static ChannelDescriptor describe(AssertableApplicationContext started, String channel) {
        return started.getBean(ChannelsEndpoint.class).channels().channels().get(channel);
    }

    @Test
    void oldestAgeNeedsNoMicrometer() {
        Channels.contextWithOrders()
                .withConfiguration(AutoConfigurations.of(ChannelsEndpointAutoConfiguration.class))
                .withPropertyValues(ON, "management.endpoints.web.exposure.include=channels")
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(started -> {
                    started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
                    assertThat(age(started)).isPositive();
                });
    }

    @Test
    void interceptorOfTheApplicationGoesOnSeeingMessages() {
        Recording recording = new Recording();
        context.withPropertyValues(ON)
                .withBean(ChannelBuilderCustomizer.class, () -> (name, builder) -> builder.interceptor(recording))
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    orders.send(new Order(1));
                    assertThat(orders.receive()).isEqualTo(new Order(1));
                    assertThat(recording.events).containsExactly("sent", "received with its note");
                    assertThat(timer(started, "channels.queue.time").count()).isEqualTo(1);
                });
    }

    private static final class Recording implements ChannelInterceptor<Object> {
        private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();

        @Override
        public Object onSend(Object message) {
            events.add("sent");
            return "its note";
        }

        @Override
        public void onReceive(Object message, Object attachment) {
            events.add("received with " + attachment);
        }
    }

    @Test
    void timeInABroadcastIsMeasuredForEachSubscription() {
        context.withPropertyValues(
                        "channels.definitions.prices.kind=broadcast", "channels.definitions.prices.time-in-queue=true")
                .run(started -> {
                    @SuppressWarnings("unchecked")
                    Broadcast<Integer> prices = started.getBean("prices", Broadcast.class);
                    started.getBean(ChannelListenerRegistry.class).register("listening", "prices", price -> {});
                    try (var slow = prices.subscribe()) {
                        prices.send(1);
                        TimeUnit.MILLISECONDS.sleep(30);
                        slow.receive();
                        await().until(() ->
                                timer(started, "channels.queue.time", "prices").count() == 2);
                        assertThat(timer(started, "channels.queue.time", "prices")
                                        .max(TimeUnit.MILLISECONDS))
                                .isBetween(30.0, 3000.0);
                        assertThat(describe(started, "prices").oldestAge()).isNull();
                    }
                });
    }

    @Test
    void timeThatRequestsAreQueuedIsMeasured() {
        context.withPropertyValues(
                        "channels.definitions.lengths.kind=request",
                        "channels.definitions.lengths.type=java.lang.String",
                        "channels.definitions.lengths.reply-type=java.lang.Integer",
                        "channels.definitions.lengths.time-in-queue=true")
                .withBean(Measuring.class)
                .run(started -> {
                    @SuppressWarnings("unchecked")
                    Requester<String, Integer> lengths = started.getBean("lengths", Requester.class);
                    assertThat(lengths.request("four")).isEqualTo(4);
                    assertThat(timer(started, "channels.queue.time", "lengths").count())
                            .isEqualTo(1);
                    assertThat(describe(started, "lengths").oldestAge()).isNull();
                });
    }

    static class Measuring {
        @ChannelListener("lengths")
        int length(String word) {
            return word.length();
        }
    }

    @Test
    void timeInQueueOfAChannelAtABrokerIsRefused() {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.prices.transport=rabbit",
                        "channels.definitions.prices.time-in-queue=true")
                .run(started -> assertThat(started)
                        .getFailure()
                        .hasMessageContaining("The time in queue cannot be measured on 'prices'")
                        .hasMessageContaining("channels.definitions.prices.time-in-queue"));
    }
}
