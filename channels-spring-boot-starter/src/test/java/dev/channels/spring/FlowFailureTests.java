package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static dev.channels.spring.RetryTests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.ChannelFullException;
import dev.channels.spring.ChannelListenerErrorHandler.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What a listener returns is sent once, however often the listener or the send fails. */
class FlowFailureTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withPropertyValues(
                    "channels.definitions.orders.dead-letter=failed",
                    "channels.definitions.failed.capacity=100",
                    "channels.definitions.orders.listener.retry.max-retries=1000",
                    "channels.definitions.orders.listener.retry.delay=5ms",
                    "channels.definitions.numbers.capacity=2",
                    "channels.definitions.numbers.overflow=fail");

    /** Returns what it is told, after as many failures as it is told. */
    static class Returning {
        final AtomicInteger calls = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        private final int failures;
        private final IntFunction<@Nullable Object> results;

        Returning(int failures, IntFunction<@Nullable Object> results) {
            this.failures = failures;
            this.results = results;
        }

        @ChannelListener(value = "orders", id = "returning", sendTo = "numbers")
        @Nullable Object handle(Order order) throws IOException {
            if (calls.incrementAndGet() <= failures) {
                throw new IOException("call " + calls);
            }
            Object result = results.apply(order.number());
            return result instanceof Stream<?> stream ? stream.onClose(closed::incrementAndGet) : result;
        }
    }

    private ApplicationContextRunner returning(int failures, IntFunction<@Nullable Object> results) {
        return context.withBean("returning", Returning.class, () -> new Returning(failures, results));
    }

    private static Channel<Object> numbers(ApplicationContext started) {
        return started.getBean(ChannelRegistry.class).channel("numbers");
    }

    private static DeadLetter<Order> letter(ApplicationContext started) throws InterruptedException {
        Channel<DeadLetter<Order>> failed =
                started.getBean(ChannelRegistry.class).channel("failed");
        DeadLetter<Order> letter = failed.tryReceive(Duration.ofSeconds(5));
        assertThat(letter).isNotNull();
        return letter;
    }

    private static List<Object> received(ApplicationContext started, int count) throws InterruptedException {
        List<Object> received = new ArrayList<>();
        while (received.size() < count) {
            received.add(numbers(started).receive());
        }
        return received;
    }

    @Test
    void valueIsSentOnceWhenTheListenerReturnsAfterSomeFailures() {
        returning(3, number -> "value").run(started -> {
            send(started, 1);
            await().until(() -> counters(started).handled() == 1);
            assertThat(numbers(started).stats().sent()).isEqualTo(1);
            assertThat(started.getBean(Returning.class).calls).hasValue(4);
            assertThat(counters(started).retried()).isEqualTo(3);
        });
    }

    @Test
    void valueForAFullTargetIsTriedAgainWithoutACallOfTheListener() {
        returning(0, number -> "value " + number).run(started -> {
            send(started, 3);
            await().until(() -> counters(started).retried() > 2);
            assertThat(counters(started).handled()).isEqualTo(2);
            assertThat(received(started, 3)).containsExactly("value 0", "value 1", "value 2");
            await().until(() -> counters(started).handled() == 3);
            assertThat(started.getBean(Returning.class).calls).hasValue(3);
            assertThat(counters(started).failed()).isZero();
        });
    }

    @Test
    void ofSeveralOnlyThoseAreTriedAgainThatWereNotSent() {
        List<Object> expected = List.of(0, 1, 2, 3, 4, 5, 6, 7);
        for (IntFunction<@Nullable Object> results : List.<IntFunction<@Nullable Object>>of(
                number -> expected,
                number -> new int[] {0, 1, 2, 3, 4, 5, 6, 7},
                number -> IntStream.range(0, 8),
                number -> expected.stream())) {
            returning(0, results).run(started -> {
                send(started, 1);
                await().until(() -> counters(started).retried() > 0);
                assertThat(received(started, 8)).isEqualTo(expected);
                await().until(() -> counters(started).handled() == 1);
                assertThat(numbers(started).stats().sent()).isEqualTo(8);
                assertThat(started.getBean(Returning.class).calls).hasValue(1);
            });
        }
    }

    @Test
    void streamIsClosedOnceAfterAllOfItWasSent() {
        returning(0, number -> Stream.of(0, 1, 2, 3)).run(started -> {
            send(started, 1);
            await().until(() -> counters(started).retried() > 0);
            assertThat(started.getBean(Returning.class).closed).hasValue(0);
            received(started, 4);
            await().until(() -> counters(started).handled() == 1);
            assertThat(started.getBean(Returning.class).closed).hasValue(1);
        });
    }

    @Test
    void messageIsADeadLetterWhenTheRetriesOfTheSendAreUsedUp() {
        returning(0, number -> Stream.of(0, 1, 2, 3))
                .withPropertyValues("channels.listeners.returning.retry.max-retries=2")
                .run(started -> {
                    send(started, 1);
                    DeadLetter<Order> letter = letter(started);
                    assertThat(letter.payload()).isEqualTo(new Order(0));
                    assertThat(letter.cause()).isInstanceOf(ChannelFullException.class);
                    assertThat(letter.attempts()).isEqualTo(3);
                    await().until(() -> counters(started).failed() == 1);
                    Returning returning = started.getBean(Returning.class);
                    assertThat(returning.calls).hasValue(1);
                    assertThat(returning.closed).hasValue(1);
                    assertThat(received(started, 2)).containsExactly(0, 1);
                });
    }

    @Test
    void aClosedTargetIsNotTriedAgainWhateverTheErrorHandlerSays() {
        returning(0, number -> "value")
                .withBean(ChannelListenerErrorHandler.class, () -> failure -> Decision.RETRY)
                .run(started -> {
                    started.getBean(ChannelRegistry.class).close("numbers");
                    send(started, 1);
                    DeadLetter<Order> letter = letter(started);
                    assertThat(letter.cause()).isInstanceOf(ChannelClosedException.class);
                    assertThat(letter.attempts()).isEqualTo(1);
                    assertThat(started.getBean(Returning.class).calls).hasValue(1);
                });
    }

    @Test
    void anErrorHandlerMayHaveTheSendTriedAgain() {
        returning(0, number -> List.of(0, 1, 2, 3))
                .withPropertyValues("channels.listeners.returning.retry.max-retries=0")
                .withBean(
                        ChannelListenerErrorHandler.class,
                        () -> failure -> failure.cause() instanceof ChannelFullException && failure.attempts() < 100_000
                                ? Decision.RETRY
                                : Decision.DEFAULT)
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).retried() > 0);
                    assertThat(received(started, 4)).containsExactly(0, 1, 2, 3);
                    await().until(() -> counters(started).handled() == 1);
                    assertThat(started.getBean(Returning.class).calls).hasValue(1);
                });
    }

    @Test
    void aStreamThatBreaksIsNotBegunAnew() {
        returning(
                        0,
                        number -> Stream.of(0, 1).peek(item -> {
                            if (item == 1) {
                                throw new IllegalStateException("broken stream");
                            }
                        }))
                .run(started -> {
                    send(started, 1);
                    DeadLetter<Order> letter = letter(started);
                    assertThat(letter.cause()).hasMessage("broken stream");
                    assertThat(letter.attempts()).isEqualTo(1);
                    Returning returning = started.getBean(Returning.class);
                    assertThat(returning.calls).hasValue(1);
                    assertThat(returning.closed).hasValue(1);
                    assertThat(numbers(started).stats().sent()).isEqualTo(1);
                });
    }

    @Test
    void whatTheTargetDoesNotCarryIsNotTriedAgain() {
        returning(0, number -> List.of(1, "no number"))
                .withPropertyValues("channels.definitions.numbers.type=java.lang.Integer")
                .run(started -> {
                    send(started, 1);
                    DeadLetter<Order> letter = letter(started);
                    assertThat(letter.cause()).isInstanceOf(ClassCastException.class);
                    assertThat(letter.attempts()).isEqualTo(1);
                    assertThat(started.getBean(Returning.class).calls).hasValue(1);
                });
    }

    @Test
    void anInterruptFlagThatTheListenerLeavesBehindDoesNotKeepItsValueFromBeingSent() {
        returning(0, number -> {
                    Thread.currentThread().interrupt();
                    return "value";
                })
                .run(started -> {
                    send(started, 1);
                    assertThat(numbers(started).receive()).isEqualTo("value");
                    await().until(() -> counters(started).handled() == 1);
                });
    }

    /** Takes batches, and fails on a negative message as a batch listener does. */
    static class Batching {
        final Queue<List<Order>> calls = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "orders", id = "batching", sendTo = "numbers", batchSize = "5", autoStartup = "false")
        List<Integer> handle(List<Order> orders) {
            calls.add(List.copyOf(orders));
            if (calls.size() == 1 && orders.size() > 4) {
                throw new BatchListenerFailedException("not yet", 2);
            }
            return orders.stream().map(Order::number).toList();
        }
    }

    private static void sendAndStart(ApplicationContext started, int count) {
        send(started, count);
        started.getBean(ChannelListenerRegistry.class).container("batching").start();
    }

    @Test
    void whatABatchReturnsIsSentOneByOneAndOnce() {
        context.withBean("batching", Batching.class).run(started -> {
            sendAndStart(started, 4);
            await().until(() -> counters(started).retried() > 0);
            assertThat(received(started, 4)).containsExactly(0, 1, 2, 3);
            await().until(() -> counters(started).handled() == 4);
            assertThat(started.getBean(Batching.class).calls).hasSize(1);
            assertThat(numbers(started).stats().sent()).isEqualTo(4);
        });
    }

    @Test
    void whatABatchReturnsForTheRestIsSentAfterThoseBeforeAreHandled() {
        context.withBean("batching", Batching.class).run(started -> {
            sendAndStart(started, 5);
            assertThat(received(started, 3)).containsExactly(2, 3, 4);
            await().until(() -> counters(started).handled() == 5);
            assertThat(started.getBean(Batching.class).calls).hasSize(2);
        });
    }

    @Test
    void eachMessageOfABatchIsADeadLetterWhenItsReturnedValuesCannotBeSent() {
        context.withBean("batching", Batching.class)
                .withPropertyValues("channels.listeners.batching.retry.max-retries=1")
                .run(started -> {
                    sendAndStart(started, 4);
                    for (int number = 0; number < 4; number++) {
                        DeadLetter<Order> letter = letter(started);
                        assertThat(letter.payload()).isEqualTo(new Order(number));
                        assertThat(letter.cause()).isInstanceOf(ChannelFullException.class);
                    }
                    await().until(() -> counters(started).failed() == 4);
                    assertThat(counters(started).handled()).isZero();
                    assertThat(started.getBean(Batching.class).calls).hasSize(1);
                });
    }
}
