package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Receiver;
import dev.channels.Sender;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

/** A channel may be anywhere: its sender and its listeners look the same. */
@ExtendWith(OutputCaptureExtension.class)
class TransportTests {

    private static final String[] TOY = {
        "channels.definitions.orders.type=" + Channels.ORDER,
        "channels.definitions.orders.transport=toy",
        "channels.definitions.orders.transport-options.colour=red"
    };

    private final ApplicationContextRunner context =
            Channels.context().withBean(ToyTransport.class).withPropertyValues(TOY);

    @Test
    void channelOfAnotherTransportIsASenderAndNoMore() {
        context.withBean(Shop.class).run(started -> {
            assertThat(started.getBean(Shop.class).orders).isSameAs(started.getBean("orders"));
            assertThat(started).doesNotHaveBean(Channel.class);
            assertThat(started).doesNotHaveBean(Receiver.class);
        });
    }

    static class Shop {
        final Sender<Order> orders;

        Shop(Sender<Order> orders) {
            this.orders = orders;
        }
    }

    @Test
    void listenerGetsItsMessagesAndAcknowledgesThem() {
        context.withBean("counting", ListenerTests.Counting.class).run(started -> {
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 3);
            ToyTransport toy = started.getBean(ToyTransport.class);
            await().until(() -> toy.acknowledged.size() == 3);
            assertThat(toy.acknowledged).containsExactly(new Order(0), new Order(1), new Order(2));
        });
    }

    @Test
    void workerBeginsAnewWhenItsConsumerCannotBeOpened(CapturedOutput output) {
        ToyTransport toy = new ToyTransport();
        toy.consumersToFail.set(2);
        Channels.context()
                .withBean(ToyTransport.class, () -> toy)
                .withPropertyValues(TOY)
                .withBean("counting", ListenerTests.Counting.class)
                .run(started -> {
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 1);
                    await().until(() -> toy.acknowledged.size() == 1);
                    assertThat(output).contains("Listener 'counting.handle' has to begin anew with channel 'orders'");
                });
    }

    @Test
    void messageThatShutdownLeavesIsNotAcknowledged() {
        CountDownLatch release = new CountDownLatch(1);
        context.withBean("deaf", ShutdownReportTests.Deaf.class, () -> new ShutdownReportTests.Deaf(release))
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .run(started -> {
                    started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
                    started.getBean(ShutdownReportTests.Deaf.class).begun.await();
                    ToyTransport toy = started.getBean(ToyTransport.class);
                    started.close();
                    release.countDown();
                    await().during(Duration.ofMillis(200)).until(toy.acknowledged::isEmpty);
                });
    }

    @Test
    void transportThatCannotBeClosedKeepsNobodyElseFromClosing(CapturedOutput output) {
        context.withPropertyValues("channels.definitions.memos.type=java.lang.String")
                .withBean("left", ShutdownTests.Left.class)
                .run(started -> {
                    started.getBean(ToyTransport.class).failing = true;
                    started.getBean(ChannelRegistry.class).sender("memos").send("unread");
                    ShutdownTests.Left left = started.getBean(ShutdownTests.Left.class);
                    started.close();
                    assertThat(left.messages.get("memos")).isEqualTo(List.of("unread"));
                    assertThat(output).contains("Channel 'orders' could not be closed");
                });
    }

    @Test
    void transportGetsItsOptions() {
        context.run(started -> assertThat(started.getBean(ToyTransport.class).opened)
                .singleElement()
                .satisfies(
                        definition -> assertThat(definition.transportOptions()).containsEntry("colour", "red")));
    }

    @Test
    void channelOfAnotherTransportIsNoChannelInTheRegistryEither() {
        context.run(started -> assertThatThrownBy(
                        () -> started.getBean(ChannelRegistry.class).channel("orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Channel 'orders' is no queue in memory; ask for sender(\"orders\")"));
    }

    @Test
    void injectingMoreThanASenderRefusesToStartAndSaysWhy(CapturedOutput output) {
        SpringApplication spring = new SpringApplication(WantsTheChannel.class);
        spring.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> spring.run("--" + TOY[0], "--" + TOY[1])).isInstanceOf(Exception.class);
        assertThat(output)
                .contains("A dev.channels.Channel<dev.channels.spring.Order> is to be injected, and channel 'orders'"
                        + " carries such messages, but its transport is 'toy'")
                .contains("Inject a Sender<dev.channels.spring.Order> to send, and write a"
                        + " @ChannelListener(\"orders\") to receive");
    }

    @EnableAutoConfiguration
    static class WantsTheChannel {
        @Bean
        ToyTransport toy() {
            return new ToyTransport();
        }

        @Bean
        Object wants(Channel<Order> orders) {
            return orders;
        }
    }

    @Test
    void transportThatHasNoNumbersKeepsNobodyElseFromClosing() {
        context.withPropertyValues("channels.definitions.memos.type=java.lang.String")
                .withBean("left", ShutdownTests.Left.class)
                .withBean("counting", ListenerTests.Counting.class)
                .run(started -> {
                    started.getBean(ChannelRegistry.class).sender("memos").send("unread");
                    ShutdownTests.Left left = started.getBean(ShutdownTests.Left.class);
                    started.getBean(ToyTransport.class).numberless = true;
                    started.close();
                    assertThat(left.messages.get("memos")).isEqualTo(List.of("unread"));
                });
    }

    @Test
    void listenerGrowsAgainWhenItsTransportHasNumbersAgain() {
        CountDownLatch release = new CountDownLatch(1);
        context.withBean("deaf", ShutdownReportTests.Deaf.class, () -> new ShutdownReportTests.Deaf(release))
                .withPropertyValues("channels.definitions.orders.listener.concurrency=1-2")
                .run(started -> {
                    ToyTransport toy = started.getBean(ToyTransport.class);
                    toy.numberless = true;
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 3);
                    ListenerContainer container = started.getBean(DefaultChannelListenerRegistry.class)
                            .all()
                            .getFirst();
                    await().until(() -> container.busyWorkers() == 1);
                    await().until(() -> toy.refusals.get() > 1);
                    toy.numberless = false;
                    await().until(() -> container.busyWorkers() == 2);
                    release.countDown();
                });
    }
}
