package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.RequestChannel;
import dev.channels.Requester;
import dev.channels.spring.autoconfigure.metrics.ChannelsMetricsAutoConfiguration;
import dev.channels.spring.observation.ChannelMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The timer {@code channels.send.wait}: sends that waited, on every channel that the starter makes. */
class SendWaitTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withConfiguration(
                    AutoConfigurations.of(MetricsAutoConfiguration.class, ChannelsMetricsAutoConfiguration.class))
            .withPropertyValues("channels.defaults.capacity=1", "channels.definitions.orders.capacity=1")
            .withBean(SimpleMeterRegistry.class);

    private static Timer waits(MeterRegistry meters, String channel) {
        return meters.get("channels.send.wait").tag("channel", channel).timer();
    }

    @Test
    void sendsThatWaitedAreCountedAlsoThoseThatThenFailed() {
        context.withPropertyValues("channels.definitions.orders.send-timeout=30ms")
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    Timer wait = waits(started.getBean(MeterRegistry.class), "orders");
                    orders.send(new Order(1));
                    assertThat(orders.trySend(new Order(2))).isFalse();
                    assertThat(wait.count()).isZero();

                    assertThat(orders.trySend(new Order(3), Duration.ofMillis(20)))
                            .isFalse();
                    CompletableFuture<Void> late = orders.sendAsync(new Order(4));
                    await().until(late::isCompletedExceptionally);
                    CompletableFuture<Void> cancelled = orders.sendAsync(new Order(5));
                    cancelled.cancel(false);
                    CompletableFuture<Void> served = orders.sendAsync(new Order(6));
                    orders.receive();
                    served.join();

                    assertThat(wait.count()).isEqualTo(4);
                    assertThat(wait.max(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(20);
                });
    }

    @Test
    void everyKindWhoseSendsWaitHasTheTimer() {
        context.withPropertyValues(
                        "channels.definitions.prices.kind=broadcast",
                        "channels.definitions.rate.kind=watch",
                        "channels.definitions.lengths.kind=request",
                        "channels.definitions.lengths.type=java.lang.String",
                        "channels.definitions.lengths.reply-type=java.lang.Integer")
                .withBean(ByHand.class)
                .run(started -> {
                    MeterRegistry meters = started.getBean(MeterRegistry.class);
                    started.getBean(ChannelRegistry.class).create("late", builder -> builder.capacity(1));
                    assertThat(meters.find("channels.send.wait").timers())
                            .extracting(timer -> timer.getId().getTag("channel"))
                            .containsExactlyInAnyOrder("orders", "prices", "lengths", "late");

                    @SuppressWarnings("unchecked")
                    Broadcast<Integer> prices = started.getBean("prices", Broadcast.class);
                    try (var slow = prices.subscribe()) {
                        prices.send(1);
                        CompletableFuture<Void> waiting = prices.sendAsync(2);
                        slow.receive();
                        waiting.join();
                    }
                    assertThat(waits(meters, "prices").count()).isEqualTo(1);

                    RequestChannel<String, Integer> lengths = started.getBean(ByHand.class).lengths;
                    Requester<String, Integer> asking = lengths;
                    CompletableFuture<Integer> first = asking.requestAsync("queued");
                    CompletableFuture<Integer> second = asking.requestAsync("waits for room");
                    lengths.receive().reply(6);
                    lengths.receive().reply(14);
                    assertThat(first.join()).isEqualTo(6);
                    assertThat(second.join()).isEqualTo(14);
                    assertThat(waits(meters, "lengths").count()).isEqualTo(1);
                });
    }

    static class ByHand {
        private final RequestChannel<String, Integer> lengths;

        ByHand(RequestChannel<String, Integer> lengths) {
            this.lengths = lengths;
        }
    }

    @Test
    void registryThatComesLaterIsToldToo() {
        context.run(started -> {
            SimpleMeterRegistry later = new SimpleMeterRegistry();
            started.getBean(ChannelMetrics.class).bindTo(later);
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            orders.send(new Order(1));
            orders.sendAsync(new Order(2)).cancel(false);
            assertThat(waits(later, "orders").count()).isEqualTo(1);
            assertThat(waits(started.getBean(MeterRegistry.class), "orders").count())
                    .isEqualTo(1);
        });
    }

    @Test
    void timerGoesWithItsChannel() {
        context.run(started -> {
            ChannelRegistry registry = started.getBean(ChannelRegistry.class);
            registry.create("late", builder -> builder.capacity(1));
            registry.close("late");
            assertThat(started.getBean(MeterRegistry.class)
                            .find("channels.send.wait")
                            .tag("channel", "late")
                            .timer())
                    .isNull();
        });
    }

    @Test
    void whatTheApplicationAsksTheBuildersForIsToldBesideIt() {
        Asking asking = new Asking();
        context.withPropertyValues(
                        "channels.definitions.prices.kind=broadcast",
                        "channels.definitions.lengths.kind=request",
                        "channels.definitions.lengths.type=java.lang.String",
                        "channels.definitions.lengths.reply-type=java.lang.Integer",
                        "channels.defaults.time-in-queue=true")
                .withBean(ChannelBuilderCustomizer.class, () -> asking)
                .withBean(ByHand.class)
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    orders.send(new Order(1));
                    orders.sendAsync(new Order(2)).cancel(false);
                    @SuppressWarnings("unchecked")
                    Broadcast<Integer> prices = started.getBean("prices", Broadcast.class);
                    try (var slow = prices.subscribe()) {
                        prices.send(1);
                        prices.sendAsync(2).cancel(false);
                        assertThat(slow.receive()).isEqualTo(1);
                    }
                    RequestChannel<String, Integer> lengths = started.getBean(ByHand.class).lengths;
                    CompletableFuture<Integer> queued = lengths.requestAsync("queued");
                    lengths.requestAsync("waits for room").cancel(false);

                    assertThat(queued).isNotDone();
                    assertThat(asking.told)
                            .containsExactlyInAnyOrder(
                                    "orders sees",
                                    "orders sees",
                                    "orders waited",
                                    "prices sees",
                                    "prices sees",
                                    "prices waited",
                                    "lengths sees",
                                    "lengths sees",
                                    "lengths waited");
                    MeterRegistry meters = started.getBean(MeterRegistry.class);
                    assertThat(List.of("orders", "prices", "lengths"))
                            .allSatisfy(name ->
                                    assertThat(waits(meters, name).count()).isEqualTo(1));
                });
    }

    private static final class Asking implements ChannelBuilderCustomizer {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void customize(String name, Channel.Builder<?> builder) {
            builder.onSendWaited(nanos -> told.add(name + " waited")).interceptor(seeing(name));
        }

        @Override
        public void customize(String name, Broadcast.Builder<?> builder) {
            builder.onSendWaited(nanos -> told.add(name + " waited")).interceptor(seeing(name));
        }

        @Override
        public void customize(String name, RequestChannel.Builder<?, ?> builder) {
            builder.onSendWaited(nanos -> told.add(name + " waited")).interceptor(seeing(name));
        }

        private ChannelInterceptor<Object> seeing(String name) {
            return new ChannelInterceptor<>() {
                @Override
                public Object onSend(Object message) {
                    return told.add(name + " sees");
                }
            };
        }
    }
}
