package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.ChannelClosedException;
import dev.channels.Sender;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import dev.channels.spring.listener.ListenerCounters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Everything at once: keys, retries, dead letters, returned values that go to a second listener or to batches, listeners
 * that are paused, stopped and resized, and a context that closes at some time. Each order that was accepted is given up,
 * reported, or becomes parcels; each parcel has one end; and the counters agree.
 */
class FateStressTests {

    private static final int MESSAGES = 20_000;
    private static final int KEYS = 40;
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

    /** A third of the orders becomes two parcels. */
    record Parcel(int order, int part) {

        static List<Parcel> of(Order order) {
            return order.number() % 3 == 0
                    ? List.of(new Parcel(order.number(), 0), new Parcel(order.number(), 1))
                    : List.of(new Parcel(order.number(), 0));
        }
    }

    /** What became of each order and of each parcel. */
    static final class Fates implements AbandonedMessages {
        final AtomicIntegerArray givenUp = new AtomicIntegerArray(MESSAGES);
        final AtomicIntegerArray[] parcels = {new AtomicIntegerArray(MESSAGES), new AtomicIntegerArray(MESSAGES)};
        final Map<String, LongAdder> reported = new ConcurrentHashMap<>();
        final Queue<String> wrong = new ConcurrentLinkedQueue<>();

        @Override
        public void abandoned(String channel, List<?> messages) {
            messages.forEach(this::tell);
            reported.computeIfAbsent(channel, name -> new LongAdder()).add(messages.size());
        }

        void tell(Object message) {
            switch (message) {
                case DeadLetter<?> letter -> tell(letter.payload());
                case Order order -> givenUp.incrementAndGet(order.number());
                case Parcel parcel -> parcels[parcel.part()].incrementAndGet(parcel.order());
                default -> throw new IllegalArgumentException(message.toString());
            }
        }

        long reported(String channel) {
            return reported.getOrDefault(channel, new LongAdder()).sum();
        }
    }

    private static void failAtRandom() throws Exception {
        switch (ThreadLocalRandom.current().nextInt(40)) {
            case 0 -> throw new IOException("bad");
            case 1 -> throw new AssertionError("worse");
            case 2 -> throw new InterruptedException();
            case 3 -> Thread.currentThread().interrupt();
            case 4, 5, 6, 7, 8, 9, 10, 11 -> Thread.sleep(1);
            case 12, 13, 14 -> throw new IllegalStateException("often");
            default -> {}
        }
    }

    /** Looks after the order of its keys while it fails. */
    static final class Packing {
        private final Fates fates;
        private final AtomicIntegerArray atWork = new AtomicIntegerArray(KEYS);
        private final int[] last = new int[KEYS];

        Packing(Fates fates) {
            this.fates = fates;
        }

        @ChannelListener(value = "orders", id = "packing", key = "#root.number % " + KEYS, sendTo = "parcels")
        Object pack(Order order) throws Exception {
            int key = order.number() % KEYS;
            if (atWork.incrementAndGet(key) != 1) {
                fates.wrong.add("two at once: " + order);
            }
            if (last[key] > order.number()) {
                fates.wrong.add(order + " after " + last[key]);
            }
            last[key] = order.number();
            try {
                failAtRandom();
            } finally {
                atWork.decrementAndGet(key);
            }
            List<Parcel> parcels = Parcel.of(order);
            return switch (order.number() % 4) {
                case 0 -> parcels;
                case 1 -> parcels.toArray();
                case 2 -> parcels.stream();
                default -> parcels.size() == 1 ? parcels.getFirst() : Stream.of(parcels.toArray());
            };
        }
    }

    record Shipping(Fates fates) {

        @ChannelListener(value = "parcels", id = "shipping", key = "order", concurrency = "1-4")
        void ship(Parcel parcel) throws Exception {
            failAtRandom();
            fates.tell(parcel);
        }
    }

    record Loading(Fates fates) {

        @ChannelListener(value = "parcels", id = "shipping", concurrency = "1-4", batchSize = "10", linger = "1ms")
        void load(List<Parcel> parcels) throws Exception {
            int failing = ThreadLocalRandom.current().nextInt(parcels.size() * 5);
            if (failing < parcels.size()) {
                parcels.subList(0, failing).forEach(fates::tell);
                throw new BatchListenerFailedException("failing", failing);
            }
            failAtRandom();
            parcels.forEach(fates::tell);
        }
    }

    record Letters(Fates fates) {

        @ChannelListener("failed")
        void read(DeadLetter<?> letter) {
            fates.tell(letter);
        }
    }

    @ParameterizedTest
    @CsvSource({"block, 30s", "block, 1s", "fail, 30s", "fail, 1s"})
    void eachMessageHasOneFateThroughTwoListeners(String overflow, String timeout) {
        run(overflow, timeout, Shipping.class, Shipping::new);
    }

    @ParameterizedTest
    @CsvSource({"block, 30s", "block, 1s", "fail, 30s", "fail, 1s"})
    void eachMessageHasOneFateThroughAListenerAndBatches(String overflow, String timeout) {
        run(overflow, timeout, Loading.class, Loading::new);
    }

