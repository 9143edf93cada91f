package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** What a listener returns goes to the channel that {@code sendTo} names. */
@ExtendWith(OutputCaptureExtension.class)
class FlowTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withPropertyValues(
                    "channels.definitions.numbers.type=java.lang.Integer", "channels.definitions.numbers.capacity=100");

    private static Channel<Object> channel(ApplicationContext started, String name) {
        return started.getBean(ChannelRegistry.class).channel(name);
    }

    private static ListenerContainer container(ApplicationContext started) {
        return started.getBean(DefaultChannelListenerRegistry.class).all().getFirst();
    }

    private void sends(Class<?> bean, Order order, Object... expected) {
        context.withBean("bean", bean).run(started -> {
            assertThat(started).hasNotFailed();
            channel(started, "orders").send(order);
            await().until(() -> container(started).counters().handled() == 1);
            for (Object message : expected) {
                assertThat(channel(started, "numbers").tryReceive()).isEqualTo(message);
            }
            assertThat(channel(started, "numbers").tryReceive()).isNull();
        });
    }

    static class One {
        @ChannelListener(value = "orders", sendTo = "${target:numbers}")
        Integer number(Order order) {
            return order.number() < 0 ? null : order.number();
        }
    }

    @Test
    void aValueIsSentAndNullSendsNothing() {
        sends(One.class, new Order(7), 7);
        sends(One.class, new Order(-1));
    }

    static class Primitive {
        @ChannelListener(value = "orders", sendTo = "numbers")
        int number(Order order) {
            return order.number();
        }
    }

    @Test
    void aPrimitiveIsBoxed() {
        sends(Primitive.class, new Order(7), 7);
    }

    static class Several {
        @ChannelListener(value = "orders", sendTo = "numbers")
        List<? extends Integer> numbers(Order order) {
            return IntStream.range(0, order.number()).boxed().toList();
        }
    }

    static class Iterating {
        @ChannelListener(value = "orders", sendTo = "numbers")
        Iterable<Integer> numbers(Order order) {
            return () -> IntStream.range(0, order.number()).iterator();
        }
    }

    static class Arrays {
        @ChannelListener(value = "orders", sendTo = "numbers")
        Integer[] numbers(Order order) {
            return new Integer[] {0, null, 1};
        }
    }

    static class PrimitiveArrays {
        @ChannelListener(value = "orders", sendTo = "numbers")
        int[] numbers(Order order) {
            return IntStream.range(0, order.number()).toArray();
        }
    }

    static class PrimitiveStreams {
        @ChannelListener(value = "orders", sendTo = "numbers")
        IntStream numbers(Order order) {
            return IntStream.range(0, order.number());
        }
    }

    static class Anything {
        @ChannelListener(value = "orders", sendTo = "numbers")
        Object numbers(Order order) {
            return List.of(0, 1, 2);
        }
    }

    @Test
    void severalAreSentOneByOneInOrder() {
        sends(Several.class, new Order(3), 0, 1, 2);
        sends(Several.class, new Order(0));
        sends(Iterating.class, new Order(3), 0, 1, 2);
        sends(Arrays.class, new Order(3), 0, 1);
        sends(PrimitiveArrays.class, new Order(3), 0, 1, 2);
        sends(PrimitiveStreams.class, new Order(3), 0, 1, 2);
        sends(Anything.class, new Order(3), 0, 1, 2);
    }

    static class Streaming {
        final AtomicBoolean closed = new AtomicBoolean();

        @ChannelListener(value = "orders", id = "streaming", sendTo = "numbers")
        Stream<Integer> numbers(Order order) {
            Stream<Integer> numbers = Stream.of(0, 1, 2).peek(number -> {
                if (number == order.number()) {
                    throw new IllegalStateException("broken stream");
                }
            });
            return numbers.onClose(() -> closed.set(true));
        }
    }

    @Test
    void aStreamIsClosedAfterwards() {
        context.withBean("streaming", Streaming.class).run(started -> {
            channel(started, "orders").send(new Order(9));
            await().until(() -> started.getBean(Streaming.class).closed.get());
            assertThat(channel(started, "numbers").stats().sent()).isEqualTo(3);
        });
    }

    @Test
    void aStreamThatBreaksIsAFailureOfTheMessageAndClosedToo(CapturedOutput output) {
        context.withBean("streaming", Streaming.class).run(started -> {
            channel(started, "orders").send(new Order(1));
            await().until(() -> container(started).counters().failed() == 1);
            assertThat(started.getBean(Streaming.class).closed).isTrue();
            assertThat(output)
                    .contains("Listener 'streaming' failed on a dev.channels.spring.Order from channel 'orders'")
                    .contains("broken stream");
        });
    }

    @Test
    void aChannelWhoseTypeIsAListTakesItWhole() {
        Channels.contextWithOrders()
                .withPropertyValues("channels.definitions.numbers.type=java.util.List<java.lang.Integer>")
                .withBean("bean", Lists.class)
                .run(started -> {
                    channel(started, "orders").send(new Order(3));
                    assertThat(channel(started, "numbers").receive()).isEqualTo(List.of(3, 3));
                });
    }

    static class Lists {
        @ChannelListener(value = "orders", sendTo = "numbers")
        List<Integer> numbers(Order order) {
            return List.of(order.number(), order.number());
        }
    }

    @Test
    void aChannelWithoutATypeGetsThemOneByOne() {
        Channels.contextWithOrders()
                .withPropertyValues("channels.definitions.numbers.capacity=5")
                .withBean("bean", Lists.class)
                .run(started -> {
                    channel(started, "orders").send(new Order(3));
                    assertThat(channel(started, "numbers").receive()).isEqualTo(3);
                });
    }

    static class Undeclared {
        @ChannelListener(value = "orders", id = "undeclared", sendTo = "numbers")
        Object number(Order order) {
            return "no number";
        }
    }

    @Test
    void aValueThatTheChannelDoesNotCarryIsAFailureOfTheMessage(CapturedOutput output) {
        context.withBean("bean", Undeclared.class).run(started -> {
            channel(started, "orders").send(new Order(3));
            await().until(() -> container(started).counters().failed() == 1);
            assertThat(output)
                    .contains("The listener returned a java.lang.String, and channel 'numbers', to which it sends,"
                            + " carries java.lang.Integer");
        });
    }

    @Test
    void aClosedTargetIsAFailureOfTheMessage(CapturedOutput output) {
        context.withBean("bean", One.class).run(started -> {
            started.getBean(ChannelRegistry.class).close("numbers");
            channel(started, "orders").send(new Order(3));
            await().until(() -> container(started).counters().failed() == 1);
            assertThat(output).contains("Listener 'bean.number' failed on a").contains("ChannelClosedException");
        });
    }

    @Test
    void waitingForAFullTargetIsHandlingAndHoldsUpWhoSendsToTheFirst() {
        context.withPropertyValues("channels.definitions.numbers.capacity=1", "channels.definitions.orders.capacity=1")
                .withBean("bean", One.class)
                .run(started -> {
                    for (int number = 0; number < 3; number++) {
                        channel(started, "orders").send(new Order(number));
                    }
                    await().until(() -> channel(started, "numbers").blockedSenders() == 1);
                    assertThat(channel(started, "orders").trySend(new Order(3))).isFalse();
                    assertThat(container(started).busyWorkers()).isEqualTo(1);
                    assertThat(container(started).counters().handled()).isEqualTo(1);
                    for (int number = 0; number < 3; number++) {
                        assertThat(channel(started, "numbers").receive()).isEqualTo(number);
                    }
                });
    }

    @Test
    void messageThatStillWaitsForItsTargetAtTheEndOfTheDrainIsReported() {
        ShutdownTests.Left left = new ShutdownTests.Left();
        context.withPropertyValues(
                        "channels.definitions.numbers.capacity=1", "spring.lifecycle.timeout-per-shutdown-phase=300ms")
                .withBean(AbandonedMessages.class, () -> left)
                .withBean("bean", One.class)
                .run(started -> {
                    for (int number = 0; number < 4; number++) {
                        channel(started, "orders").send(new Order(number));
                    }
                    await().until(() -> channel(started, "numbers").blockedSenders() == 1);
                    started.close();
                    // 0 is in the target, and nobody takes it; 1 was on its way there.
                    assertThat(left.messages)
                            .isEqualTo(Map.of(
                                    "numbers",
                                    List.of(0),
                                    "orders",
                                    List.of(new Order(1), new Order(2), new Order(3))));
                });
    }

    static class Chain {
        final AtomicInteger arrived = new AtomicInteger();

        @ChannelListener(value = "orders", sendTo = "numbers", concurrency = "3")
        List<Integer> first(Order order) throws InterruptedException {
            Thread.sleep(1);
            return List.of(order.number(), order.number());
        }

        @ChannelListener(value = "numbers", sendTo = "texts", key = "#root % 5", concurrency = "3")
        String second(Integer number) throws InterruptedException {
            Thread.sleep(1);
            return "text " + number;
        }

        @ChannelListener("texts")
        void third(String text) throws InterruptedException {
            Thread.sleep(1);
            arrived.incrementAndGet();
        }
    }

    @Test
    void channelsThatListenersSendToAreDrainedOneAfterTheOther(CapturedOutput output) {
        context.withPropertyValues(
                        "channels.definitions.numbers.capacity=1", "channels.definitions.texts.type=java.lang.String")
                .withBean("chain", Chain.class)
                .run(started -> {
                    Chain chain = started.getBean(Chain.class);
                    for (int number = 0; number < 100; number++) {
                        channel(started, "orders").send(new Order(number));
                    }
                    started.close();
                    assertThat(chain.arrived).hasValue(200);
                    assertThat(output).doesNotContain("unhandled").doesNotContain("failed on");
                });
    }

    /** Goes round until nothing is left of it. */
    static class Carousel {
        final AtomicInteger rounds = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();

        @ChannelListener(value = "orders", sendTo = "numbers", concurrency = "2")
        Integer there(Order order) throws InterruptedException {
            rounds.incrementAndGet();
            Thread.sleep(1);
            return order.number();
        }

        @ChannelListener(value = "numbers", sendTo = "orders", key = "#root % 3", concurrency = "2")
        Order back(Integer number) {
            if (number == 0) {
                ended.incrementAndGet();
                return null;
            }
            return new Order(number - 1);
        }
    }

    @Test
    void aCircleGoesRoundAndIsDrainedTogether(CapturedOutput output) {
        context.withBean("carousel", Carousel.class).run(started -> {
            Carousel carousel = started.getBean(Carousel.class);
            for (int message = 0; message < 20; message++) {
                channel(started, "orders").send(new Order(30));
            }
            await().until(() -> carousel.rounds.get() > 40);
            started.close();
            assertThat(carousel.ended).hasValue(20);
            assertThat(carousel.rounds).hasValue(20 * 31);
            assertThat(output).contains("Channels drained in").doesNotContain("unhandled");
        });
    }

    static class Countdown {
        final AtomicInteger calls = new AtomicInteger();

        @ChannelListener(value = "numbers", sendTo = "numbers", key = "#root % 2", concurrency = "4")
        Integer down(int number) {
            calls.incrementAndGet();
            return number == 0 ? null : number - 1;
        }
    }

    @Test
    void aChannelThatFeedsItselfIsDrainedToo(CapturedOutput output) {
        context.withBean("countdown", Countdown.class).run(started -> {
            Countdown countdown = started.getBean(Countdown.class);
            for (int message = 0; message < 20; message++) {
                channel(started, "numbers").send(500);
            }
            started.close();
            assertThat(countdown.calls).hasValue(20 * 501);
            assertThat(output).contains("Channels drained in").doesNotContain("unhandled");
        });
    }

    @Test
    void aCircleWithoutRoomIsFreedAtTheEndAndReported() {
        ShutdownTests.Left left = new ShutdownTests.Left();
        context.withPropertyValues(
                        "channels.definitions.numbers.capacity=1",
                        "channels.definitions.orders.capacity=1",
                        "spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .withBean(AbandonedMessages.class, () -> left)
                .withBean("doubling", Doubling.class)
                .run(started -> {
                    channel(started, "orders").send(new Order(1));
                    await().until(() -> channel(started, "orders").blockedSenders() == 1
                            && channel(started, "numbers").blockedSenders() == 1);
                    List<ListenerContainer> containers = started.getBean(DefaultChannelListenerRegistry.class)
                            .all();
                    long start = System.nanoTime();
                    started.close();
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
                    for (ListenerContainer container : containers) {
                        String name = container.channel().name();
                        assertThat(container.channel().channel().stats().sent())
                                .as(name)
                                .isEqualTo(container.counters().handled()
                                        + left.messages.get(name).size());
                        assertThat(container.counters().failed()).isZero();
                    }
                });
    }

    static class Doubling {
        @ChannelListener(value = "orders", sendTo = "numbers")
        List<Integer> there(Order order) {
            return List.of(1, 1, 1);
        }

        @ChannelListener(value = "numbers", sendTo = "orders")
        List<Order> back(Integer number) {
            return List.of(new Order(1), new Order(1), new Order(1));
        }
    }

    @Test
    void whatGoesNowhereIsOneWarningAtTheStart(CapturedOutput output) {
        context.withBean("losing", Losing.class).run(started -> {
            channel(started, "orders").send(new Order(1));
            await().until(() -> container(started).counters().handled() == 1);
            assertThat(output.getOut().split("goes nowhere", -1)).hasSize(2);
            assertThat(output).contains("What " + Losing.class.getName() + ".handle returns goes nowhere");
        });
        assertThat(output.getOut().split("goes nowhere", -1)).hasSize(2);
    }

    static class Losing {
        @ChannelListener("numbers")
        void none(Integer number) {}

        @ChannelListener("orders")
        Integer handle(Order order) {
            return order.number();
        }

        @ChannelListener("numbers")
        Void nothing(Integer number) {
            return null;
        }
    }
}
