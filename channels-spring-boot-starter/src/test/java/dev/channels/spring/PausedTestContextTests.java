package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Sender;
import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.autoconfigure.ChannelsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;

/** Spring pauses the cached context of a test class while those of others are used, and goes on with it afterwards. */
class PausedTestContextTests {

    @Test
    void listenersRestWhileTheirContextIsPausedAndGoOnWithWhatCameInBetween() throws Exception {
        TestContext first = contextOf(First.class);
        var shop = (ConfigurableApplicationContext) first.getApplicationContext();
        Channel<Order> orders = shop.getBean(ChannelRegistry.class).channel("orders");
        Heard heard = shop.getBean(Heard.class);
        orders.send(new Order(0));
        assertThat(heard.orders.receive()).isEqualTo(new Order(0));
        first.markApplicationContextUnused();

        TestContext second = contextOf(Second.class);
        var other = (ConfigurableApplicationContext) second.getApplicationContext();
        assertThat(other).isNotSameAs(shop);
        assertThat(shop.isRunning()).isFalse();
        assertThat(shop.getBean(ChannelListenerRegistry.class)
                        .container("heard.hear")
                        .isRunning())
                .isFalse();
        // What a test of the other class does is its own.
        other.getBean(ChannelRegistry.class).<Order>sender("orders").send(new Order(7));
        assertThat(other.getBean(Heard.class).orders.receive()).isEqualTo(new Order(7));
        // A thread that the first test has left behind.
        Sender<Order> left = shop.getBean(ChannelRegistry.class).sender("orders");
        ListenerTests.sendAll(left, 1, 50);
        assertThat(orders.size()).isEqualTo(50);
        assertThat(heard.orders.size()).isZero();
        second.markApplicationContextUnused();

        TestContext again = contextOf(First.class);
        assertThat(again.getApplicationContext()).isSameAs(shop);
        assertThat(shop.isRunning()).isTrue();
        for (int number = 1; number <= 50; number++) {
            assertThat(heard.orders.receive()).isEqualTo(new Order(number));
        }
        await().until(() -> orders.stats().received() == 51);
        assertThat(heard.orders.size()).isZero();
        again.markApplicationContextDirty(null);
        second.markApplicationContextDirty(null);
    }

    private static TestContext contextOf(Class<?> test) {
        return new TestContextManager(test).getTestContext();
    }

    @SpringBootTest(
            classes = Application.class,
            properties = {"test=first", "channels.definitions.orders.type=" + Channels.ORDER})
    static class First {}

    @SpringBootTest(
            classes = Application.class,
            properties = {"test=second", "channels.definitions.orders.type=" + Channels.ORDER})
    static class Second {}

    @ImportAutoConfiguration({ChannelsAutoConfiguration.class, ChannelListenersAutoConfiguration.class})
    static class Application {
        @Bean
        Heard heard() {
            return new Heard();
        }
    }

    static class Heard {
        final Channel<Order> orders = Channel.unbounded();

        @ChannelListener("orders")
        void hear(Order order) throws InterruptedException {
            orders.send(order);
        }
    }
}
