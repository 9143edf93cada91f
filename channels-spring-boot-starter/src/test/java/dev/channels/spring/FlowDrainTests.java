package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.spring.ShutdownTests.Left;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import dev.channels.spring.listener.MessageSurroundings;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** The drain goes along returned values and dead letters: nothing closes while something may still come. */
@ExtendWith(OutputCaptureExtension.class)
class FlowDrainTests {

    private static final int MESSAGES = 60;

    private final Left left = new Left();
    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withPropertyValues(
                    "channels.definitions.orders.dead-letter=failed",
                    "channels.definitions.failed.capacity=1",
                    "channels.definitions.orders.listener.dead-letter-timeout=10s",
                    "channels.definitions.paid.type=java.lang.Integer",
                    "channels.definitions.paid.capacity=1",
                    "channels.definitions.paid.dead-letter=unpaid",
                    "channels.definitions.unpaid.capacity=1",
                    "channels.definitions.paid.listener.dead-letter-timeout=10s")
            .withBean(AbandonedMessages.class, () -> left);

    private static List<ListenerContainer> containers(ApplicationContext started) {
        return started.getBean(DefaultChannelListenerRegistry.class).all();
    }

    private void sendAllAndClose(Object bean, CapturedOutput output, Runnable check) {
        context.withBean("bean", Object.class, () -> bean).run(started -> {
            List<ListenerContainer> containers = containers(started);
            RetryTests.send(started, MESSAGES);
            started.close();
            check.run();
            assertThat(left.messages).isEmpty();
            assertThat(output).contains("Channels drained in").doesNotContain("did not take it");
            for (ListenerContainer container : containers) {
                assertThat(container.counters().handled() + container.counters().failed())
                        .as(container.id())
                        .isEqualTo(container.channel().channel().stats().received());
            }
        });
    }

    /** Two thirds are paid, half of these fail once more; everything ends in {@code ended}. */
    static class Office {
        final Queue<Integer> ended = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "orders", sendTo = "paid", key = "#root.number % 5", concurrency = "3")
        Integer pay(Order order) throws Exception {
            Thread.sleep(1);
            if (order.number() % 3 == 0) {
                throw new IOException("no money");
            }
            return order.number();
        }

        @ChannelListener(value = "failed", sendTo = "paid")
        List<Integer> remind(DeadLetter<Order> letter) throws InterruptedException {
            Thread.sleep(1);
            return List.of(letter.payload().number());
        }

        @ChannelListener(value = "paid", batchSize = "4", linger = "1ms", concurrency = "2")
        void book(List<Integer> numbers) throws InterruptedException {
            Thread.sleep(1);
            for (int index = 0; index < numbers.size(); index++) {
                if (numbers.get(index) % 2 == 0) {
                    throw new BatchListenerFailedException("even", index);
                }
                ended.add(numbers.get(index));
            }
        }

        @ChannelListener("unpaid")
        void write(DeadLetter<Integer> letter) throws InterruptedException {
            Thread.sleep(1);
            ended.add(letter.payload());
        }
    }

    @Test
    void channelsCloseAfterThoseThatReturnToThemAndThoseThatFailIntoThem(CapturedOutput output) {
        Office office = new Office();
        // A batch that fails gives up all that comes after its first even number: no message has two ends all the same.
        sendAllAndClose(
                office,
                output,
                () -> assertThat(office.ended).doesNotHaveDuplicates().hasSize(MESSAGES));
    }

    /** An order that fails comes back with a smaller number, until it is handled. */
    static class Patient {
        final AtomicInteger calls = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();

        @ChannelListener(value = "orders", sendTo = "paid", key = "#root.number % 5", concurrency = "3")
        Integer pay(Order order) throws Exception {
            calls.incrementAndGet();
            if (order.number() > 0) {
                throw new IOException("not yet");
            }
            return 1;
        }

        @ChannelListener(value = "failed", sendTo = "orders")
        Order again(DeadLetter<Order> letter) throws InterruptedException {
            Thread.sleep(1);
            return new Order(letter.payload().number() - 1);
        }

        @ChannelListener("paid")
        void book(Integer number) throws InterruptedException {
            Thread.sleep(1);
            ended.addAndGet(number);
        }
    }

    @Test
    void aCircleOfDeadLettersAndReturnedValuesIsDrainedTogetherAndThenWhatItFeeds(CapturedOutput output) {
        Patient patient = new Patient();
        sendAllAndClose(patient, output, () -> {
            assertThat(patient.ended).hasValue(MESSAGES);
            assertThat(patient.calls).hasValue(MESSAGES * (MESSAGES + 1) / 2);
        });
    }

    /** What fails in the dead-letter channel's listener is in a circle too, with batches and retries in it. */
    static class Round {
        final AtomicInteger ended = new AtomicInteger();
        final AtomicInteger calls = new AtomicInteger();

        @ChannelListener(value = "orders", sendTo = "paid", batchSize = "5", linger = "2ms", concurrency = "2")
        List<Integer> pay(List<Order> orders) {
            return orders.stream().map(Order::number).toList();
        }

        @ChannelListener(value = "paid", id = "bank")
        void book(Integer number) throws IOException {
            if (calls.incrementAndGet() % 2 == 0 || number > 0) {
                throw new IOException("closed");
            }
            ended.incrementAndGet();
        }

        @ChannelListener(value = "unpaid", sendTo = "orders")
        Order again(DeadLetter<Integer> letter) {
            return new Order(Math.max(0, letter.payload() - 10));
        }
    }

    @Test
    void aCircleThroughBatchesRetriesAndDeadLettersIsDrainedTogether(CapturedOutput output) {
        Round round = new Round();
        context.withPropertyValues(
                        "channels.definitions.orders.capacity=unbounded",
                        "channels.listeners.bank.retry.max-retries=1",
                        "channels.listeners.bank.retry.delay=1ms")
                .withBean("bean", Object.class, () -> round)
                .run(started -> {
                    RetryTests.send(started, MESSAGES);
                    await().until(() -> round.ended.get() > 0);
                    started.close();
                    assertThat(round.ended).hasValue(MESSAGES);
                    assertThat(left.messages).isEmpty();
                    assertThat(output).contains("Channels drained in");
                });
    }

    @Test
    void aCircleIsNotQuietBetweenTwoMessagesOfOneKey(CapturedOutput output) {
        // Meanwhile no worker is busy, nothing is in the channel, and the one who takes from it waits.
        MessageSurroundings lingering = message -> () -> {
            if (message.equals(new Order(0))) {
                linger();
            }
        };
        Circling circling = new Circling();
        Channels.contextWithOrders()
                .withBean(MessageSurroundings.Factory.class, () -> listener -> lingering)
                .withBean("circling", Circling.class, () -> circling)
                .run(started -> {
                    ListenerContainer container = containers(started).getFirst();
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 2);
                    await().until(() -> container.waitingForKey() == 1);
                    Thread closing = Thread.startVirtualThread(started::close);
                    await().until(() -> output.getOut().contains("Draining channels"));
                    circling.go.countDown();
                    closing.join();
                    assertThat(circling.rounds).hasValue(3);
                    assertThat(container.counters().failed()).isZero();
                });
    }

    private static void linger() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
        }
    }

    static class Circling {
        final CountDownLatch go = new CountDownLatch(1);
        final AtomicInteger rounds = new AtomicInteger();

        @ChannelListener(value = "orders", sendTo = "orders", key = "#root.number >= 0", concurrency = "2")
        Order turn(Order order) throws InterruptedException {
            go.await();
            rounds.incrementAndGet();
            return order.number() == 1 ? new Order(2) : null;
        }
    }
}
