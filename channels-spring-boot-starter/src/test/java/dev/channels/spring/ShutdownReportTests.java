package dev.channels.spring;

import static dev.channels.spring.ShutdownTests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.spring.ShutdownTests.Left;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;

/** What a closing context leaves behind is reported: who held it, and how much. */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownReportTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders();

    @Test
    void channelWithoutAListenerIsReportedWithWhatItHolds(CapturedOutput output) {
        context.withBean("left", Left.class).run(started -> {
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 3);
            Left left = started.getBean(Left.class);
            long start = System.nanoTime();
            started.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(left.messages.get("orders")).isEqualTo(List.of(new Order(0), new Order(1), new Order(2)));
            assertThat(output)
                    .contains("Channel 'orders' left 3 accepted messages unhandled at shutdown,"
                            + " of dev.channels.spring.Order");
        });
    }

    @Test
    void nothingIsSaidOfADrainOfNothing(CapturedOutput output) {
        context.withBean("sleepy", Sleepy.class).run(started -> {
            started.close();
            assertThat(output).contains("Channels drained in").doesNotContain("Draining channels");
        });
    }

    @Test
    void whatTheTimeIsTooShortForIsReportedAndNothingIsHandledAfterTheClose(CapturedOutput output) {
        context.withBean("sleepy", Sleepy.class)
                .withBean("left", Left.class)
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=1s")
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    Queue<Integer> accepted = new ConcurrentLinkedQueue<>();
                    Queue<Integer> refused = new ConcurrentLinkedQueue<>();
                    started.getBean(ChannelListenerRegistry.class)
                            .container("sleepy.handle")
                            .pause();
                    ListenerTests.sendAll(orders, 0, 100);
                    Thread blocked = Thread.startVirtualThread(() -> send(orders, new Order(100), accepted, refused));
                    await().until(() -> orders.blockedSenders() == 1);
                    Sleepy sleepy = started.getBean(Sleepy.class);
                    Left left = started.getBean(Left.class);

                    started.close();
                    int handled = sleepy.handled.size();

                    assertThat(blocked.join(Duration.ofMillis(300))).isTrue();
                    Set<Integer> told = new TreeSet<>(sleepy.handled);
                    left.messages
                            .get("orders")
                            .forEach(message -> assertThat(told.add(((Order) message).number()))
                                    .isTrue());
                    // The blocked sender was served while draining, or refused at the end; never both, never neither.
                    assertThat(told).hasSize(100 + accepted.size());
                    assertThat(accepted.size() + refused.size()).isEqualTo(1);
                    assertThat(output).contains("were not drained within PT0.9S");
                    await().during(Duration.ofMillis(200)).until(() -> sleepy.handled.size() == handled);
                });
    }

    static class Sleepy {
        final Queue<Integer> handled = new ConcurrentLinkedQueue<>();

        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            Thread.sleep(100);
            handled.add(order.number());
        }
    }

    @Test
    void listenerThatIgnoresTheInterruptIsNamedAndItsMessageReported(CapturedOutput output) {
        CountDownLatch release = new CountDownLatch(1);
        context.withBean("deaf", Deaf.class, () -> new Deaf(release))
                .withBean("left", Left.class)
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=1s")
                .run(started -> {
                    started.getBean(ChannelRegistry.class).sender("orders").send(new Order(9));
                    Deaf deaf = started.getBean(Deaf.class);
                    Left left = started.getBean(Left.class);
                    deaf.begun.await();
                    long start = System.nanoTime();
                    started.close();
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
                    assertThat(left.messages.get("orders")).isEqualTo(List.of(new Order(9)));
                    assertThat(output)
                            .contains("Listener 'deaf.handle' ignores the interrupt at shutdown;"
                                    + " thread channel-deaf.handle-1");
                    release.countDown();
                });
    }

    static class Deaf {
        final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch release;

        Deaf(CountDownLatch release) {
            this.release = release;
        }

        @ChannelListener("orders")
        void handle(Order order) {
            begun.countDown();
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException ignored) {
                    // That is the point.
                }
            }
        }
    }

    @Test
    void recipientThatFailsKeepsNothingFromBeingTold(CapturedOutput output) {
        context.withPropertyValues("channels.definitions.paid.type=" + Channels.ORDER)
                .withBean(AbandonedMessages.class, () -> (channel, messages) -> {
                    throw new AssertionError("recipient");
                })
                .run(started -> {
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 2);
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("paid"), 0, 3);
                    started.close();
                    assertThat(output)
                            .contains("Channel 'orders' left 2 accepted messages")
                            .contains("Channel 'paid' left 3 accepted messages");
                });
    }

    @Test
    void channelThatAListenerCreatesDuringTheDrainIsClosedAndReportedToo(CapturedOutput output) {
        context.withBean("creating", Creating.class)
                .withBean("left", Left.class)
                .run(started -> {
                    ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 1);
                    Left left = started.getBean(Left.class);
                    Creating creating = started.getBean(Creating.class);
                    Thread closing = Thread.startVirtualThread(started::close);
                    creating.begun.await();
                    await().until(() -> output.getOut().contains("Draining channels"));
                    creating.go.countDown();
                    closing.join();
                    assertThat(left.messages.get("late")).isEqualTo(List.of("forgotten"));
                });
    }

    static class Creating {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final ChannelRegistry registry;

        Creating(ChannelRegistry registry) {
            this.registry = registry;
        }

        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            begun.countDown();
            go.await();
            registry.<String>create("late", builder -> builder.capacity(1)).send("forgotten");
        }
    }

    @Test
    void channelThatWasClosedWhileItsListenerWasStoppedIsReported() {
        context.withBean("left", Left.class).run(started -> {
            ChannelRegistry channels = started.getBean(ChannelRegistry.class);
            ListenerTests.sendAll(channels.<Order>create("tmp", builder -> builder.capacity(5)), 0, 2);
            channels.close("tmp");
            assertThat(channels.names()).doesNotContain("tmp");
            Left left = started.getBean(Left.class);
            started.close();
            assertThat(left.messages.get("tmp")).isEqualTo(List.of(new Order(0), new Order(1)));
        });
    }

    @Test
    void contextThatFailsToStartLeavesNoThreadBehindAndReportsWhatWasSentAlready() {
        Left left = new Left();
        Queue<Integer> accepted = new ConcurrentLinkedQueue<>();
        Queue<Integer> refused = new ConcurrentLinkedQueue<>();
        AtomicReference<Thread> blocked = new AtomicReference<>();
        Set<Thread> before = keepAliveThreads();
        context.withPropertyValues("channels.definitions.orders.capacity=1")
                .withBean("listening", Threadless.class)
                .withBean(AbandonedMessages.class, () -> left)
                .withBean("port", FailingServer.class)
                .withInitializer(application -> application.addBeanFactoryPostProcessor(beans ->
                        beans.addBeanPostProcessor(new BeanPostProcessor() {
                            @Override
                            public Object postProcessAfterInitialization(Object bean, String name) {
                                if (bean instanceof Channel<?>) {
                                    @SuppressWarnings("unchecked")
                                    Channel<Order> orders = (Channel<Order>) bean;
                                    orders.trySend(new Order(1));
                                    blocked.set(Thread.startVirtualThread(
                                            () -> send(orders, new Order(2), accepted, refused)));
                                    await().until(() -> orders.blockedSenders() == 1);
                                }
                                return bean;
                            }
                        })))
                .run(started -> {
                    assertThat(started).hasFailed();
                    assertThat(blocked.get().join(Duration.ofSeconds(5))).isTrue();
                    assertThat(left.messages.get("orders")).isEqualTo(List.of(new Order(1)));
                    assertThat(refused).containsExactly(2);
                    // Contexts of other tests may still run.
                    await().until(() -> before.containsAll(keepAliveThreads()));
                });
    }

    private static Set<Thread> keepAliveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("channels-keep-alive"))
                .collect(Collectors.toSet());
    }

    /** Does not start with the context, so the messages stay where they are. */
    static class Threadless {
        @ChannelListener(value = "orders", autoStartup = "false")
        void handle(Order order) {}
    }

    /** Starts after the listeners, as a web server does. */
    static class FailingServer implements SmartLifecycle {
        @Override
        public void start() {
            throw new IllegalStateException("port in use");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
