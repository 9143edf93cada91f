package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.spring.autoconfigure.metrics.ChannelsMetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Two contexts in one JVM have nothing to do with each other, whatever their channels are called. */
class TwoContextsTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withConfiguration(
                    AutoConfigurations.of(MetricsAutoConfiguration.class, ChannelsMetricsAutoConfiguration.class))
            .withBean("meters", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
            .withBean("heard", Heard.class, Heard::new);

    @Test
    void eachHasItsChannelsListenersNumbersAndItsEnd() {
        context.run(one -> {
            context.run(other -> {
                assertThat(orders(one)).isNotSameAs(orders(other));
                container(one).pause();
                ListenerTests.sendAll(orders(one), 0, 3);
                ListenerTests.sendAll(orders(other), 10, 2);

                assertHeard(other, 10, 11);
                assertThat(orders(one).size()).isEqualTo(3);
                assertThat(sent(one)).isEqualTo(3);
                assertThat(sent(other)).isEqualTo(2);
                container(other).setConcurrency("4");
                assertThat(concurrency(one)).isEqualTo(1);
                await().until(() -> concurrency(other) == 4);
                other.getBean(ChannelRegistry.class).create("late", settings -> settings.capacity(1));
                assertThat(one.getBean(ChannelRegistry.class).names()).containsExactly("orders");
            });
            // The other is closed by now, and drained.
            assertThat(container(one).isPaused()).isTrue();
            assertThat(orders(one).isClosedForSend()).isFalse();
            container(one).resume();
            assertHeard(one, 0, 1, 2);
            orders(one).send(new Order(3));
            assertHeard(one, 3);
            assertThat(sent(one)).isEqualTo(4);
        });
    }

    @Test
    void childThatClosesLeavesItsParentAtWork() {
        context.run(parent -> {
            context.withParent(parent).run(child -> {
                orders(child).send(new Order(1));
                assertHeard(child, 1);
                assertThat(heard(parent).orders.size()).isZero();
            });
            orders(parent).send(new Order(2));
            assertHeard(parent, 2);
        });
    }

    private static Channel<Order> orders(ApplicationContext in) {
        return in.getBean(ChannelRegistry.class).channel("orders");
    }

    private static ChannelListenerContainer container(ApplicationContext in) {
        return in.getBean(ChannelListenerRegistry.class).container("heard.hear");
    }

    private static Heard heard(ApplicationContext in) {
        return in.getBean(Heard.class);
    }

    private static void assertHeard(ApplicationContext in, int... numbers) throws InterruptedException {
        for (int number : numbers) {
            assertThat(heard(in).orders.tryReceive(Duration.ofSeconds(20))).isEqualTo(new Order(number));
        }
        assertThat(heard(in).orders.size()).isZero();
    }

    private static double sent(ApplicationContext in) {
        return in.getBean(MeterRegistry.class)
                .get("channels.sent")
                .tag("channel", "orders")
                .functionCounter()
                .count();
    }

    private static double concurrency(ApplicationContext in) {
        return in.getBean(MeterRegistry.class)
                .get("channels.listener.concurrency")
                .tag("channel", "orders")
                .gauge()
                .value();
    }

    static class Heard {
        final Channel<Order> orders = Channel.unbounded();

        @ChannelListener("orders")
        void hear(Order order) throws InterruptedException {
            assertThat(Thread.currentThread().getName()).isEqualTo("channel-heard.hear-1");
            orders.send(order);
        }
    }
}