    private static <T> void run(String overflow, String timeout, Class<T> type, Function<Fates, T> second) {
        Fates fates = new Fates();
        Channels.contextWithOrders()
                .withPropertyValues(
                        "channels.definitions.orders.dead-letter=failed",
                        "channels.definitions.parcels.type=" + Parcel.class.getName(),
                        "channels.definitions.parcels.capacity=20",
                        "channels.definitions.parcels.overflow=" + overflow,
                        "channels.definitions.parcels.dead-letter=failed",
                        "channels.definitions.failed.capacity=2",
                        "channels.defaults.listener.dead-letter-timeout=1ms",
                        "channels.defaults.listener.retry.max-retries=2",
                        "channels.defaults.listener.retry.delay=1ms",
                        "channels.defaults.listener.retry.jitter=1ms",
                        "channels.defaults.listener.idle-timeout=1ms",
                        "channels.listeners.packing.concurrency=4",
                        "spring.lifecycle.timeout-per-shutdown-phase=" + timeout)
                .withBean(Packing.class, () -> new Packing(fates))
                .withBean(type, () -> second.apply(fates))
                .withBean(Letters.class, () -> new Letters(fates))
                .withBean(AbandonedMessages.class, () -> fates)
                // What may be left at the end is much then, because nothing holds the producer up.
                .withPropertyValues(timeout.equals("1s") ? "channels.definitions.orders.capacity=unbounded" : "x=y")
                .run(started -> sendOperateClose(started, fates));
    }

    private static void sendOperateClose(ConfigurableApplicationContext started, Fates fates)
            throws InterruptedException {
        Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
        ChannelListenerRegistry registry = started.getBean(ChannelListenerRegistry.class);
        List<ListenerContainer> containers =
                started.getBean(DefaultChannelListenerRegistry.class).all();
        AtomicInteger accepted = new AtomicInteger();
        AtomicBoolean closing = new AtomicBoolean();
        Thread producer = Thread.startVirtualThread(() -> sendUntilClosed(orders, accepted));
        Thread operator = Thread.startVirtualThread(
                () -> operate(List.of(registry.container("packing"), registry.container("shipping")), closing));
        // Before or after the last message.
        long closeAt = ThreadLocalRandom.current().nextInt(MESSAGES * 5 / 4);
        while (producer.isAlive() && accepted.get() < closeAt) {
            Thread.sleep(1);
        }
        closing.set(true);
        operator.join();
        started.close();
        producer.join();
        System.out.println("STAT accepted " + accepted + " reported " + fates.reported);
        containers.forEach(
                c -> System.out.println("STAT " + c.id() + " h " + c.counters().handled() + " f "
                        + c.counters().failed() + " r " + c.counters().retried() + " d "
                        + c.counters().deadLettered() + " u " + c.counters().undelivered()));
        check(fates, accepted.get());
        containers.forEach(container -> checkCounters(container, fates));
    }

    private static void check(Fates fates, int accepted) {
        assertThat(fates.wrong).isEmpty();
        for (int number = 0; number < MESSAGES; number++) {
            List<Integer> parcels = Parcel.of(new Order(number)).stream()
                    .map(parcel -> fates.parcels[parcel.part()].get(parcel.order()))
                    .toList();
            int givenUp = fates.givenUp.get(number);
            if (number >= accepted) {
                assertThat(givenUp).isZero();
                assertThat(parcels).as("parcels of " + number).containsOnly(0);
            } else if (givenUp == 0) {
                assertThat(parcels).as("parcels of handled " + number).containsOnly(1);
            } else {
                assertThat(givenUp).as("order " + number).isEqualTo(1);
                // The first of two may have been sent before the second could not be.
                assertThat(parcels).as("parcels of given up " + number).isIn(List.of(0), List.of(0, 0), List.of(1, 0));
            }
        }
    }

    /** What was accepted is handled, or failed, or was reported because there was no time. */
    private static void checkCounters(ListenerContainer container, Fates fates) {
        ListenerCounters counters = container.counters();
        long leftAtShutdown = fates.reported(container.channel().name()) - counters.undelivered();
        assertThat(counters.handled() + counters.failed() + leftAtShutdown)
                .as(container.id())
                .isEqualTo(container.channel().channel().stats().sent());
        assertThat(container.waitingForKey()).isZero();
        assertThat(container.busyWorkers()).isZero();
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

    private static void operate(List<ChannelListenerContainer> containers, AtomicBoolean closing) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!closing.get()) {
            ChannelListenerContainer container = containers.get(random.nextInt(containers.size()));
            switch (random.nextInt(4)) {
                case 0 -> container.pause();
                case 1 -> container.stop();
                case 2 -> container.setConcurrency(String.valueOf(1 + random.nextInt(8)));
                default -> container.setConcurrency("1-" + (1 + random.nextInt(8)));
            }
            LockSupport.parkNanos(random.nextInt(200_000));
            container.resume();
            container.start();
            LockSupport.parkNanos(random.nextInt(2_000_000));
        }
    }
}
