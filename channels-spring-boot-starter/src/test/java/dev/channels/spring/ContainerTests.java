package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Sender;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What operations may do to a listener while it runs. */
class ContainerTests {

    private static final int MESSAGES = 20_000;

    private final ApplicationContextRunner context =
            Channels.contextWithOrders().withBean("counting", Counting.class);

    static class Counting {
        final AtomicInteger total = new AtomicInteger();
        final AtomicIntegerArray times = new AtomicIntegerArray(MESSAGES);

        @ChannelListener(value = "orders", id = "counting")
        void handle(Order order) {
            times.incrementAndGet(order.number());
            total.incrementAndGet();
        }
    }

    @Test
    void nothingIsLostOrDoubledWhileItIsPausedStoppedAndResizedAtRandom() {
        context.run(started -> {
            Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("counting");
            Counting counting = started.getBean(Counting.class);
            Thread producer = Thread.startVirtualThread(() -> ListenerTests.sendAll(orders, 0, MESSAGES));
            ThreadLocalRandom random = ThreadLocalRandom.current();
            while (producer.isAlive()) {
                switch (random.nextInt(5)) {
                    case 0 -> container.pause();
                    case 1 -> container.stop();
                    case 2 -> container.setConcurrency(String.valueOf(1 + random.nextInt(8)));
                    case 3 -> container.setConcurrency("1-" + (1 + random.nextInt(8)));
                    default -> {}
                }
                if (random.nextBoolean()) {
                    container.resume();
                    container.start();
                }
            }
            container.resume();
            container.start();
            await().until(() -> counting.total.get() == MESSAGES);
            for (int number = 0; number < MESSAGES; number++) {
                assertThat(counting.times.get(number)).isEqualTo(1);
            }
        });
    }

    @Test
    void nothingIsTakenAfterPauseHasReturned() {
        context.withPropertyValues("channels.listeners.counting.concurrency=4").run(started -> {
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("counting");
            for (int round = 0; round < 500; round++) {
                orders.trySend(new Order(0));
                container.pause();
                long received = orders.stats().received();
                int before = orders.size();
                int sent = 0;
                while (sent < 4 && orders.trySend(new Order(1))) {
                    sent++;
                }
                assertThat(orders.stats().received()).isEqualTo(received);
                assertThat(orders.size()).isEqualTo(before + sent);
                assertThat(container.isPaused()).isTrue();
                container.resume();
            }
        });
    }

    @Test
    void elasticListenerGrowsToItsMaximumWhileMessagesWaitAndShrinksWhenIdle() {
        Channels.contextWithOrders()
                .withBean("waiting", Waiting.class)
                .withPropertyValues(
                        "channels.definitions.orders.listener.concurrency=1-4",
                        "channels.definitions.orders.listener.idle-timeout=100ms")
                .run(started -> {
                    Waiting waiting = started.getBean(Waiting.class);
                    Sender<Order> orders =
                            started.getBean(ChannelRegistry.class).sender("orders");
                    ListenerTests.sendAll(orders, 0, 10);
                    await().atMost(Duration.ofSeconds(2)).until(() -> waiting.current.get() == 4);
                    waiting.release.close();
                    await().until(() -> waiting.done.get() == 10);
                    assertThat(waiting.most.get()).isEqualTo(4);
                    await().until(() -> started.getBean(DefaultChannelListenerRegistry.class)
                                    .all()
                                    .getFirst()
                                    .currentWorkers()
                            == 1);
                });
    }

    static class Waiting {
        final Channel<Boolean> release = Channel.rendezvous();
        final AtomicInteger current = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final AtomicInteger done = new AtomicInteger();

        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            most.accumulateAndGet(current.incrementAndGet(), Math::max);
            release.iterator().hasNext();
            current.decrementAndGet();
            done.incrementAndGet();
        }
    }

    @Test
    void badRangeIsRefusedAndChangesNothing() {
        context.run(started -> {
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("counting");
            for (String bad : new String[] {"0", "-1", "4-2", "many", "", "1-"}) {
                assertThatThrownBy(() -> container.setConcurrency(bad))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("write a number from 1 on");
            }
            assertThat(container.isRunning()).isTrue();
        });
    }

    @Test
    void unknownIdIsRefusedAndTheNearestNamed() {
        context.run(started -> assertThatThrownBy(
                        () -> started.getBean(ChannelListenerRegistry.class).container("countng"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no listener 'countng'. Did you mean 'counting'?"));
    }
}
