package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import dev.channels.Channel;
import dev.channels.Requester;
import dev.channels.Sender;
import dev.channels.Watch;
import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.autoconfigure.ChannelsAutoConfiguration;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** Tests put something else in the place of a channel, and the rest of the application starts all the same. */
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class MockedChannelTests {

    @Nested
    @Shop
    class ByType {

        @MockitoBean
        Channel<Order> orders;

        @Autowired
        Clerk clerk;

        @Autowired
        DefaultChannelListenerRegistry listeners;

        @Test
        void listenerOfAMockedChannelIsNotStartedAndOneLineSaysSo(CapturedOutput output) throws Exception {
            assertThat(listeners.container("packer.pack").isRunning()).isFalse();
            assertThat(output.getAll().lines())
                    .filteredOn(line -> line.contains("is not started"))
                    .singleElement()
                    .asString()
                    .contains("Listener 'packer.pack' is not started: in the place of channel 'orders' is a"
                            + " Channel$MockitoMock$");
            clerk.order(new Order(1));
            verify(orders).send(new Order(1));
        }
    }

    @Nested
    @Shop
    class ByName {

        @MockitoBean(name = "orders")
        Sender<Order> orders;

        @Autowired
        DefaultChannelListenerRegistry listeners;

        @Test
        void oneSideOfAChannelMayBeMockedToo(CapturedOutput output) {
            assertThat(listeners.container("packer.pack").isRunning()).isFalse();
            assertThat(listeners.container("sales.count").isRunning()).isTrue();
            assertThat(output).contains("in the place of channel 'orders' is a Sender$MockitoMock$");
        }
    }

    @Test
    void contextWithAMockClosesAsAnyOther(CapturedOutput output) {
        Channels.contextWithOrders()
                .withInitializer(mocking -> mocking.addBeanFactoryPostProcessor(beans -> {
                    ((BeanDefinitionRegistry) beans).removeBeanDefinition("orders");
                    beans.registerSingleton("orders", mock(Channel.class));
                }))
                .withBean("sales", AnyOrders.class)
                .run(started -> assertThat(started).hasNotFailed());
        assertThat(output)
                .contains("Listener 'sales.count' is not started")
                .contains("Channels drained")
                .doesNotContain(" WARN ", " ERROR ");
    }

    static class AnyOrders {
        @ChannelListener("orders")
        void count(Order order) {}
    }

    @Nested
    @Shop
    class AsTarget {

        @MockitoBean
        Sender<Integer> packed;

        @MockitoBean
        Sender<DeadLetter<Order>> failed;

        @Autowired
        Clerk clerk;

        @Test
        void whatListenersSendReachesTheMocks() throws Exception {
            given(failed.trySend(any(), any())).willReturn(true);
            clerk.order(new Order(3));
            verify(packed, timeout(20_000)).send(3);
            clerk.order(new Order(-1));
            verify(failed, timeout(20_000)).trySend(any(), any());
        }
    }

    @Nested
    @Shop
    class Asked {

        @MockitoBean
        Requester<Integer, String> prices;

        @MockitoBean
        Watch<Integer> rate;

        @Test
        void requestChannelThatIsMockedNeedsNobodyWhoAnswers() throws Exception {
            given(prices.request(3)).willReturn("3 EUR");
            assertThat(prices.request(3)).isEqualTo("3 EUR");
        }
    }

    @Nested
    @Shop
    class Replaced {

        @TestBean(methodName = "dev.channels.spring.MockedChannelTests#rendezvous")
        Channel<Order> orders;

        @Autowired
        Clerk clerk;

        @Autowired
        Receiving receiving;

        @Autowired
        ChannelRegistry channels;

        @Test
        void anotherChannelInItsPlaceIsListenedToAndKeepsTheDeadLetters() throws Exception {
            assertThat(channels.<Order>channel("orders")).isSameAs(orders);
            assertThat(orders.capacity()).isZero();
            clerk.order(new Order(4));
            assertThat(receiving.packed().receive()).isEqualTo(4);
            clerk.order(new Order(-1));
            assertThat(receiving.failed().receive().payload()).isEqualTo(new Order(-1));
        }
    }

    static Channel<Order> rendezvous() {
        return Channel.rendezvous();
    }

    @Nested
    @Shop
    class Spied {

        @MockitoSpyBean
        Channel<Order> orders;

        @Autowired
        Clerk clerk;

        @Autowired
        Receiving receiving;

        @Test
        void channelThatIsSpiedOnWorks() throws Exception {
            clerk.order(new Order(5));
            assertThat(receiving.packed().receive()).isEqualTo(5);
            verify(orders).send(new Order(5));
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @SpringBootTest(
            classes = Application.class,
            properties = {
                "channels.definitions.orders.type=" + Channels.ORDER,
                "channels.definitions.orders.dead-letter=failed",
                "channels.definitions.failed.capacity=10",
                "channels.definitions.packed.type=java.lang.Integer",
                "channels.definitions.sold.type=java.lang.Integer",
                "channels.definitions.prices.kind=request",
                "channels.definitions.prices.type=java.lang.Integer",
                "channels.definitions.prices.reply-type=java.lang.String",
                "channels.definitions.rate.kind=watch",
                "channels.definitions.rate.type=java.lang.Integer",
                "channels.listeners[packer.pack].concurrency=2"
            })
    @interface Shop {}

    record Receiving(Supplier<Channel<Integer>> packedChannel, Supplier<Channel<DeadLetter<Order>>> failedChannel) {

        Channel<Integer> packed() {
            return packedChannel.get();
        }

        Channel<DeadLetter<Order>> failed() {
            return failedChannel.get();
        }
    }

    @ImportAutoConfiguration({ChannelsAutoConfiguration.class, ChannelListenersAutoConfiguration.class})
    static class Application {

        @Bean
        Clerk clerk(Sender<Order> orders) {
            return new Clerk(orders);
        }

        @Bean
        Packer packer() {
            return new Packer();
        }

        @Bean
        Sales sales() {
            return new Sales();
        }

        @Bean
        Receiving receiving(ChannelRegistry channels) {
            return new Receiving(() -> channels.channel("packed"), () -> channels.channel("failed"));
        }
    }

    record Clerk(Sender<Order> orders) {
        void order(Order order) throws InterruptedException {
            orders.send(order);
        }
    }

    static class Packer {
        @ChannelListener(value = "orders", sendTo = "packed")
        int pack(Order order) {
            if (order.number() < 0) {
                throw new IllegalArgumentException("Not an order");
            }
            return order.number();
        }
    }

    static class Sales {
        @ChannelListener("sold")
        void count(int number) {}

        @ChannelListener("prices")
        String price(int number) {
            return number + " USD";
        }
    }
}
