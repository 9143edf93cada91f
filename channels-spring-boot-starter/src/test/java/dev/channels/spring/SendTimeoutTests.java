package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.ChannelFullException;
import dev.channels.Permit;
import dev.channels.Request;
import dev.channels.RequestChannel;
import dev.channels.Select;
import dev.channels.Sender;
import dev.channels.SenderHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** {@code send-timeout}: no send waits longer. */
class SendTimeoutTests {

    private static final String FULL = "Channel 'orders' is full, and was for PT0.05S";

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withPropertyValues(
                    "channels.definitions.orders.capacity=1", "channels.definitions.orders.send-timeout=50ms");

    private static Channel<Order> fullChannel(ChannelRegistry channels) throws InterruptedException {
        Channel<Order> orders = channels.channel("orders");
        orders.send(new Order(0));
        return orders;
    }

    @Test
    void everyFormOfSendingThatWaitsGivesUpInTime() {
        context.run(started -> {
            Channel<Order> orders = fullChannel(started.getBean(ChannelRegistry.class));
            assertThatThrownBy(() -> orders.send(new Order(1)))
                    .isInstanceOf(ChannelFullException.class)
                    .hasMessage(FULL);
            assertThatThrownBy(orders::reserve)
                    .isInstanceOf(ChannelFullException.class)
                    .hasMessage(FULL);
            assertThat(orders.trySend(new Order(1), Duration.ofDays(1))).isFalse();
            assertThatThrownBy(() -> orders.sendAsync(new Order(1)).get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(ChannelFullException.class)
                    .hasMessage(FULL);
            try (SenderHandle<Order> handle = orders.newSender()) {
                assertThatThrownBy(() -> handle.send(new Order(1))).isInstanceOf(ChannelFullException.class);
            }
            assertThat(orders.blockedSenders()).isZero();
            assertThat(orders.receive()).isEqualTo(new Order(0));
            assertThat(orders.size()).isZero();
        });
    }

    @Test
    void sendsThatFindRoomInTimeAreSent() {
        context.withPropertyValues("channels.definitions.orders.send-timeout=10m")
                .run(started -> {
                    Channel<Order> orders = fullChannel(started.getBean(ChannelRegistry.class));
                    CompletableFuture<Void> pending = orders.sendAsync(new Order(1));
                    assertThat(pending).isNotDone();
                    Thread sending = Thread.startVirtualThread(() -> ListenerTests.sendAll(orders, 2, 1));
                    await().until(() -> orders.blockedSenders() == 2);
                    assertThat(orders.receive()).isEqualTo(new Order(0));
                    assertThat(orders.receive()).isEqualTo(new Order(1));
                    assertThat(orders.receive()).isEqualTo(new Order(2));
                    sending.join();
                    assertThat(pending).isCompleted();
                    try (Permit<Order> permit = orders.reserve()) {
                        permit.send(new Order(3));
                    }
                    assertThat(orders.receive()).isEqualTo(new Order(3));
                });
    }

    @Test
    void roomThatIsReservedTooLateGoesBack() {
        context.run(started -> {
            Channel<Order> orders = fullChannel(started.getBean(ChannelRegistry.class));
            for (int round = 0; round < 20; round++) {
                assertThatThrownBy(orders::reserve).isInstanceOf(ChannelFullException.class);
                orders.receive();
                assertThat(orders.trySend(new Order(round))).isTrue();
            }
        });
    }

    @Test
    void interruptedReserveTakesNoRoom() {
        context.withPropertyValues("channels.definitions.orders.send-timeout=10m")
                .run(started -> {
                    Channel<Order> orders = fullChannel(started.getBean(ChannelRegistry.class));
                    CompletableFuture<String> outcome = new CompletableFuture<>();
                    Thread reserving = Thread.startVirtualThread(() -> {
                        try {
                            outcome.complete("got " + orders.reserve());
                        } catch (InterruptedException interrupted) {
                            outcome.complete("interrupted");
                        }
                    });
                    await().until(() -> orders.blockedSenders() == 1);
                    reserving.interrupt();
                    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
                    await().until(() -> orders.blockedSenders() == 0);
                    orders.receive();
                    assertThat(orders.trySend(new Order(1))).isTrue();
                });
    }

    @Test
    void closeReachesThoseWhoWait() {
        context.withPropertyValues("channels.definitions.orders.send-timeout=10m")
                .run(started -> {
                    Channel<Order> orders = fullChannel(started.getBean(ChannelRegistry.class));
                    CompletableFuture<Throwable> reserving = failureOf(orders);
                    await().until(() -> orders.blockedSenders() == 1);
                    orders.closeNow();
                    assertThat(reserving.get(10, TimeUnit.SECONDS)).isInstanceOf(ChannelClosedException.class);
                    assertThatThrownBy(() -> orders.send(new Order(1))).isInstanceOf(ChannelClosedException.class);
                });
    }

    private static CompletableFuture<Throwable> failureOf(Channel<Order> orders) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                orders.reserve();
            } catch (Throwable thrown) {
                failure.complete(thrown);
            }
        });
        return failure;
    }

    @Test
    void listenerAndDrainWorkAsWithoutIt() {
        context.withPropertyValues(
                        "channels.definitions.orders.send-timeout=10m", "channels.definitions.orders.capacity=10")
                .withBean("slow", ShutdownTests.Slow.class)
                .run(started -> {
                    Sender<Order> orders =
                            started.getBean(ChannelRegistry.class).sender("orders");
                    ListenerTests.sendAll(orders, 0, 100);
                    ShutdownTests.Slow slow = started.getBean(ShutdownTests.Slow.class);
                    started.close();
                    assertThat(slow.times).hasSize(100);
                    assertThat(orders.isClosedForSend()).isTrue();
                });
    }

    @Test
    void broadcastGivesUpOnASlowSubscription() {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.prices.kind=broadcast",
                        "channels.definitions.prices.capacity=1",
                        "channels.defaults.send-timeout=50ms")
                .run(started -> {
                    @SuppressWarnings("unchecked")
                    Broadcast<Integer> prices = started.getBean("prices", Broadcast.class);
                    try (var slow = prices.subscribe()) {
                        prices.send(1);
                        assertThatThrownBy(() -> prices.send(2)).isInstanceOf(ChannelFullException.class);
                        assertThat(slow.receive()).isEqualTo(1);
                        prices.send(3);
                        assertThat(slow.receive()).isEqualTo(3);
                    }
                });
    }

    @Test
    void channelCreatedAtRunTimeHasTheDefault() {
        Channels.context()
                .withPropertyValues("channels.defaults.send-timeout=50ms")
                .run(started -> {
                    Channel<Order> late =
                            started.getBean(ChannelRegistry.class).create("late", builder -> builder.capacity(0));
                    assertThatThrownBy(() -> late.send(new Order(1))).isInstanceOf(ChannelFullException.class);
                });
    }

    @Test
    void beansAreTheCoresOwnSoThatASelectTakesThem() {
        context.withPropertyValues(
                        "channels.definitions.orders.send-timeout=10ms",
                        "channels.definitions.prices.kind=broadcast",
                        "channels.definitions.prices.capacity=1",
                        "channels.definitions.prices.send-timeout=10ms",
                        "channels.definitions.lengths.kind=request",
                        "channels.definitions.lengths.type=java.lang.String",
                        "channels.definitions.lengths.reply-type=java.lang.Integer",
                        "channels.definitions.lengths.request-timeout=10ms",
                        "channels.defaults.time-in-queue=true")
                .withBean(Answering.class)
                .run(started -> {
                    Channel<Order> orders = fullChannel(started.getBean(ChannelRegistry.class));
                    assertThat(started.getBean("orders")).isSameAs(orders);
                    @SuppressWarnings("unchecked")
                    Broadcast<Integer> prices = started.getBean("prices", Broadcast.class);
                    try (var slow = prices.subscribe()) {
                        prices.send(1);
                        Select<String> full = Select.biased(
                                Select.send(orders, () -> new Order(1), () -> "sent"),
                                Select.send(prices, () -> 2, () -> "sent"),
                                Select.receive(started.getBean(Answering.class).lengths, Request::question),
                                Select.timeout(Duration.ofMillis(50), () -> "waited longer than any send"));
                        assertThat(full.await()).isEqualTo("waited longer than any send");
                        Select<Object> ready = Select.biased(
                                Select.receive(orders, order -> order), Select.receive(slow, price -> price));
                        assertThat(ready.await()).isEqualTo(new Order(0));
                        assertThat(ready.await()).isEqualTo(1);
                    }
                    assertThat(List.of(orders, prices, started.getBean("lengths")))
                            .allSatisfy(bean ->
                                    assertThat(bean.getClass().getPackageName()).isEqualTo("dev.channels"));
                });
    }

    static class Answering {
        private final RequestChannel<String, Integer> lengths;

        Answering(RequestChannel<String, Integer> lengths) {
            this.lengths = lengths;
        }
    }
}
