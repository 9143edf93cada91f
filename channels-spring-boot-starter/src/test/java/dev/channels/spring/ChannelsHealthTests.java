package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Sender;
import dev.channels.Watch;
import dev.channels.spring.actuate.ChannelsHealthIndicator;
import dev.channels.spring.autoconfigure.health.ChannelsHealthAutoConfiguration;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.registry.DefaultChannelRegistry;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What {@code /actuator/health} says about channels. */
class ChannelsHealthTests {

    private final ApplicationContextRunner context =
            with(Channels.contextWithOrders()).withBean("careless", ListenerTests.Throwing.class);

    private static ApplicationContextRunner with(ApplicationContextRunner runner) {
        return runner.withConfiguration(AutoConfigurations.of(ChannelsHealthAutoConfiguration.class));
    }

    private static Health health(AssertableApplicationContext started) {
        return started.getBean(ChannelsHealthIndicator.class).health();
    }

    @Test
    void healthIsUpAndSaysNothingWhileAllIsWell() {
        context.run(started -> {
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 5);
            assertThat(health(started)).isEqualTo(Health.up().build());
        });
    }

    @Test
    void workerThatDiedIsReplacedAndMakesItDown() {
        ToyTransport toy = new ToyTransport();
        Channel<Object> handled = Channel.unbounded();
        with(Channels.context())
                .withBean(ToyTransport.class, () -> toy)
                .withPropertyValues("channels.definitions.orders.transport=toy")
                .run(started -> {
                    toy.deathsToCome.set(1);
                    started.getBean(ChannelListenerRegistry.class).register("mine", "orders", handled::trySend);
                    started.getBean(ChannelRegistry.class).sender("orders").send("message");
                    assertThat(handled.receive()).isEqualTo("message");
                    // The worker's death may come while this waits, and is not the test's.
                    await().dontCatchUncaughtExceptions()
                            .until(() -> health(started).getStatus().equals(Status.DOWN));
                    assertThat(health(started).getDetails()).containsEntry("diedWorkers", Map.of("mine", 1L));
                });
    }

    @Test
    void deadLetterThatWasNotTakenMakesItDown() {
        context.withPropertyValues(
                        "channels.definitions.orders.dead-letter=failed",
                        "channels.definitions.failed.capacity=0",
                        "channels.definitions.orders.listener.dead-letter-timeout=0")
                .run(started -> {
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 1);
                    await().until(() -> health(started).getStatus().equals(Status.DOWN));
                    assertThat(health(started).getDetails())
                            .containsOnly(Map.entry("undeliveredDeadLetters", Map.of("careless", 1L)));
                });
    }

    @Test
    void channelWhoseListenerIsPausedStarvesAfterAWhileAndStaysUp() {
        context.run(started -> {
            ChannelListenerContainer listener =
                    started.getBean(ChannelListenerRegistry.class).container("careless");
            ChannelsHealthIndicator impatient = new ChannelsHealthIndicator(
                    started.getBean(DefaultChannelRegistry.class),
                    started.getBean(DefaultChannelListenerRegistry.class),
                    Duration.ofMillis(50));
            listener.pause();
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(4));
            assertThat(impatient.health().getDetails()).isEmpty();
            await().until(() ->
                    List.of("orders").equals(impatient.health().getDetails().get("starving")));
            assertThat(impatient.health().getStatus()).isEqualTo(Status.UP);
            assertThat(health(started).getDetails()).isEmpty();

            listener.resume();
            await().until(() -> impatient.health().getDetails().isEmpty());
        });
    }

    @Test
    void channelThatSomebodyReceivesFromByHandDoesNotStarve() {
        with(Channels.contextWithOrders()).run(started -> {
            ChannelsHealthIndicator impatient = new ChannelsHealthIndicator(
                    started.getBean(DefaultChannelRegistry.class),
                    started.getBean(DefaultChannelListenerRegistry.class),
                    Duration.ofMillis(500));
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            ListenerTests.sendAll(orders, 0, 100);
            for (int number = 0; number < 90; number++) {
                assertThat(impatient.health().getDetails()).isEmpty();
                orders.receive();
                Thread.sleep(10);
            }
        });
    }

    @Test
    void listenersThatWaitToSendToEachOtherAreADeadlock() {
        with(Channels.context())
                .withBean("circle", Circle.class)
                .withPropertyValues(
                        "channels.definitions.left.type=java.lang.String",
                        "channels.definitions.right.type=java.lang.String",
                        "channels.definitions.before.type=java.lang.String",
                        "channels.defaults.capacity=1",
                        "spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .run(started -> {
                    Circle circle = started.getBean(Circle.class);
                    circle.left.send("1");
                    circle.right.send("1");
                    circle.left.send("2");
                    circle.right.send("2");
                    circle.go.countDown();
                    started.getBean(ChannelRegistry.class).sender("before").send("3");
                    await().until(() -> health(started).getDetails().containsKey("deadlocks"));
                    assertThat(health(started).getDetails())
                            .containsEntry("deadlocks", List.of(List.of("left", "right")));
                    assertThat(health(started).getStatus()).isEqualTo(Status.UP);

                    assertThat(started.getBean(ChannelRegistry.class)
                                    .channel("left")
                                    .receive())
                            .isEqualTo("2");
                    await().until(() -> health(started).getDetails().isEmpty());
                });
    }

    /** Each takes from one side and sends twice as much to the other. */
    static class Circle {
        final Sender<String> left;
        final Sender<String> right;
        final CountDownLatch go = new CountDownLatch(1);

        Circle(@Qualifier("left") Sender<String> left, @Qualifier("right") Sender<String> right) {
            this.left = left;
            this.right = right;
        }

        @ChannelListener("left")
        void fromLeft(String message) throws InterruptedException {
            go.await();
            right.send("to the right");
            right.send("to the right");
        }

        @ChannelListener("right")
        void fromRight(String message) throws InterruptedException {
            go.await();
            left.send("to the left");
        }

        @ChannelListener("before")
        void intoTheCircle(String message) throws InterruptedException {
            left.send("from before");
        }
    }

    @Test
    void senderThatWaitsForASlowListenerIsNoDeadlock() {
        CountDownLatch release = new CountDownLatch(1);
        with(Channels.context())
                .withPropertyValues("channels.definitions.left.capacity=0", "channels.definitions.right.capacity=0")
                .run(started -> {
                    ChannelListenerRegistry listeners = started.getBean(ChannelListenerRegistry.class);
                    Sender<String> left = started.getBean(ChannelRegistry.class).sender("left");
                    Sender<String> right =
                            started.getBean(ChannelRegistry.class).sender("right");
                    listeners.register("slow", "right", message -> awaitQuietly(release));
                    listeners.register("fast", "left", message -> sendQuietly(right, "on"));
                    left.send("1");
                    left.send("2");
                    Thread.sleep(1500);
                    assertThat(health(started).getDetails()).isEmpty();
                    release.countDown();
                });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sendQuietly(Sender<String> to, String message) {
        try {
            to.send(message);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void healthBacksOffForABeanOfItsName() {
        context.withBean("channelsHealthIndicator", String.class, () -> "own")
                .run(started -> assertThat(started).doesNotHaveBean(ChannelsHealthIndicator.class));
    }

    @Test
    void healthCanBeSwitchedOff() {
        context.withPropertyValues("management.health.channels.enabled=false")
                .run(started -> assertThat(started).doesNotHaveBean(ChannelsHealthIndicator.class));
    }

    @Test
    void thereIsNoHealthWithoutItsModule() {
        context.withClassLoader(
                        new FilteredClassLoader(HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class))
                .run(started -> assertThat(started).hasNotFailed().doesNotHaveBean("channelsHealthIndicator"));
    }

    /** Cannot even be logged, so that it ends the worker that met it. */
    static final class Deadly extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            throw this;
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void watchWhoseValueIsReadAndNotListenedToDoesNotStarve() {
        with(Channels.context())
                .withPropertyValues(
                        "channels.definitions.rate.kind=watch", "channels.definitions.rate.type=java.lang.Integer")
                .run(started -> {
                    ChannelsHealthIndicator impatient = new ChannelsHealthIndicator(
                            started.getBean(DefaultChannelRegistry.class),
                            started.getBean(DefaultChannelListenerRegistry.class),
                            Duration.ZERO);
                    started.getBean("rate", Watch.class).set(1);
                    assertThat(impatient.health().getDetails()).isEmpty();
                    assertThat(impatient.health().getDetails()).isEmpty();
                });
    }
}
