package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static dev.channels.spring.RetryTests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Receiver;
import dev.channels.Sender;
import dev.channels.spring.ShutdownTests.Left;
import dev.channels.spring.actuate.ChannelDescriptor;
import dev.channels.spring.actuate.ChannelsEndpoint;
import dev.channels.spring.actuate.ListenerDescriptor;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.registry.DefaultChannelRegistry;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** What a listener gives up goes to the dead-letter channel of its channel, with what is known about it. */
@ExtendWith(OutputCaptureExtension.class)
class DeadLetterTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withPropertyValues(
                    "channels.definitions.orders.dead-letter=failed", "channels.definitions.failed.capacity=100");

    static class Careless {
        @ChannelListener(value = "orders", id = "careless")
        void handle(Order order) throws IOException {
            if (order.number() >= 0) {
                throw new IOException("bad");
            }
        }
    }

    static class Reading {
        final Queue<DeadLetter<Order>> letters = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "failed", id = "reading")
        void read(DeadLetter<Order> letter) {
            letters.add(letter);
        }
    }

    private static Channel<DeadLetter<Order>> failed(ApplicationContext started) {
        return started.getBean(ChannelRegistry.class).channel("failed");
    }

    @Test
    void messageThatIsGivenUpArrivesWithCauseChannelListenerAttemptsAndTime(CapturedOutput output) {
        context.withBean(Careless.class)
                .withPropertyValues("channels.listeners.careless.retry.delay=1ms")
                .run(started -> {
                    Instant before = Instant.now();
                    send(started, 1);
                    DeadLetter<Order> letter = failed(started).receive();
                    assertThat(letter.payload()).isEqualTo(new Order(0));
                    assertThat(letter.cause())
                            .isExactlyInstanceOf(IOException.class)
                            .hasMessage("bad");
                    assertThat(letter.channel()).isEqualTo("orders");
                    assertThat(letter.listener()).isEqualTo("careless");
                    assertThat(letter.attempts()).isEqualTo(4);
                    assertThat(letter.at()).isBetween(before, Instant.now());
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(counters(started).deadLettered()).isEqualTo(1);
                    assertThat(counters(started).undelivered()).isZero();
                    await().untilAsserted(() -> assertThat(output)
                            .contains("Listener 'careless' failed on a dev.channels.spring.Order from channel"
                                    + " 'orders' after 4 calls; dead-letter channel 'failed' has it:"
                                    + " java.io.IOException: bad"));
                });
    }

    @Test
    void listenerOnTheDeadLetterChannelTakesLetters() {
        context.withBean(Careless.class).withBean(Reading.class).run(started -> {
            send(started, 3);
            Reading reading = started.getBean(Reading.class);
            await().until(() -> reading.letters.size() == 3);
            assertThat(reading.letters.peek().attempts()).isEqualTo(1);
        });
    }

    @Test
    void typeOfADeadLetterChannelFollowsFromItsSource() {
        context.withBean(Sending.class)
                .run(started ->
                        assertThat(started.getBean(Sending.class).letters).isSameAs(started.getBean("failed")));
    }

    record Sending(Sender<DeadLetter<Order>> letters) {}

    @Test
    void deadLetterChannelOfSeveralTakesLettersOfAnything() {
        context.withPropertyValues(
                        "channels.definitions.names.type=java.lang.String",
                        "channels.definitions.names.dead-letter=failed")
                .withBean(OfAnything.class)
                .withBean(ListensToAll.class)
                .run(started ->
                        assertThat(started.getBean(OfAnything.class).letters).isSameAs(started.getBean("failed")));
    }

    record OfAnything(Receiver<DeadLetter<?>> letters) {}

    static class ListensToAll {
        @ChannelListener("failed")
        void read(DeadLetter<?> letter) {}
    }

    @Test
    void typeOfADeadLetterChannelMayBeWrittenOut() {
        context.withPropertyValues(
                        "channels.definitions.failed.type=dev.channels.spring.DeadLetter<" + Channels.ORDER + ">")
                .withBean(Sending.class)
                .run(started -> assertThat(started).hasNotFailed());
    }

    @Test
    void deadLetterChannelMayBeABeanOfTheApplication() {
        Channels.contextWithOrders()
                .withPropertyValues("channels.definitions.orders.dead-letter=own")
                .withUserConfiguration(Own.class)
                .withBean(Careless.class)
                .run(started -> {
                    send(started, 1);
                    Channel<DeadLetter<Order>> own =
                            started.getBean(ChannelRegistry.class).channel("own");
                    assertThat(own.receive().payload()).isEqualTo(new Order(0));
                });
    }

    static class Own {
        @Bean
        Channel<DeadLetter<Order>> own() {
            return Channel.bounded(1);
        }
    }

    @Test
    void lettersOfLettersGoElsewhere() {
        context.withPropertyValues(
                        "channels.definitions.failed.dead-letter=hopeless", "channels.definitions.hopeless.capacity=3")
                .withBean(Careless.class)
                .withBean(AlsoCareless.class)
                .run(started -> {
                    send(started, 1);
                    Channel<DeadLetter<DeadLetter<Order>>> hopeless =
                            started.getBean(ChannelRegistry.class).channel("hopeless");
                    DeadLetter<DeadLetter<Order>> letter = hopeless.receive();
                    assertThat(letter.channel()).isEqualTo("failed");
                    assertThat(letter.payload().payload()).isEqualTo(new Order(0));
                });
    }

    static class AlsoCareless {
        @ChannelListener("failed")
        void read(DeadLetter<Order> letter) {
            throw new IllegalStateException();
        }
    }

    @Test
    void letterThatFindsNoRoomInTimeIsLoggedCountedAndHandedOver(CapturedOutput output) {
        context.withPropertyValues(
                        "channels.definitions.failed.capacity=1",
                        "channels.definitions.orders.listener.dead-letter-timeout=100ms")
                .withBean(Careless.class)
                .withBean("left", Left.class)
                .run(started -> {
                    long start = System.nanoTime();
                    send(started, 2);
                    await().until(() -> counters(started).failed() == 2);
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(100));
                    assertThat(counters(started).deadLettered()).isEqualTo(1);
                    assertThat(counters(started).undelivered()).isEqualTo(1);
                    Left left = started.getBean(Left.class);
                    await().until(() -> !left.messages.isEmpty());
                    assertThat(left.messages.get("orders")).isEqualTo(List.of(new Order(1)));
                    assertThat(output)
                            .containsOnlyOnce("Listener 'careless' failed on a dev.channels.spring.Order from channel"
                                    + " 'orders', and dead-letter channel 'failed' did not take it within PT0.1S;"
                                    + " AbandonedMessages get it");
                });
    }

    @Test
    void workerWaitsForRoomAmongTheDeadLetters() {
        context.withPropertyValues(
                        "channels.definitions.failed.capacity=1",
                        "channels.definitions.orders.listener.dead-letter-timeout=10s")
                .withBean(Careless.class)
                .run(started -> {
                    send(started, 2);
                    await().until(() -> failed(started).blockedSenders() == 1);
                    failed(started).receive();
                    failed(started).receive();
                    await().until(() -> counters(started).deadLettered() == 2);
                });
    }

    @Test
    void letterToAClosedChannelIsHandedOverAtOnce() {
        context.withBean(Careless.class).withBean("left", Left.class).run(started -> {
            started.getBean(ChannelRegistry.class).close("failed");
            send(started, 1);
            Left left = started.getBean(Left.class);
            await().until(() -> !left.messages.isEmpty());
            assertThat(left.messages.get("orders")).isEqualTo(List.of(new Order(0)));
            assertThat(counters(started).undelivered()).isEqualTo(1);
        });
    }

    @Test
    void interruptedListenersMessageGoesStraightToTheDeadLetters() {
        context.withBean(Interrupted.class)
                .withPropertyValues("channels.defaults.listener.retry.delay=1ms")
                .run(started -> {
                    send(started, 1);
                    DeadLetter<Order> letter = failed(started).receive();
                    assertThat(letter.cause()).isInstanceOf(InterruptedException.class);
                    assertThat(letter.attempts()).isEqualTo(1);
                });
    }

    static class Interrupted {
        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            Thread.currentThread().interrupt();
            throw new InterruptedException();
        }
    }

    @Test
    void endpointShowsTheDeadLetterChannelAndTheNumbers() {
        context.withBean(Careless.class)
                .withPropertyValues("channels.listeners.careless.retry.delay=1ms")
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 1);
                    ChannelDescriptor orders = new ChannelsEndpoint(
                                    started.getBean(DefaultChannelRegistry.class),
                                    started.getBean(DefaultChannelListenerRegistry.class),
                                    started.getBeanFactory())
                            .channels()
                            .channels()
                            .get("orders");
                    assertThat(orders.deadLetter()).isEqualTo("failed");
                    ListenerDescriptor listener = orders.listeners().getFirst();
                    assertThat(listener.failed()).isEqualTo(1);
                    assertThat(listener.retried()).isEqualTo(3);
                    assertThat(listener.deadLettered()).isEqualTo(1);
                });
    }

    @Test
    void redeliveringSendsTheMessageBack() {
        context.run(started -> {
            ChannelRegistry channels = started.getBean(ChannelRegistry.class);
            assertThat(channels.redeliver(letterOf("orders"))).isTrue();
            assertThat(channels.<Order>channel("orders").receive()).isEqualTo(new Order(1));
        });
    }

    private static DeadLetter<Order> letterOf(String channel) {
        return new DeadLetter<>(new Order(1), new IOException("bad"), channel, "careless", 1, Instant.now());
    }

    @Test
    void redeliveringNeverWaitsAndSaysWhetherTheChannelTookIt() {
        context.run(started -> {
            ChannelRegistry channels = started.getBean(ChannelRegistry.class);
            Channel<Order> orders = channels.channel("orders");
            send(started, 100);
            assertThat(channels.redeliver(letterOf("orders"))).isFalse();
            orders.close();
            assertThat(channels.redeliver(letterOf("orders"))).isFalse();
            assertThatThrownBy(() -> channels.redeliver(letterOf("ordes")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Did you mean 'orders'?");
        });
    }

    @Test
    void deadLetterChannelClosesAfterThoseThatFeedIt() {
        context.withBean(SlowlyCareless.class)
                .withBean("left", Left.class)
                .withBean(Reading.class)
                .run(started -> {
                    send(started, 30);
                    Reading reading = started.getBean(Reading.class);
                    Left left = started.getBean(Left.class);
                    started.close();
                    assertThat(reading.letters).hasSize(30);
                    assertThat(left.messages).isEmpty();
                });
    }

    static class SlowlyCareless {
        @ChannelListener("orders")
        void handle(Order order) throws Exception {
            Thread.sleep(5);
            throw new IOException("bad");
        }
    }

    @Test
    void waitingRetryIsCutShortByTheCloseAndItsMessageIsADeadLetter() {
        context.withBean(Careless.class)
                .withBean(Reading.class)
                .withBean("left", Left.class)
                .withPropertyValues("channels.listeners.careless.retry.delay=1h")
                .run(started -> {
                    send(started, 3);
                    await().until(() -> started.getBean(ChannelRegistry.class)
                                    .<Order>channel("orders")
                                    .size()
                            == 2);
                    Reading reading = started.getBean(Reading.class);
                    Left left = started.getBean(Left.class);
                    long start = System.nanoTime();
                    started.close();
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
                    assertThat(reading.letters).hasSize(3);
                    assertThat(left.messages).isEmpty();
                });
    }

    @Test
    void lettersThatNobodyReadsAreReportedAtTheEnd() {
        context.withBean(Careless.class).withBean("left", Left.class).run(started -> {
            send(started, 3);
            Left left = started.getBean(Left.class);
            started.close();
            List<Object> payloads = new ArrayList<>();
            left.messages.get("failed").forEach(letter -> payloads.add(((DeadLetter<?>) letter).payload()));
            assertThat(payloads).containsExactly(new Order(0), new Order(1), new Order(2));
        });
    }

    @Test
    void letterThatIsRedeliveredWhileTheContextClosesIsHandledAll() {
        context.withBean(OnlyOnceCareless.class)
                .withBean(Redelivering.class)
                .withBean("left", Left.class)
                .run(started -> {
                    send(started, 20);
                    OnlyOnceCareless listener = started.getBean(OnlyOnceCareless.class);
                    Left left = started.getBean(Left.class);
                    started.close();
                    assertThat(listener.handled).hasSize(20);
                    assertThat(left.messages).isEmpty();
                });
    }

    static class OnlyOnceCareless {
        final Queue<Order> handled = new ConcurrentLinkedQueue<>();
        private final Queue<Order> seen = new ConcurrentLinkedQueue<>();

        @ChannelListener("orders")
        void handle(Order order) throws Exception {
            if (!seen.contains(order)) {
                seen.add(order);
                throw new IOException("bad");
            }
            handled.add(order);
        }
    }

    record Redelivering(ChannelRegistry channels) {

        @ChannelListener("failed")
        void read(DeadLetter<Order> letter) throws InterruptedException {
            Thread.sleep(1);
            if (!channels.redeliver(letter)) {
                throw new IllegalStateException("full");
            }
        }
    }

    @Test
    void exceptionThatCannotBeDescribedIsAFailureLikeAnyOther() {
        context.withBean(Speechless.class).run(started -> {
            send(started, 2);
            await().until(() -> counters(started).handled() == 1);
            assertThat(failed(started).receive().cause()).isExactlyInstanceOf(Unspeakable.class);
            assertThat(counters(started).failed()).isEqualTo(1);
            assertThat(counters(started).deadLettered()).isEqualTo(1);
        });
        Channels.contextWithOrders().withBean(Speechless.class).run(started -> {
            send(started, 2);
            await().until(() -> counters(started).handled() == 1);
            assertThat(counters(started).failed()).isEqualTo(1);
        });
    }

    static class Speechless {
        @ChannelListener(value = "orders", id = "speechless")
        void handle(Order order) {
            if (order.number() == 0) {
                throw new Unspeakable();
            }
        }
    }

    static final class Unspeakable extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }
}
