package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.Sender;
import dev.channels.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;

/** A closing context drains its channels: every accepted message is handled, or reported. */
class ShutdownTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders();

    @Test
    void closingHandlesEachQueuedMessageOnceServesBlockedSendersAndRefusesLateOnes() {
        context.withBean("slow", Slow.class)
                .withBean("left", Left.class)
                .withPropertyValues(
                        "channels.definitions.orders.capacity=1000",
                        "channels.definitions.orders.listener.concurrency=4")
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    ChannelListenerContainer container =
                            started.getBean(ChannelListenerRegistry.class).container("slow.handle");
                    container.pause();
                    ListenerTests.sendAll(orders, 0, 1000);
                    Queue<Integer> accepted = new ConcurrentLinkedQueue<>();
                    Queue<Integer> refused = new ConcurrentLinkedQueue<>();
                    List<Thread> blocked = new ArrayList<>();
                    for (int number = 1000; number < 1020; number++) {
                        Order order = new Order(number);
                        blocked.add(Thread.startVirtualThread(() -> send(orders, order, accepted, refused)));
                    }
                    await().until(() -> orders.blockedSenders() == 20);
                    container.resume();
                    Slow slow = started.getBean(Slow.class);
                    Left left = started.getBean(Left.class);

                    started.close();

                    for (Thread thread : blocked) {
                        assertThat(thread.join(Duration.ofMillis(300))).isTrue();
                    }
                    assertThat(refused).isEmpty();
                    assertThat(accepted).hasSize(20);
                    assertThat(slow.times)
                            .hasSize(1020)
                            .allSatisfy(
                                    (number, times) -> assertThat(times.get()).isEqualTo(1));
                    assertThat(left.messages).isEmpty();
                    assertThatThrownBy(() -> orders.send(new Order(-1))).isInstanceOf(ChannelClosedException.class);
                });
    }

    static void send(Sender<Order> orders, Order order, Queue<Integer> accepted, Queue<Integer> refused) {
        try {
            orders.send(order);
            accepted.add(order.number());
        } catch (ChannelClosedException closed) {
            refused.add(order.number());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    static class Slow {
        final Map<Integer, AtomicInteger> times = new ConcurrentHashMap<>();

        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            Thread.sleep(1);
            times.computeIfAbsent(order.number(), number -> new AtomicInteger()).incrementAndGet();
        }
    }

    static class Left implements AbandonedMessages {
        final Map<String, List<?>> messages = new ConcurrentHashMap<>();

        @Override
        public void abandoned(String channel, List<?> left) {
            messages.put(channel, left);
        }
    }

    @Test
    void channelThatAListenerSendsToClosesAfterThatListener() {
        context.withPropertyValues(
                        "channels.definitions.paid.type=" + Channels.ORDER, "channels.definitions.paid.capacity=1")
                .withBean("cashier", Cashier.class)
                .withBean("till", Till.class)
                .withBean("shipper", Shipper.class)
                .run(started -> {
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 50);
                    Shipper shipper = started.getBean(Shipper.class);
                    started.close();
                    assertThat(shipper.shipped).hasSize(50);
                });
    }

    @Test
    void listenerThatSendsToAnotherChannelDoesNotKeepItsOwnOpen() {
        context.withPropertyValues(
                        "channels.definitions.paid.type=" + Channels.ORDER,
                        "spring.lifecycle.timeout-per-shutdown-phase=10s")
                .withBean("cashier", Cashier.class)
                .withBean("till", Till.class)
                .withBean("shipper", Shipper.class)
                .withBean("left", Left.class)
                .run(started -> {
                    Sender<Order> orders =
                            started.getBean(ChannelRegistry.class).sender("orders");
                    Queue<Integer> accepted = new ConcurrentLinkedQueue<>();
                    Thread producer = produce(orders, accepted);
                    await().until(() -> accepted.size() > 50);
                    Shipper shipper = started.getBean(Shipper.class);
                    Left left = started.getBean(Left.class);
                    started.close();
                    producer.join();
                    assertThat(left.messages).isEmpty();
                    assertThat(shipper.shipped).hasSize(accepted.size());
                });
    }

    /** Sends without end, until it is refused. */
    private static Thread produce(Sender<Order> orders, Queue<Integer> accepted) {
        Queue<Integer> refused = new ConcurrentLinkedQueue<>();
        return Thread.startVirtualThread(() -> {
            for (int number = 0; refused.isEmpty(); number++) {
                send(orders, new Order(number), accepted, refused);
            }
        });
    }

    /** Sends through another bean: that is a dependency too. */
    static class Cashier {
        private final Till till;

        Cashier(Till till) {
            this.till = till;
        }

        @ChannelListener("orders")
        void pay(Order order) throws InterruptedException {
            Thread.sleep(2);
            till.take(order);
        }
    }

    static class Till {
        private final Sender<Order> paid;

        Till(Sender<Order> paid) {
            this.paid = paid;
        }

        void take(Order order) throws InterruptedException {
            paid.send(order);
        }
    }

    static class Shipper {
        final Queue<Order> shipped = new ConcurrentLinkedQueue<>();

        @ChannelListener("paid")
        void ship(Order order) throws InterruptedException {
            Thread.sleep(2);
            shipped.add(order);
        }
    }

    @Test
    void channelsInACircleCloseTogetherWhenTheyAreQuiet() {
        context.withPropertyValues("channels.definitions.again.type=" + Channels.ORDER)
                .withBean("ping", Ping.class)
                .withBean("pong", Pong.class)
                .run(started -> {
                    Pong pong = started.getBean(Pong.class);
                    for (int hops = 0; hops < 10; hops++) {
                        started.getBean(ChannelRegistry.class).sender("orders").send(new Order(40));
                    }
                    started.close();
                    assertThat(pong.ended.get()).isEqualTo(10);
                });
    }

    static class Ping {
        private final Sender<Order> again;

        Ping(Sender<Order> again) {
            this.again = again;
        }

        @ChannelListener("orders")
        void handle(Order hops) throws InterruptedException {
            Thread.sleep(1);
            again.send(hops);
        }
    }

    static class Pong {
        final AtomicInteger ended = new AtomicInteger();
        private final Sender<Order> orders;

        Pong(Sender<Order> orders) {
            this.orders = orders;
        }

        @ChannelListener("again")
        void handle(Order hops) throws InterruptedException {
            if (hops.number() == 0) {
                ended.incrementAndGet();
            } else {
                orders.send(new Order(hops.number() - 1));
            }
        }
    }

    @Test
    void pausedListenerResumesForTheDrain() {
        context.withBean("slow", Slow.class).run(started -> {
            started.getBean(ChannelListenerRegistry.class)
                    .container("slow.handle")
                    .pause();
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 30);
            Slow slow = started.getBean(Slow.class);
            started.close();
            assertThat(slow.times).hasSize(30);
        });
    }

    @Test
    void aProducerThatNeverStopsIsRefusedAndNothingItSentIsLost() {
        context.withBean("slow", Slow.class).run(started -> {
            Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
            Queue<Integer> accepted = new ConcurrentLinkedQueue<>();
            Thread producer = produce(orders, accepted);
            Slow slow = started.getBean(Slow.class);
            await().until(() -> slow.times.size() > 50);
            started.close();
            producer.join();
            assertThat(slow.times.keySet()).containsExactlyInAnyOrderElementsOf(accepted);
        });
    }

    @Test
    void oneChannelUnderTwoBeanNamesIsOneChannel() {
        context.withUserConfiguration(TwoNames.class)
                .withBean("slow", Slow.class)
                .run(started -> {
                    assertThat(started.getBean(ChannelRegistry.class).names()).containsExactly("orders");
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 20);
                    Slow slow = started.getBean(Slow.class);
                    started.close();
                    assertThat(slow.times).hasSize(20);
                });
    }

    static class TwoNames {
        @Bean
        @Primary
        Sender<Order> firstChoice(@Qualifier("orders") Channel<Order> orders) {
            return orders;
        }
    }

    @Test
    void drainGoesBeforeEventsWhenTheyArePublishedAsynchronously() {
        context.withBean(
                        AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
                        SimpleApplicationEventMulticaster.class,
                        () -> {
                            SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
                            multicaster.setTaskExecutor(task -> Thread.startVirtualThread(() -> {
                                LockSupport.parkNanos(100_000_000);
                                task.run();
                            }));
                            return multicaster;
                        })
                .withBean("slow", Slow.class)
                .run(started -> {
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 20);
                    Slow slow = started.getBean(Slow.class);
                    started.close();
                    assertThat(slow.times).hasSize(20);
                });
    }

    @Test
    void whatARegisteredListenerSendsIsHandledToo() {
        context.withPropertyValues("channels.definitions.paid.type=" + Channels.ORDER)
                .withBean("shipper", Shipper.class)
                .run(started -> {
                    Sender<Order> paid = started.getBean(ChannelRegistry.class).sender("paid");
                    started.getBean(ChannelListenerRegistry.class)
                            .<Order>register(
                                    "forward", "orders", order -> ListenerTests.sendAll(paid, order.number(), 1));
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 20);
                    Shipper shipper = started.getBean(Shipper.class);
                    started.close();
                    assertThat(shipper.shipped).hasSize(20);
                });
    }

    @Test
    void listenerThatHoldsTheListenerRegistryDoesNotKeepItsChannelOpen() {
        context.withBean("self", SelfPausing.class).run(started -> {
            Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
            Queue<Integer> accepted = new ConcurrentLinkedQueue<>();
            Thread producer = produce(orders, accepted);
            await().until(() -> accepted.size() > 20);
            SelfPausing self = started.getBean(SelfPausing.class);
            started.close();
            producer.join();
            assertThat(self.handled.get()).isEqualTo(accepted.size());
        });
    }

    static class SelfPausing {
        final AtomicInteger handled = new AtomicInteger();

        SelfPausing(ChannelListenerRegistry listeners) {
            assertThat(listeners).isNotNull();
        }

        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            Thread.sleep(1);
            handled.incrementAndGet();
        }
    }

    @Test
    void senderThatASubscriptionHoldsBackIsFreedAtTheEnd() {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.prices.kind=broadcast",
                        "channels.definitions.prices.capacity=1",
                        "spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .run(started -> {
                    @SuppressWarnings("unchecked")
                    Broadcast<Order> prices = started.getBean("prices", Broadcast.class);
                    Subscription<Order> stuck = prices.subscribe();
                    prices.send(new Order(1));
                    Queue<Integer> accepted = new ConcurrentLinkedQueue<>();
                    Queue<Integer> refused = new ConcurrentLinkedQueue<>();
                    Thread blocked = Thread.startVirtualThread(() -> send(prices, new Order(2), accepted, refused));
                    await().until(() -> prices.stats().blockedSenders() == 1);
                    started.close();
                    assertThat(blocked.join(Duration.ofMillis(300))).isTrue();
                    assertThat(refused).containsExactly(2);
                    assertThat(stuck.receive()).isEqualTo(new Order(1));
                });
    }

    @Test
    void channelThatWasClosedAndReplacedKeepsItsMessages() {
        context.withBean("left", Left.class).run(started -> {
            ChannelRegistry channels = started.getBean(ChannelRegistry.class);
            Queue<Integer> handled = new ConcurrentLinkedQueue<>();
            ListenerTests.sendAll(channels.<Order>create("tmp", builder -> builder.capacity(50)), 0, 50);
            started.getBean(ChannelListenerRegistry.class).<Order>register("tmp-listener", "tmp", order -> {
                LockSupport.parkNanos(1_000_000);
                handled.add(order.number());
            });
            channels.close("tmp");
            channels.<Order>create("tmp", builder -> builder.capacity(50));
            started.close();
            assertThat(handled).hasSize(50);
        });
    }

    @Test
    void interruptOfTheClosingThreadDoesNotEndTheDrain() {
        context.withBean("slow", Slow.class).run(started -> {
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 100);
            Slow slow = started.getBean(Slow.class);
            Thread closing = Thread.ofPlatform().start(started::close);
            await().until(() -> slow.times.size() > 5);
            closing.interrupt();
            closing.join();
            assertThat(slow.times).hasSize(100);
        });
    }

    @Test
    void listenerMayCloseItsOwnContext() {
        context.withBean("closing", Closing.class).withBean("left", Left.class).run(started -> {
            Left left = started.getBean(Left.class);
            Closing closing = started.getBean(Closing.class);
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 1);
            assertThat(closing.took.receive()).isLessThan(Duration.ofSeconds(3));
            assertThat(left.messages).isEmpty();
        });
    }

    static class Closing {
        final Channel<Duration> took = Channel.unbounded();
        private final ConfigurableApplicationContext application;

        Closing(ConfigurableApplicationContext application) {
            this.application = application;
        }

        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            long start = System.nanoTime();
            application.close();
            took.send(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    @Test
    void aTimeoutForEverIsNoMistake() {
        context.withBean("slow", Slow.class)
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=P100000000D")
                .run(started -> {
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 10);
                    Slow slow = started.getBean(Slow.class);
                    started.close();
                    assertThat(slow.times).hasSize(10);
                });
    }

    @Test
    void aChannelOfTheApplicationIsDrainedToo() {
        Channels.context()
                .withUserConfiguration(ChannelBeanTests.OwnChannel.class)
                .run(started -> {
                    Sender<String> own = started.getBean(ChannelRegistry.class).sender("own");
                    own.send("last words");
                    ChannelBeanTests.OwnChannel bean = started.getBean(ChannelBeanTests.OwnChannel.class);
                    started.close();
                    assertThat(bean.heard.tryReceive()).isEqualTo("last words");
                });
    }

    @Test
    void receiverOfTheApplicationFindsTheEnd() {
        context.run(started -> {
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            CountDownLatch ended = new CountDownLatch(1);
            Thread.startVirtualThread(() -> {
                try {
                    orders.receive();
                } catch (ChannelClosedException | InterruptedException end) {
                    ended.countDown();
                }
            });
            await().until(() -> orders.blockedReceivers() == 1);
            started.close();
            ended.await();
        });
    }
}
