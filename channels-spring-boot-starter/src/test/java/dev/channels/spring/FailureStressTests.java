package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.ChannelClosedException;
import dev.channels.Sender;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Listeners fail at random, are paused, stopped and resized at random, and the context closes at some time: each message
 * that was accepted is handled, dead-lettered or reported, and only one of these.
 */
class FailureStressTests {

    private static final int MESSAGES = 20_000;
    private static final String[] NO_TIME = {
        "channels.definitions.orders.capacity=unbounded", "spring.lifecycle.timeout-per-shutdown-phase=1s"
    };
    private static final String LISTENERS = "dev.channels.spring.listener";

    private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

    /** Thousands of stack traces would say nothing. */
    @BeforeEach
    void switchTheLogOff() {
        logging.setLogLevel(LISTENERS, LogLevel.OFF);
    }

    @AfterEach
    void switchTheLogOn() {
        logging.setLogLevel(LISTENERS, null);
    }

    /** What became of each message. */
    static final class Fates {
        final AtomicIntegerArray told = new AtomicIntegerArray(MESSAGES);
        final LongAdder handled = new LongAdder();
        final LongAdder deadLettered = new LongAdder();
        final LongAdder reported = new LongAdder();

        void handled(Order order) {
            tell(order, handled);
        }

        void tell(Object message, LongAdder as) {
            Object payload = message instanceof DeadLetter<?> letter ? letter.payload() : message;
            told.incrementAndGet(((Order) payload).number());
            as.increment();
        }
    }

    record Singles(Fates fates) {

        @ChannelListener(value = "orders", id = "failing", concurrency = "4")
        void handle(Order order) throws Exception {
            failAtRandom();
            fates.handled(order);
        }
    }

    record Batches(Fates fates) {

        @ChannelListener(value = "orders", id = "failing", concurrency = "4", batchSize = "20", linger = "1ms")
        void handle(List<Order> orders) throws Exception {
            int failing = ThreadLocalRandom.current().nextInt(orders.size() * 3);
            if (failing < orders.size()) {
                orders.subList(0, failing).forEach(fates::handled);
                throw new BatchListenerFailedException("failing", failing);
            }
            failAtRandom();
            orders.forEach(fates::handled);
        }
    }

    private static void failAtRandom() throws Exception {
        switch (ThreadLocalRandom.current().nextInt(20)) {
            case 0 -> throw new IOException("bad");
            case 1 -> throw new AssertionError("worse");
            case 2 -> throw new InterruptedException();
            case 3 -> Thread.currentThread().interrupt();
            case 4 -> Thread.sleep(Duration.ofNanos(100_000));
            default -> {}
        }
        if (ThreadLocalRandom.current().nextInt(4) == 0) {
            throw new IllegalStateException("often");
        }
    }

    record Letters(Fates fates) {

        @ChannelListener("failed")
        void read(DeadLetter<Order> letter) {
            fates.tell(letter, fates.deadLettered);
        }
    }

    private static ApplicationContextRunner context(Fates fates) {
        return Channels.contextWithOrders()
                .withPropertyValues(
                        "channels.definitions.orders.dead-letter=failed",
                        "channels.definitions.failed.capacity=2",
                        "channels.definitions.orders.listener.dead-letter-timeout=1ms",
                        "channels.definitions.orders.listener.retry.max-retries=2",
                        "channels.definitions.orders.listener.retry.delay=1ms",
                        "channels.definitions.orders.listener.retry.jitter=1ms")
                .withBean(Letters.class, () -> new Letters(fates))
                .withBean(
                        AbandonedMessages.class,
                        () -> (channel, messages) -> messages.forEach(message -> fates.tell(message, fates.reported)));
    }

    @RepeatedTest(2)
    void eachMessageHasOneFateWhenTheContextClosesAtSomeTime() {
        Fates fates = new Fates();
        context(fates).withBean(Singles.class, () -> new Singles(fates)).run(started -> run(started, fates));
    }

    @RepeatedTest(2)
    void eachMessageOfABatchHasOneFateWhenTheContextClosesAtSomeTime() {
        Fates fates = new Fates();
        context(fates).withBean(Batches.class, () -> new Batches(fates)).run(started -> run(started, fates));
    }

    @RepeatedTest(2)
    void eachMessageHasOneFateWhenThereIsNoTimeToDrain() {
        Fates fates = new Fates();
        context(fates)
                .withPropertyValues(NO_TIME)
                .withBean(Singles.class, () -> new Singles(fates))
                .run(started -> run(started, fates));
    }

    @RepeatedTest(2)
    void eachMessageOfABatchHasOneFateWhenThereIsNoTimeToDrain() {
        Fates fates = new Fates();
        context(fates)
                .withPropertyValues(NO_TIME)
                .withBean(Batches.class, () -> new Batches(fates))
                .run(started -> run(started, fates));
    }

    private static void run(ConfigurableApplicationContext started, Fates fates) throws InterruptedException {
        Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
        ChannelListenerContainer container =
                started.getBean(ChannelListenerRegistry.class).container("failing");
        AtomicInteger accepted = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        Thread producer = Thread.startVirtualThread(() -> sendUntilClosed(orders, accepted));
        Thread operator = Thread.startVirtualThread(() -> operate(container, closed));
        // Before or after the last message.
        long closeAt = ThreadLocalRandom.current().nextInt(MESSAGES * 5 / 4);
        while (producer.isAlive() && accepted.get() < closeAt) {
            Thread.sleep(1);
        }
        closed.set(true);
        operator.join();
        started.close();
        producer.join();
        for (int number = 0; number < MESSAGES; number++) {
            assertThat(fates.told.get(number)).as("message " + number).isEqualTo(number < accepted.get() ? 1 : 0);
        }
        assertThat(fates.handled.sum() + fates.deadLettered.sum() + fates.reported.sum())
                .isEqualTo(accepted.get());
    }

    private static void sendUntilClosed(Sender<Order> orders, AtomicInteger accepted) {
        try {
            for (int number = 0; number < MESSAGES; number++) {
                orders.send(new Order(number));
                accepted.incrementAndGet();
            }
        } catch (ChannelClosedException end) {
            // That was to be expected.
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void operate(ChannelListenerContainer container, AtomicBoolean closed) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!closed.get()) {
            switch (random.nextInt(4)) {
                case 0 -> container.pause();
                case 1 -> container.stop();
                case 2 -> container.setConcurrency(String.valueOf(1 + random.nextInt(8)));
                default -> container.setConcurrency("1-" + (1 + random.nextInt(8)));
            }
            container.resume();
            container.start();
        }
    }
}
