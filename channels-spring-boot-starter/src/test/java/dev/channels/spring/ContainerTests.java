package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.Sender;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;

/** What operations may do to a listener while it runs. */
@ExtendWith(OutputCaptureExtension.class)
class ContainerTests {

    private static final int MESSAGES = 100_000;

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
    void allWorkersComeBackWhenItIsMadeSmallerAndLargerAgain() {
        context.run(started -> {
            ListenerContainer container = container(started);
            for (int round = 0; round < 200; round++) {
                container.setConcurrency("1");
                container.setConcurrency("8");
            }
            await().until(() -> container.currentWorkers() == 8);
        });
    }

    @Test
    void theMinimumIsKeptWhenHigherNumbersGoIdle() {
        context.withPropertyValues("channels.listeners.counting.idle-timeout=50ms")
                .run(started -> {
                    ListenerContainer container = container(started);
                    container.setConcurrency("5");
                    container.setConcurrency("1-5");
                    container.setConcurrency("3-5");
                    await().during(Duration.ofMillis(300)).until(() -> container.currentWorkers() >= 3);
                    await().until(() -> container.currentWorkers() == 3);
                });
    }

    private static ListenerContainer container(BeanFactory started) {
        return started.getBean(DefaultChannelListenerRegistry.class).all().getFirst();
    }

    @Test
    void listenerMayStopItselfWhileAnotherThreadStartsIt() {
        Channels.contextWithOrders().withBean("quitting", Quitting.class).run(started -> {
            Quitting quitting = started.getBean(Quitting.class);
            ListenerContainer container = container(started);
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            for (int round = 0; round < 100; round++) {
                orders.send(new Order(round));
                quitting.stopped.receive();
                container.start();
            }
            await().until(() -> orders.size() == 0 && quitting.handled.get() == 100);
        });
    }

    static class Quitting {
        final Channel<Boolean> stopped = Channel.unbounded();
        final AtomicInteger handled = new AtomicInteger();
        private final ObjectProvider<ChannelListenerRegistry> listeners;

        Quitting(ObjectProvider<ChannelListenerRegistry> listeners) {
            this.listeners = listeners;
        }

        @ChannelListener(value = "orders", id = "quitting")
        void handle(Order order) throws InterruptedException {
            handled.incrementAndGet();
            listeners.getObject().container("quitting").stop();
            stopped.send(true);
        }
    }

    @Test
    void startEndsAStopThatStillWaits() {
        Channels.contextWithOrders()
                .withBean("careful", StopAndStartTests.Careful.class)
                .run(started -> {
                    StopAndStartTests.Careful careful = started.getBean(StopAndStartTests.Careful.class);
                    ListenerContainer container = container(started);
                    started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
                    careful.begun.await();
                    Thread stopping = Thread.startVirtualThread(container::stop);
                    await().until(() -> !container.isRunning());
                    container.start();
                    assertThat(stopping.join(Duration.ofSeconds(5))).isTrue();
                    careful.finish.countDown();
                });
    }

    @Test
    void pauseFromWithinAnInterceptorDoesNotWaitForItself() {
        Channels.context().withUserConfiguration(Intercepted.class).run(started -> {
            Intercepted intercepted = started.getBean(Intercepted.class);
            intercepted.onReceive = message -> started.getBean(ChannelListenerRegistry.class)
                    .container("intercepted")
                    .pause();
            started.getBean(ChannelRegistry.class).sender("own").send("pause");
            await().until(() -> container(started).isPaused());
            assertThat(intercepted.heard.receive()).isEqualTo("pause");
        });
    }

    @Test
    void workerSurvivesAnErrorOfAnInterceptorAndItIsCounted(CapturedOutput output) {
        Channels.context().withUserConfiguration(Intercepted.class).run(started -> {
            Intercepted intercepted = started.getBean(Intercepted.class);
            intercepted.onReceive = message -> {
                if (message.equals("bad")) {
                    throw new AssertionError("interceptor");
                }
            };
            Sender<String> own = started.getBean(ChannelRegistry.class).sender("own");
            own.send("bad");
            own.send("good");
            assertThat(intercepted.heard.receive()).isEqualTo("good");
            assertThat(container(started).counters().failed()).isEqualTo(1);
            assertThat(output).contains("could not take a message from channel 'own'");
        });
    }

    static class Intercepted {
        final Channel<String> heard = Channel.unbounded();
        volatile Consumer<String> onReceive = message -> {};

        @Bean
        Channel<String> own() {
            return Channel.builder("own")
                    .capacity(10)
                    .interceptor(new ChannelInterceptor<String>() {
                        @Override
                        public void onReceive(String message, Object attachment) {
                            onReceive.accept(message);
                        }
                    })
                    .build();
        }

        @ChannelListener(value = "own", id = "intercepted")
        void handle(String message) throws InterruptedException {
            heard.send(message);
        }
    }

    @Test
    void listenerOfAChannelThatWasClosedIsForgottenAndItsIdIsFree() {
        context.run(started -> {
            ChannelRegistry channels = started.getBean(ChannelRegistry.class);
            ChannelListenerRegistry listeners = started.getBean(ChannelListenerRegistry.class);
            for (int round = 0; round < 3; round++) {
                channels.<Order>create("short-lived", builder -> builder.capacity(3));
                listeners.register("short-lived-listener", "short-lived", message -> {});
                channels.close("short-lived");
                await().until(() -> !listeners.ids().contains("short-lived-listener"));
            }
        });
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
