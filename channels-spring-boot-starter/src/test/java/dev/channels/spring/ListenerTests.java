package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.Sender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.samples.greetings.Greetings;

@ExtendWith(OutputCaptureExtension.class)
class ListenerTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders();

    @Test
    void tenThousandMessagesOfEightSendersAreEachHandledOnceByFourWorkers() {
        context.withBean("counting", Counting.class)
                .withPropertyValues("channels.definitions.orders.listener.concurrency=4")
                .run(started -> {
                    Sender<Order> orders =
                            started.getBean(ChannelRegistry.class).sender("orders");
                    List<Thread> senders = new ArrayList<>();
                    for (int sender = 0; sender < 8; sender++) {
                        int first = sender * 1250;
                        senders.add(Thread.startVirtualThread(() -> sendAll(orders, first, 1250)));
                    }
                    for (Thread sender : senders) {
                        sender.join();
                    }
                    Counting counting = started.getBean(Counting.class);
                    await().until(() -> counting.total.get() == 10_000);
                    for (int number = 0; number < 10_000; number++) {
                        assertThat(counting.times.get(number)).isEqualTo(1);
                    }
                    assertThat(Set.copyOf(counting.threads))
                            .allMatch(name -> name.matches("channel-counting\\.handle-[1-4]"));
                });
    }

    static void sendAll(Sender<Order> orders, int first, int count) {
        try {
            for (int number = first; number < first + count; number++) {
                orders.send(new Order(number));
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    static class Counting {
        final AtomicInteger total = new AtomicInteger();
        final AtomicIntegerArray times = new AtomicIntegerArray(10_000);
        final Queue<String> threads = new ConcurrentLinkedQueue<>();

        @ChannelListener("orders")
        void handle(Order order) {
            times.incrementAndGet(order.number());
            threads.add(Thread.currentThread().getName());
            total.incrementAndGet();
        }
    }

    @Test
    void listenersRunOnVirtualThreads() {
        context.withBean("threads", Threads.class).run(started -> {
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
            assertThat(started.getBean(Threads.class).virtual.receive()).isTrue();
        });
    }

    static class Threads {
        final Channel<Boolean> virtual = Channel.unbounded();

        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            virtual.send(Thread.currentThread().isVirtual());
        }
    }

    @Test
    void workerLivesOnWhateverTheListenerThrows(CapturedOutput output) {
        context.withBean("throwing", Throwing.class).run(started -> {
            Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
            for (int number = 0; number < 5; number++) {
                orders.send(new Order(number));
            }
            Throwing throwing = started.getBean(Throwing.class);
            assertThat(throwing.handled.receive()).isEqualTo(4);
            assertThat(throwing.threads).hasSize(5).containsOnly("channel-careless-1");
            assertThat(output)
                    .contains("Listener 'careless' failed on a dev.channels.spring.Order from channel 'orders'")
                    .contains("java.lang.IllegalStateException: runtime")
                    .contains("java.io.IOException: checked")
                    .contains("java.lang.AssertionError: error")
                    .contains("java.lang.InterruptedException: interrupted");
        });
    }

    static class Throwing {
        final Channel<Integer> handled = Channel.unbounded();
        final Queue<String> threads = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "orders", id = "careless")
        void handle(Order order) throws Exception {
            threads.add(Thread.currentThread().getName());
            switch (order.number()) {
                case 0 -> throw new IllegalStateException("runtime");
                case 1 -> throw new IOException("checked");
                case 2 -> throw new AssertionError("error");
                case 3 -> throw new InterruptedException("interrupted");
                default -> handled.send(order.number());
            }
        }
    }

    @Test
    void interruptFlagThatAListenerLeavesDoesNotReachTheNextMessage() {
        context.withBean("interrupting", Interrupting.class).run(started -> {
            Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
            orders.send(new Order(1));
            orders.send(new Order(2));
            Interrupting interrupting = started.getBean(Interrupting.class);
            assertThat(interrupting.flags.receive()).isFalse();
            assertThat(interrupting.flags.receive()).isFalse();
        });
    }

    static class Interrupting {
        final Channel<Boolean> flags = Channel.unbounded();

        @ChannelListener("orders")
        void handle(Order order) {
            flags.trySend(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void workersHaveTheApplicationsClassLoaderAndNothingElseOfTheThreadThatStartedThem() {
        InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
        context.withBean("inheriting", Inherited.class, () -> new Inherited(user))
                .run(started -> {
                    user.set("mine");
                    started.getBean(ChannelListenerRegistry.class)
                            .container("inheriting.handle")
                            .setConcurrency("2");
                    Sender<Order> orders =
                            started.getBean(ChannelRegistry.class).sender("orders");
                    orders.send(new Order(1));
                    orders.send(new Order(2));
                    Inherited inherited = started.getBean(Inherited.class);
                    for (int message = 0; message < 2; message++) {
                        assertThat(inherited.seen.receive())
                                .isEqualTo("null " + Thread.currentThread().getContextClassLoader());
                    }
                    user.remove();
                });
    }

    static class Inherited {
        final Channel<String> seen = Channel.unbounded();
        private final CountDownLatch both = new CountDownLatch(2);
        private final InheritableThreadLocal<String> user;

        Inherited(InheritableThreadLocal<String> user) {
            this.user = user;
        }

        @ChannelListener("orders")
        void handle(Order order) throws InterruptedException {
            both.countDown();
            both.await();
            seen.send(user.get() + " " + Thread.currentThread().getContextClassLoader());
        }
    }

    @Test
    void attributesTakePlaceholders() {
        context.withBean("configured", Configured.class)
                .withPropertyValues("app.channel=orders", "app.workers=3", "app.id=configured")
                .run(started -> {
                    assertThat(started.getBean(ChannelListenerRegistry.class).ids())
                            .containsExactly("configured");
                    Sender<Order> orders =
                            started.getBean(ChannelRegistry.class).sender("orders");
                    for (int number = 0; number < 3; number++) {
                        orders.send(new Order(number));
                    }
                    // Each waits for the other two: there are three workers, or this hangs.
                    started.getBean(Configured.class).together.await();
                });
    }

    static class Configured {
        final CountDownLatch together = new CountDownLatch(3);

        @ChannelListener(value = "${app.channel}", id = "${app.id}", concurrency = "${app.workers}")
        void handle(Order order) throws InterruptedException {
            together.countDown();
            together.await();
        }
    }

    @Test
    void listenersOfOneQueueCompete() {
        context.withBean("competing", Competing.class).run(started -> {
            Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
            orders.send(new Order(1));
            orders.send(new Order(2));
            Competing competing = started.getBean(Competing.class);
            competing.met.await();
            assertThat(competing.who).containsExactlyInAnyOrder("first", "second");
        });
    }

    static class Competing {
        final CountDownLatch met = new CountDownLatch(2);
        final Queue<String> who = new ConcurrentLinkedQueue<>();

        @ChannelListener("orders")
        void first(Order order) throws InterruptedException {
            meet("first");
        }

        @ChannelListener("orders")
        void second(Order order) throws InterruptedException {
            meet("second");
        }

        private void meet(String name) throws InterruptedException {
            who.add(name);
            met.countDown();
            met.await();
        }
    }

    @Test
    void eachListenerOfABroadcastGetsEveryMessage() {
        Channels.context()
                .withPropertyValues("channels.definitions.prices.kind=broadcast")
                .withBean("watching", Watching.class)
                .run(started -> {
                    Broadcast<?> prices = started.getBean("prices", Broadcast.class);
                    assertThat(prices.subscribers()).isEqualTo(2);
                    started.getBean(ChannelRegistry.class).sender("prices").send(42);
                    Watching watching = started.getBean(Watching.class);
                    assertThat(watching.first.receive()).isEqualTo(42);
                    assertThat(watching.second.receive()).isEqualTo(42);
                });
    }

    static class Watching {
        final Channel<Integer> first = Channel.unbounded();
        final Channel<Integer> second = Channel.unbounded();

        @ChannelListener("prices")
        void first(Integer price) throws InterruptedException {
            first.send(price);
        }

        @ChannelListener("prices")
        void second(int price) throws InterruptedException {
            second.send(price);
        }
    }

    @Test
    void oneMethodMayListenToSeveralChannels() {
        context.withPropertyValues("channels.definitions.returns.type=" + Channels.ORDER)
                .withBean("both", Both.class)
                .run(started -> {
                    ChannelRegistry registry = started.getBean(ChannelRegistry.class);
                    registry.sender("orders").send(new Order(1));
                    Both both = started.getBean(Both.class);
                    assertThat(both.heard.receive().number()).isEqualTo(1);
                    registry.sender("returns").send(new Order(2));
                    assertThat(both.heard.receive().number()).isEqualTo(2);
                    assertThat(started.getBean(ChannelListenerRegistry.class).ids())
                            .containsExactlyInAnyOrder("both.handle", "both.handle-2");
                });
    }

    static class Both {
        final Channel<Order> heard = Channel.unbounded();

        @ChannelListener("orders")
        @ChannelListener("returns")
        void handle(Order order) throws InterruptedException {
            heard.send(order);
        }
    }

    @Test
    void inheritedAndOverridingMethodsListenToo() {
        context.withBean("inheriting", Inheriting.class).run(started -> {
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
            assertThat(started.getBean(Inheriting.class).heard.receive().number())
                    .isEqualTo(1);
            assertThat(started.getBean(ChannelListenerRegistry.class).ids()).containsExactly("inheriting.handle");
        });
    }

    interface Handler<T> {
        @ChannelListener("orders")
        void handle(T order) throws InterruptedException;
    }

    static class Inheriting implements Handler<Order> {
        final Channel<Order> heard = Channel.unbounded();

        @Override
        public void handle(Order order) throws InterruptedException {
            heard.send(order);
        }
    }

    @Test
    void overridingMethodWithItsOwnAnnotationIsOneListener() {
        context.withBean("overriding", Overriding.class).run(started -> {
            assertThat(started.getBean(ChannelListenerRegistry.class).ids()).containsExactly("own-id");
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
            assertThat(started.getBean(Overriding.class).heard.receive().number())
                    .isEqualTo(1);
        });
    }

    static class Overriding extends Inheriting {

        @Override
        @ChannelListener(value = "orders", id = "own-id")
        public void handle(Order order) throws InterruptedException {
            super.handle(order);
        }
    }

    @Test
    void aMessageOfAnotherClassThanTheListenerTakesIsAFailureOfThatMessage(CapturedOutput output) {
        Channels.context()
                .withPropertyValues("channels.definitions.anything.capacity=3")
                .withBean("ordersOnly", OrdersOnly.class)
                .run(started -> {
                    Sender<Object> anything =
                            started.getBean(ChannelRegistry.class).sender("anything");
                    anything.send("no order");
                    anything.send(new Order(1));
                    assertThat(started.getBean(OrdersOnly.class).heard.receive().number())
                            .isEqualTo(1);
                    assertThat(output)
                            .contains("The message is a java.lang.String and the listener takes"
                                    + " dev.channels.spring.Order");
                });
    }

    static class OrdersOnly {
        final Channel<Order> heard = Channel.unbounded();

        @ChannelListener("anything")
        void handle(Order order) throws InterruptedException {
            heard.send(order);
        }
    }

    @Test
    void componentsOfAnApplicationInAPackageLikeSpringsAreSearchedToo() {
        Channels.context()
                .withBean(Greetings.class)
                .withPropertyValues("channels.definitions.hellos.type=java.lang.String")
                .run(started -> {
                    started.getBean(ChannelRegistry.class)
                            .<String>sender("hellos")
                            .send("hello");
                    assertThat(started.getBean(Greetings.class).received.tryReceive(Duration.ofSeconds(10)))
                            .isEqualTo("hello");
                });
    }

    @Test
    void listenersStartAlsoWhenBeansAreLazy() {
        context.withInitializer(
                        lazy -> lazy.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean("threads", Threads.class)
                .run(started -> {
                    started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
                    assertThat(started.getBean(Threads.class).virtual.receive()).isTrue();
                });
    }

    @Test
    void listenerWithoutAutoStartupWaitsUntilItIsStarted() {
        context.withBean("threads", Threads.class)
                .withPropertyValues("channels.listeners[threads.handle].auto-startup=false")
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    ChannelListenerContainer container =
                            started.getBean(ChannelListenerRegistry.class).container("threads.handle");
                    assertThat(container.isRunning()).isFalse();
                    orders.send(new Order(1));
                    assertThat(orders.size()).isEqualTo(1);
                    container.start();
                    assertThat(started.getBean(Threads.class).virtual.receive()).isTrue();
                });
    }

    @Test
    void listenerMayBeRegisteredWithoutAnAnnotation() {
        context.run(started -> {
            Channel<Order> heard = Channel.unbounded();
            ChannelListenerRegistry listeners = started.getBean(ChannelListenerRegistry.class);
            ChannelListenerContainer container =
                    listeners.<Order>register("mine", "orders", order -> heard.trySend(order));
            assertThat(container.isRunning()).isTrue();
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(7));
            assertThat(heard.receive().number()).isEqualTo(7);
        });
    }
}
