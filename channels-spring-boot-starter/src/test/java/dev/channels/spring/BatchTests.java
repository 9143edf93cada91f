package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static dev.channels.spring.RetryTests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Sender;
import dev.channels.spring.ChannelListenerErrorHandler.Decision;
import dev.channels.spring.ShutdownTests.Left;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** A listener with a list takes several messages at once, and none of them gets lost. */
class BatchTests {

    private static final String KEYS = "channels.listeners.batches.";

    private final ApplicationContextRunner context =
            Channels.contextWithOrders().withBean("batches", Batches.class);

    static class Batches {
        final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "orders", id = "batches", batchSize = "${size:10}")
        void handle(List<Order> orders) {
            batches.add(orders.stream().map(Order::number).toList());
        }
    }

    private static ListenerContainer container(ApplicationContext started) {
        return started.getBean(DefaultChannelListenerRegistry.class).all().getFirst();
    }

    private static Queue<List<Integer>> batches(ApplicationContext started) {
        return started.getBean(Batches.class).batches;
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<Order> orders(int from, int to) {
        return IntStream.range(from, to).mapToObj(Order::new).toList();
    }

    /** Starts paused, so that the messages are there before the first batch is taken. */
    private static void sendAtOnce(ApplicationContext started, int count) {
        container(started).pause();
        send(started, count);
        container(started).resume();
    }

    @Test
    void batchIsWhatIsThereAndNoMoreThanItsSize() {
        context.run(started -> {
            sendAtOnce(started, 25);
            await().until(() -> counters(started).handled() == 25);
            assertThat(batches(started)).containsExactly(numbers(0, 10), numbers(10, 20), numbers(20, 25));
        });
    }

    @Test
    void sizeIsAHundredUnlessSet() {
        context.withPropertyValues("size=", "channels.definitions.orders.capacity=200")
                .run(started -> {
                    sendAtOnce(started, 150);
                    await().until(() -> counters(started).handled() == 150);
                    assertThat(batches(started)).containsExactly(numbers(0, 100), numbers(100, 150));
                });
    }

    @Test
    void propertiesOfTheListenerWinOverTheAnnotation() {
        context.withPropertyValues(KEYS + "batch-size=20").run(started -> {
            sendAtOnce(started, 25);
            await().until(() -> counters(started).handled() == 25);
            assertThat(batches(started)).containsExactly(numbers(0, 20), numbers(20, 25));
        });
    }

    @Test
    void batchWithoutLingerDoesNotWaitForMore() {
        context.run(started -> {
            for (int number = 0; number < 3; number++) {
                int sent = number + 1;
                send(started, 1);
                await().until(() -> batches(started).size() == sent);
            }
        });
    }

    @Test
    void batchLingersForMoreAfterItsFirstMessage() {
        context.withPropertyValues(KEYS + "linger=300ms").run(started -> {
            Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
            long start = System.nanoTime();
            orders.send(new Order(0));
            Thread.sleep(30);
            orders.send(new Order(1));
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> batches(started).size() == 1);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(2));
            assertThat(batches(started)).containsExactly(numbers(0, 2));
        });
    }

    @Test
    void lingeringEndsWhenTheBatchIsFull() {
        context.withPropertyValues(KEYS + "linger=1h").run(started -> {
            send(started, 10);
            await().until(() -> counters(started).handled() == 10);
        });
    }

    @Test
    void lingeringEndsWithThePauseAndTheBatchIsHandled() {
        context.withPropertyValues(KEYS + "linger=1h").run(started -> {
            send(started, 3);
            await().until(() -> container(started).busyWorkers() == 1);
            await().until(() -> started.getBean(ChannelRegistry.class)
                            .<Order>channel("orders")
                            .size()
                    == 0);
            container(started).pause();
            await().until(() -> counters(started).handled() == 3);
            send(started, 2);
            await().during(Duration.ofMillis(100)).until(() -> counters(started).handled() == 3);
        });
    }

    @Test
    void lingeringEndsWithTheStopAndTheResizeAndTheBatchIsHandled() {
        context.withPropertyValues(KEYS + "linger=1h").run(started -> {
            send(started, 1);
            await().until(() -> container(started).busyWorkers() == 1);
            container(started).setConcurrency("2");
            await().until(() -> counters(started).handled() == 1);
            send(started, 1);
            await().until(() -> container(started).busyWorkers() == 1);
            container(started).stop();
            assertThat(counters(started).handled()).isEqualTo(2);
        });
    }

    @Test
    void closingHandlesALingeringBatch() {
        context.withPropertyValues(KEYS + "linger=1h")
                .withBean("left", Left.class)
                .run(started -> {
                    send(started, 3);
                    Left left = started.getBean(Left.class);
                    Queue<List<Integer>> batches = batches(started);
                    started.close();
                    assertThat(batches).containsExactly(numbers(0, 3));
                    assertThat(left.messages).isEmpty();
                });
    }

    @Test
    void workersAboveTheMinimumTakeBatchesToo() {
        context.withPropertyValues(KEYS + "concurrency=1-4", KEYS + "idle-timeout=50ms")
                .run(started -> {
                    for (int round = 0; round < 20; round++) {
                        send(started, 50);
                        Thread.sleep(20);
                    }
                    await().until(() -> counters(started).handled() == 1000);
                });
    }

    @Test
    void listenerOfABroadcastTakesBatches() {
        Channels.contextWithOrders()
                .withPropertyValues("channels.definitions.orders.kind=broadcast")
                .withBean("batches", Batches.class)
                .run(started -> {
                    sendAtOnce(started, 15);
                    await().until(() -> counters(started).handled() == 15);
                    assertThat(batches(started)).containsExactly(numbers(0, 10), numbers(10, 15));
                });
    }

    @Test
    void batchOfAnotherTransportIsAcknowledgedWhenItIsHandled() {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.orders.type=" + Channels.ORDER,
                        "channels.definitions.orders.transport=toy")
                .withBean(ToyTransport.class)
                .withBean("batches", Batches.class)
                .run(started -> {
                    sendAtOnce(started, 5);
                    ToyTransport toy = started.getBean(ToyTransport.class);
                    await().until(() -> toy.acknowledged.size() == 1);
                    assertThat(batches(started)).containsExactly(numbers(0, 5));
                    assertThat(toy.acknowledged).containsExactly(new Order(4));
                });
    }

    @Test
    void listOnAChannelWithoutATypeIsAMessageUnlessABatchIsAskedFor() {
        Channels.context()
                .withPropertyValues("channels.definitions.anything.capacity=10")
                .withBean("single", Single.class)
                .run(started -> {
                    Single single = started.getBean(Single.class);
                    started.getBean(ChannelRegistry.class).sender("anything").send(List.of("a", "b"));
                    await().until(() -> single.heard.size() == 1);
                    assertThat(single.heard).containsExactly(List.of("a", "b"));
                });
    }

    static class Single {
        final Queue<List<String>> heard = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "anything", id = "single")
        void handle(List<String> message) {
            heard.add(message);
        }
    }

    @Test
    void listOnAChannelWithoutATypeIsABatchIfOneIsAskedFor() {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.anything.capacity=10", "channels.listeners.single.batch-size=5")
                .withBean("single", Single.class)
                .run(started -> {
                    container(started).pause();
                    Sender<Object> anything =
                            started.getBean(ChannelRegistry.class).sender("anything");
                    anything.send("a");
                    anything.send("b");
                    container(started).resume();
                    Single single = started.getBean(Single.class);
                    await().until(() -> single.heard.size() == 1);
                    assertThat(single.heard).containsExactly(List.of("a", "b"));
                    anything.send(1);
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(counters(started).count("ClassCastException")).isEqualTo(1);
                });
    }

    @Test
    void listOnAChannelOfListsIsAMessage() {
        Channels.context()
                .withPropertyValues("channels.definitions.anything.type=java.util.List<java.lang.String>")
                .withBean("single", Single.class)
                .run(started -> {
                    Single single = started.getBean(Single.class);
                    started.getBean(ChannelRegistry.class).sender("anything").send(List.of("a"));
                    await().until(() -> single.heard.size() == 1);
                    assertThat(single.heard).containsExactly(List.of("a"));
                });
    }

    /** Fails on odd numbers, and says which it was if it is told to. */
    static class FailingOnOdd {
        final Queue<List<Integer>> calls = new ConcurrentLinkedQueue<>();
        private final boolean saysWhich;

        FailingOnOdd(boolean saysWhich) {
            this.saysWhich = saysWhich;
        }

        @ChannelListener(value = "orders", id = "odd")
        void handle(List<Order> orders) throws IOException {
            calls.add(orders.stream().map(Order::number).toList());
            for (int index = 0; index < orders.size(); index++) {
                if (orders.get(index).number() % 2 == 1) {
                    if (saysWhich) {
                        throw new BatchListenerFailedException("odd", index);
                    }
                    throw new IOException("odd");
                }
            }
        }
    }

    private static ApplicationContextRunner failing(boolean saysWhich) {
        return Channels.contextWithOrders()
                .withPropertyValues(
                        "channels.definitions.orders.dead-letter=failed",
                        "channels.definitions.failed.capacity=100",
                        "channels.defaults.listener.retry.delay=1ms",
                        "channels.defaults.listener.retry.max-retries=2")
                .withBean("odd", FailingOnOdd.class, () -> new FailingOnOdd(saysWhich));
    }

    private static List<DeadLetter<Order>> letters(ApplicationContext started, int count) throws InterruptedException {
        Channel<DeadLetter<Order>> failed =
                started.getBean(ChannelRegistry.class).channel("failed");
        List<DeadLetter<Order>> letters = new ArrayList<>();
        while (letters.size() < count) {
            letters.add(failed.receive());
        }
        return letters;
    }

    @Test
    void failedBatchIsRetriedAsAWholeAndThereIsADeadLetterForEachMessage() {
        failing(false).run(started -> {
            sendAtOnce(started, 4);
            assertThat(letters(started, 4))
                    .allSatisfy(letter -> {
                        assertThat(letter.attempts()).isEqualTo(3);
                        assertThat(letter.cause()).isInstanceOf(IOException.class);
                    })
                    .extracting(DeadLetter::payload)
                    .isEqualTo(orders(0, 4));
            await().until(() -> counters(started).failed() == 4);
            assertThat(counters(started).deadLettered()).isEqualTo(4);
            assertThat(counters(started).retried()).isEqualTo(2);
            assertThat(counters(started).handled()).isZero();
            assertThat(started.getBean(FailingOnOdd.class).calls)
                    .containsExactly(numbers(0, 4), numbers(0, 4), numbers(0, 4));
        });
    }

    @Test
    void lettersOfABatchWaitForRoomTogetherAndThoseThatFindNoneAreHandedOver() {
        failing(false)
                .withPropertyValues(
                        "channels.definitions.failed.capacity=2", "channels.defaults.listener.dead-letter-timeout=50ms")
                .withBean("left", Left.class)
                .run(started -> {
                    long start = System.nanoTime();
                    sendAtOnce(started, 50);
                    await().until(() -> counters(started).failed() == 50);
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
                    assertThat(counters(started).deadLettered()).isEqualTo(2);
                    assertThat(counters(started).undelivered()).isEqualTo(48);
                    Left left = started.getBean(Left.class);
                    await().until(() -> !left.messages.isEmpty());
                    assertThat(left.messages.get("orders")).isEqualTo(orders(2, 50));
                });
    }

    @Test
    void messagesBeforeTheFailedOneAreHandledAndTheOthersGoOn() {
        failing(true).run(started -> {
            sendAtOnce(started, 4);
            assertThat(letters(started, 3)).extracting(DeadLetter::payload).isEqualTo(orders(1, 4));
            await().until(() -> counters(started).failed() == 3);
            assertThat(counters(started).handled()).isEqualTo(1);
            assertThat(started.getBean(FailingOnOdd.class).calls)
                    .containsExactly(numbers(0, 4), numbers(1, 4), numbers(1, 4));
        });
    }

    @Test
    void batchWhoseRetrySucceedsIsHandled() {
        AtomicBoolean failed = new AtomicBoolean();
        Channels.contextWithOrders()
                .withPropertyValues("channels.defaults.listener.retry.delay=1ms")
                .withBean("once", FailingOnce.class, () -> new FailingOnce(failed, 2))
                .run(started -> {
                    sendAtOnce(started, 5);
                    await().until(() -> counters(started).handled() == 5);
                    assertThat(started.getBean(FailingOnce.class).calls).containsExactly(orders(0, 5), orders(2, 5));
                    assertThat(counters(started).failed()).isZero();
                });
    }

    record FailingOnce(AtomicBoolean failed, int index, Queue<List<Order>> calls) {

        FailingOnce(AtomicBoolean failed, int index) {
            this(failed, index, new ConcurrentLinkedQueue<>());
        }

        @ChannelListener("orders")
        void handle(List<Order> orders) {
            calls.add(List.copyOf(orders));
            if (failed.compareAndSet(false, true)) {
                throw new BatchListenerFailedException("once", index);
            }
        }
    }

    @Test
    void indexThatIsNotInTheListMeansTheWholeBatch() {
        Channels.contextWithOrders()
                .withPropertyValues("channels.defaults.listener.retry.delay=1ms")
                .withBean("once", FailingOnce.class, () -> new FailingOnce(new AtomicBoolean(), 5))
                .run(started -> {
                    sendAtOnce(started, 5);
                    await().until(() -> counters(started).handled() == 5);
                    assertThat(started.getBean(FailingOnce.class).calls).containsExactly(orders(0, 5), orders(0, 5));
                });
    }

    @Test
    void errorHandlerSeesTheMessagesThatAreNotHandledYet() {
        Queue<Object> payloads = new ConcurrentLinkedQueue<>();
        Channels.contextWithOrders()
                .withBean("odd", FailingOnOdd.class, () -> new FailingOnOdd(true))
                .withBean(ChannelListenerErrorHandler.class, () -> failure -> {
                    payloads.add(failure.payload());
                    return Decision.HANDLED;
                })
                .run(started -> {
                    sendAtOnce(started, 4);
                    await().until(() -> counters(started).handled() == 4);
                    assertThat(payloads).containsExactly(orders(1, 4));
                });
    }

    @Test
    void eachMessageOfABatchThatShutdownInterruptsIsReported() {
        Channels.contextWithOrders()
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .withBean("sleepy", SleepyBatches.class)
                .withBean("left", Left.class)
                .run(started -> {
                    sendAtOnce(started, 5);
                    await().until(() -> container(started).busyWorkers() == 1);
                    Left left = started.getBean(Left.class);
                    started.close();
                    assertThat(left.messages.get("orders")).isEqualTo(orders(0, 5));
                });
    }

    static class SleepyBatches {
        @ChannelListener("orders")
        void handle(List<Order> orders) throws InterruptedException {
            Thread.sleep(Duration.ofHours(1));
        }
    }

    @Test
    void eachMessageOfABatchThatIgnoresTheInterruptIsReported() {
        CountDownLatch release = new CountDownLatch(1);
        Channels.contextWithOrders()
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .withBean("deaf", DeafBatches.class, () -> new DeafBatches(release))
                .withBean("left", Left.class)
                .run(started -> {
                    sendAtOnce(started, 5);
                    await().until(() -> container(started).busyWorkers() == 1);
                    Left left = started.getBean(Left.class);
                    started.close();
                    release.countDown();
                    assertThat(left.messages.get("orders")).isEqualTo(orders(0, 5));
                });
    }

    @Test
    void whatWasHandledOfABatchIsNotReportedWithTheRest() {
        CountDownLatch release = new CountDownLatch(1);
        Channels.contextWithOrders()
                .withPropertyValues(
                        "spring.lifecycle.timeout-per-shutdown-phase=500ms", "channels.defaults.listener.retry.delay=0")
                .withBean("deaf", DeafAfterAll.class, () -> new DeafAfterAll(new DeafBatches(release)))
                .withBean("left", Left.class)
                .run(started -> {
                    sendAtOnce(started, 5);
                    await().until(() -> counters(started).retried() == 1);
                    Left left = started.getBean(Left.class);
                    assertThat(counters(started).handled()).isEqualTo(2);
                    started.close();
                    release.countDown();
                    assertThat(left.messages.get("orders")).isEqualTo(orders(2, 5));
                });
    }

    record DeafAfterAll(DeafBatches deaf) {

        @ChannelListener("orders")
        void handle(List<Order> orders) {
            if (orders.size() == 5) {
                throw new BatchListenerFailedException("the third", 2);
            }
            deaf.handle(orders);
        }
    }

    record DeafBatches(CountDownLatch release) {

        @ChannelListener("orders")
        void handle(List<Order> orders) {
            new ShutdownReportTests.Deaf(release).handle(orders.getFirst());
        }
    }
}
