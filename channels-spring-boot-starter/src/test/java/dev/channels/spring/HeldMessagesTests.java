package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.spring.ShutdownTests.Left;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What a listener holds when the context closes, in hand, in a batch or because of its key, is reported in its order. */
class HeldMessagesTests {

    private static final List<Order> VISITS =
            List.of(0, 2, 4, 6, 8).stream().map(Order::new).toList();
    private static final List<Order> ORDERS =
            IntStream.range(0, 10).mapToObj(Order::new).toList();

    private final Left left = new Left();
    private final Holding holding = new Holding();
    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withPropertyValues(
                    "channels.definitions.visits.type=" + Channels.ORDER,
                    "channels.definitions.done.type=" + Channels.ORDER,
                    "channels.listeners.keyed.key-buffer=2",
                    "spring.lifecycle.timeout-per-shutdown-phase=500ms")
            .withBean(AbandonedMessages.class, () -> left)
            .withBean("holding", Holding.class, () -> holding);

    /** Holds what it gets until it is released. All visits have the same key. */
    static class Holding {

        private final CountDownLatch release = new CountDownLatch(1);
        private final Queue<Object> begun = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "visits", id = "keyed", key = "#root.number % 2", concurrency = "2", sendTo = "done")
        Order visit(Order visit) throws InterruptedException {
            begun.add(visit);
            release.await();
            return visit;
        }

        @ChannelListener(value = "orders", id = "batching", batchSize = "3", sendTo = "done")
        List<Order> order(List<Order> orders) throws InterruptedException {
            begun.add(orders);
            release.await();
            return orders;
        }
    }

    /** In hand are visit 0 and the first orders, 2 and 4 wait for the key of 0, and the channels have the rest. */
    private List<ListenerContainer> fill(ApplicationContext started) {
        ChannelRegistry channels = started.getBean(ChannelRegistry.class);
        VISITS.forEach(channels.<Order>sender("visits")::trySend);
        ORDERS.forEach(channels.<Order>sender("orders")::trySend);
        List<ListenerContainer> containers =
                started.getBean(DefaultChannelListenerRegistry.class).all();
        await().until(() -> holding.begun.size() == 2
                && containers.stream()
                                .mapToInt(ListenerContainer::waitingForKey)
                                .sum()
                        == 2);
        return containers;
    }

    private void assertAllIsReported(List<ListenerContainer> containers) {
        assertThat(left.messages).isEqualTo(Map.of("visits", VISITS, "orders", ORDERS));
        for (ListenerContainer container : containers) {
            assertThat(container.counters().handled()).isZero();
            assertThat(container.counters().failed()).isZero();
            assertThat(container.waitingForKey()).isZero();
        }
    }

    @Test
    void whatIsInHandAndWhatWaitsIsReportedInOrder() {
        context.run(started -> {
            List<ListenerContainer> containers = fill(started);
            started.close();
            assertAllIsReported(containers);
        });
    }

    @Test
    void whatIsInHandAndWhatWaitsIsReportedInOrderAfterPauseAndResize() {
        context.run(started -> {
            List<ListenerContainer> containers = fill(started);
            for (ListenerContainer container : containers) {
                container.pause();
                container.setConcurrency("3");
                container.setConcurrency("1");
            }
            started.close();
            assertAllIsReported(containers);
        });
    }

    @Test
    void whatIsInHandAndWhatWaitsIsReportedInOrderWhenAStopIsStillWaiting() {
        context.run(started -> {
            List<ListenerContainer> containers = fill(started);
            List<Thread> stops = stopWithoutWaiting(containers);
            started.close();
            assertAllIsReported(containers);
            for (Thread stop : stops) {
                assertThat(stop.join(Duration.ofSeconds(10))).isTrue();
            }
        });
    }

    private static List<Thread> stopWithoutWaiting(List<ListenerContainer> containers) {
        List<Thread> stops = containers.stream()
                .map(container -> Thread.startVirtualThread(container::stop))
                .toList();
        await().until(() -> containers.stream().noneMatch(ListenerContainer::isRunning));
        return stops;
    }

    @Test
    void whatAStoppedListenerStillHoldsIsReportedInOrderAndNotWaitedFor() {
        context.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=60s")
                .run(started -> {
                    List<Thread> stops = stopWithoutWaiting(fill(started));
                    holding.release.countDown();
                    for (Thread stop : stops) {
                        stop.join();
                    }
                    long start = System.nanoTime();
                    started.close();
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
                    // Visit 0 and the batch were in hand, so they were finished and sent on.
                    int visits = VISITS.size() - left.messages.get("visits").size();
                    int orders = ORDERS.size() - left.messages.get("orders").size();
                    assertThat(left.messages.get("visits")).isEqualTo(VISITS.subList(1, VISITS.size()));
                    assertThat(left.messages.get("orders")).isEqualTo(ORDERS.subList(orders, ORDERS.size()));
                    List<Object> done = new ArrayList<>(VISITS.subList(0, visits));
                    done.addAll(ORDERS.subList(0, orders));
                    assertThat(orders).isBetween(1, 3);
                    assertThat(List.<Object>copyOf(left.messages.get("done")))
                            .containsExactlyInAnyOrderElementsOf(done);
                });
    }

    @Test
    void whatWaitsForARetryIsReportedInOrderWithWhatWaitsForIt() {
        waitingForARetry().run(started -> {
            List<ListenerContainer> containers = fill(started);
            awaitRetries(containers);
            started.close();
            assertAllIsReported(containers);
        });
    }

    @Test
    void whatWaitsForARetryBecomesADeadLetterAndWhatWaitsForItFollowsInOrder() {
        waitingForARetry()
                .withPropertyValues(
                        "channels.definitions.visits.dead-letter=failed",
                        "channels.definitions.orders.dead-letter=failed")
                .withPropertyValues("channels.definitions.failed.capacity=100")
                .run(started -> {
                    List<ListenerContainer> containers = fill(started);
                    awaitRetries(containers);
                    started.close();
                    assertThat(left.messages).containsOnlyKeys("failed");
                    assertThat(lettersOf("keyed")).isEqualTo(VISITS);
                    assertThat(lettersOf("batching")).isEqualTo(ORDERS);
                    for (ListenerContainer container : containers) {
                        long taken = container.channel().channel().stats().received();
                        assertThat(container.counters().failed()).isEqualTo(taken);
                        assertThat(container.counters().deadLettered()).isEqualTo(taken);
                        assertThat(container.counters().handled()).isZero();
                    }
                });
    }

    /** The channel to send to refuses everything, and that is tried again in an hour. */
    private ApplicationContextRunner waitingForARetry() {
        return context.withPropertyValues(
                "channels.definitions.done.capacity=0",
                "channels.definitions.done.overflow=fail",
                "channels.defaults.listener.retry.delay=1h",
                "spring.lifecycle.timeout-per-shutdown-phase=60s");
    }

    /** Who waits for a retry is the only one who waits for a time. */
    private void awaitRetries(List<ListenerContainer> containers) {
        holding.release.countDown();
        await().until(() -> containers.stream()
                .allMatch(container -> container.workerThreads().stream()
                        .anyMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING)));
    }

    private List<?> lettersOf(String listener) {
        return left.messages.get("failed").stream()
                .map(letter -> (DeadLetter<?>) letter)
                .filter(letter -> letter.listener().equals(listener))
                .map(DeadLetter::payload)
                .toList();
    }
}
