package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Requester;
import dev.channels.Sender;
import dev.channels.spring.autoconfigure.observation.MissingLibraryAutoConfiguration;
import dev.channels.spring.autoconfigure.observation.SenderContextAutoConfiguration;
import dev.channels.spring.observation.SenderContext;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** The sender's context is there in the listener, and gone for the next message. */
@ExtendWith(OutputCaptureExtension.class)
class SenderContextTests {

    private static final ThreadLocal<Object> TENANT = new ThreadLocal<>();

    private final ApplicationContextRunner off = Channels.contextWithOrders()
            .withConfiguration(
                    AutoConfigurations.of(SenderContextAutoConfiguration.class, MissingLibraryAutoConfiguration.class))
            .withBean("seeing", Seeing.class);
    private final ApplicationContextRunner context =
            off.withPropertyValues("channels.listener.context-propagation=true");

    /** What a listener sees. */
    record Seen(int order, Object tenant, String mdc, String user) {}

    static class Seeing {
        final Channel<Seen> seen = Channel.unbounded();

        @ChannelListener(value = "orders", id = "seeing")
        void handle(Order order) throws InterruptedException {
            seen.send(now(order.number()));
            if (order.number() < 0) {
                throw new IllegalStateException("refused");
            }
        }
    }

    private static Seen now(int order) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return new Seen(
                order, TENANT.get(), MDC.get("request"), authentication == null ? null : authentication.getName());
    }

    @BeforeEach
    void registerAccessor() {
        ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", TENANT);
    }

    @AfterEach
    void clear() {
        forget();
        ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
    }

    private static void be(Object tenant) {
        TENANT.set(tenant);
        MDC.put("request", "r-" + tenant);
        SecurityContextHolder.setContext(
                new SecurityContextImpl(new TestingAuthenticationToken("user of " + tenant, "secret")));
    }

    private static void forget() {
        TENANT.remove();
        MDC.clear();
        SecurityContextHolder.clearContext();
    }

    private static Seen asSeenOf(int order, String tenant) {
        return new Seen(order, tenant, "r-" + tenant, "user of " + tenant);
    }

    @Test
    void contextOfTheSenderIsThereAndGoneForTheNextMessage() {
        context.run(started -> {
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            Channel<Seen> seen = started.getBean(Seeing.class).seen;
            be("acme");
            orders.send(new Order(1));
            forget();
            orders.send(new Order(2));
            be("other");
            orders.send(new Order(3));
            assertThat(seen.receive()).isEqualTo(asSeenOf(1, "acme"));
            assertThat(seen.receive()).isEqualTo(new Seen(2, null, null, null));
            assertThat(seen.receive()).isEqualTo(asSeenOf(3, "other"));
        });
    }

    @Test
    void everyFormOfSendingCarriesIt() {
        context.withPropertyValues("channels.definitions.orders.capacity=1").run(started -> {
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("seeing");
            Channel<Seen> seen = started.getBean(Seeing.class).seen;
            container.pause();
            be("tried");
            assertThat(orders.trySend(new Order(1))).isTrue();
            be("waiting");
            Thread waiting = Thread.ofVirtual().unstarted(() -> {
                be("thread");
                ListenerTests.sendAll(orders, 2, 1);
            });
            waiting.start();
            await().until(() -> orders.blockedSenders() == 1);
            be("future");
            var future = orders.sendAsync(new Order(3));
            forget();
            container.resume();
            future.join();
            be("timed");
            assertThat(orders.trySend(new Order(4), Duration.ofSeconds(5))).isTrue();
            assertThat(seen.receive()).isEqualTo(asSeenOf(1, "tried"));
            assertThat(seen.receive()).isEqualTo(asSeenOf(2, "thread"));
            assertThat(seen.receive()).isEqualTo(asSeenOf(3, "future"));
            assertThat(seen.receive()).isEqualTo(asSeenOf(4, "timed"));
        });
    }

    @Test
    void eachOfManyMessagesHasItsOwnThoughOneObjectIsSentAgainAndAgain() {
        Order same = new Order(7);
        AtomicInteger matching = new AtomicInteger();
        Consumer<Order> comparing = order -> {
            String tenant = String.valueOf(TENANT.get());
            if (tenant.startsWith("t-") && ("r-" + tenant).equals(MDC.get("request"))) {
                matching.incrementAndGet();
            }
        };
        context.run(started -> {
            started.getBean(ChannelListenerRegistry.class).container("seeing").pause();
            started.getBean(ChannelListenerRegistry.class)
                    .register("comparing", "orders", comparing)
                    .setConcurrency("4");
            Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
            for (int number = 0; number < 2000; number++) {
                be("t-" + number);
                orders.send(ThreadLocalRandom.current().nextBoolean() ? same : new Order(number));
            }
            await().until(() -> matching.get() == 2000);
        });
    }

    @Test
    void failureLeavesNothingBehindEither(CapturedOutput output) {
        context.run(started -> {
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            Channel<Seen> seen = started.getBean(Seeing.class).seen;
            be("failing");
            orders.send(new Order(-1));
            forget();
            orders.send(new Order(2));
            assertThat(seen.receive()).isEqualTo(asSeenOf(-1, "failing"));
            assertThat(seen.receive()).isEqualTo(new Seen(2, null, null, null));
            assertThat(output).contains("IllegalStateException: refused");
        });
    }

    @Test
    void whatAListenerLeavesInItsThreadIsNotThereForTheNextMessage() {
        context.run(started -> {
            Channel<Object> tenants = Channel.unbounded();
            started.getBean(ChannelListenerRegistry.class).container("seeing").stop();
            started.getBean(ChannelListenerRegistry.class).register("careless", "orders", message -> {
                tenants.trySend(String.valueOf(TENANT.get()));
                TENANT.set("left behind");
            });
            Sender<Order> orders = started.getBean(ChannelRegistry.class).sender("orders");
            orders.send(new Order(1));
            orders.send(new Order(2));
            assertThat(tenants.receive()).isEqualTo("null");
            assertThat(tenants.receive()).isEqualTo("null");
        });
    }

    @Test
    void whoReceivesByHandGetsNothingPutIntoItsThread() {
        context.run(started -> {
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            started.getBean(ChannelListenerRegistry.class).container("seeing").stop();
            be("acme");
            orders.send(new Order(1));
            forget();
            assertThat(orders.receive()).isEqualTo(new Order(1));
            assertThat(now(1)).isEqualTo(new Seen(1, null, null, null));
        });
    }

    @Test
    void eachListenerOfABroadcastRunsInIt() {
        context.withPropertyValues("channels.definitions.prices.kind=broadcast").run(started -> {
            Channel<Seen> seen = Channel.unbounded();
            ChannelListenerRegistry listeners = started.getBean(ChannelListenerRegistry.class);
            listeners.register("first", "prices", price -> seen.trySend(now(1)));
            listeners.register("second", "prices", price -> seen.trySend(now(2)));
            be("acme");
            started.getBean(ChannelRegistry.class).sender("prices").send(17);
            assertThat(List.of(seen.receive(), seen.receive()))
                    .containsExactlyInAnyOrder(asSeenOf(1, "acme"), asSeenOf(2, "acme"));
        });
    }

    @Test
    void whoAnswersRunsInTheContextOfWhoAsks() {
        context.withPropertyValues(
                        "channels.definitions.tenants.kind=request",
                        "channels.definitions.tenants.type=java.lang.Integer",
                        "channels.definitions.tenants.reply-type=" + Seen.class.getName())
                .withBean(Answering.class)
                .run(started -> {
                    @SuppressWarnings("unchecked")
                    Requester<Integer, Seen> tenants = started.getBean("tenants", Requester.class);
                    be("acme");
                    assertThat(tenants.request(1)).isEqualTo(asSeenOf(1, "acme"));
                    be("other");
                    assertThat(tenants.requestAsync(2).join()).isEqualTo(asSeenOf(2, "other"));
                    forget();
                    assertThat(tenants.request(3)).isEqualTo(new Seen(3, null, null, null));
                });
    }

    static class Answering {
        @ChannelListener("tenants")
        Seen seen(Integer number) {
            return now(number);
        }
    }

    @Test
    void channelBeanOfTheApplicationCarriesItIfItIsBuiltSo() {
        context.withBean("own", OwnChannel.class).run(started -> {
            Channel<Seen> seen = Channel.unbounded();
            started.getBean(ChannelListenerRegistry.class).register("of-own", "returns", order -> seen.trySend(now(0)));
            be("acme");
            started.getBean(ChannelRegistry.class).sender("returns").send(new Order(1));
            assertThat(seen.receive()).isEqualTo(asSeenOf(0, "acme"));
        });
    }

    static class OwnChannel {
        @Bean
        Channel<Order> returns(SenderContext senderContext) {
            return Channel.builder("returns")
                    .capacity(10)
                    .interceptor(senderContext)
                    .build();
        }
    }

    @Test
    void droppedMessageKeepsNothingOfItsSender() {
        context.withPropertyValues(
                        "channels.definitions.orders.capacity=1", "channels.definitions.orders.overflow=drop-oldest")
                .run(started -> {
                    Channel<Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    started.getBean(ChannelListenerRegistry.class)
                            .container("seeing")
                            .pause();
                    WeakReference<Object> dropped = sendAs(orders, 1);
                    WeakReference<Object> kept = sendAs(orders, 2);
                    await().until(() -> {
                        System.gc();
                        return dropped.get() == null;
                    });
                    assertThat(kept.get()).isNotNull();
                    started.getBean(ChannelListenerRegistry.class)
                            .container("seeing")
                            .resume();
                    started.getBean(Seeing.class).seen.receive();
                    await().until(() -> {
                        System.gc();
                        return kept.get() == null;
                    });
                });
    }

    private static WeakReference<Object> sendAs(Sender<Order> orders, int number) throws InterruptedException {
        Object tenant = new Object();
        TENANT.set(tenant);
        orders.send(new Order(number));
        TENANT.remove();
        return new WeakReference<>(tenant);
    }

    @Test
    void nothingIsCarriedOverUnlessItIsAskedFor() {
        off.run(started -> {
            assertThat(started).doesNotHaveBean(SenderContext.class);
            be("acme");
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
            assertThat(started.getBean(Seeing.class).seen.receive()).isEqualTo(new Seen(1, null, null, null));
        });
    }

    @Test
    void beanThatSaysHowToCarryItAsksForIt() {
        off.withBean(
                        ContextSnapshotFactory.class,
                        () -> ContextSnapshotFactory.builder().build())
                .run(started -> {
                    be("acme");
                    started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
                    assertThat(started.getBean(Seeing.class).seen.receive()).isEqualTo(asSeenOf(1, "acme"));
                });
    }

    @Test
    void propertyHasTheLastWord() {
        off.withPropertyValues("channels.listener.context-propagation=false")
                .withBean(
                        ContextSnapshotFactory.class,
                        () -> ContextSnapshotFactory.builder().build())
                .run(started -> assertThat(started).doesNotHaveBean(SenderContext.class));
    }

    @Test
    void propagationBacksOffForABeanOfTheSameKind() {
        SenderContext own = new SenderContext(ContextSnapshotFactory.builder().build());
        context.withBean("own", SenderContext.class, () -> own)
                .run(started -> assertThat(started).getBean(SenderContext.class).isSameAs(own));
    }

    @Test
    void nothingIsCarriedOverWithoutTheLibrary() {
        off.withClassLoader(new FilteredClassLoader("io.micrometer.context"))
                .run(started -> assertThat(started).hasNotFailed().doesNotHaveBean("channelSenderContext"));
    }

    @Test
    void switchingItOnWithoutTheLibraryIsRefused() {
        context.withClassLoader(new FilteredClassLoader("io.micrometer.context"))
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(ChannelConfigurationException.class, refused -> {
                            assertThat(refused).hasMessageContaining("channels.listener.context-propagation");
                            assertThat(refused.action()).contains("io.micrometer:context-propagation");
                        }));
    }

    @Test
    void contextOfWhatAListenerReceivesByHandIsNotThatOfALaterMessage() {
        off.withPropertyValues(
                        "channels.listener.context-propagation=true",
                        "channels.definitions.firsts.type=" + Channels.ORDER,
                        "channels.definitions.seconds.type=" + Channels.ORDER)
                .withBean("collecting", Collecting.class)
                .run(started -> {
                    ChannelRegistry channels = started.getBean(ChannelRegistry.class);
                    Channel<Seen> seen = started.getBean(Collecting.class).seen;
                    Order same = new Order(7);
                    be("acme");
                    channels.sender("seconds").send(same);
                    be("other");
                    channels.sender("firsts").send(new Order(0));
                    assertThat(seen.receive()).isEqualTo(asSeenOf(0, "other"));
                    be("third");
                    channels.sender("firsts").send(same);
                    assertThat(seen.receive()).isEqualTo(asSeenOf(7, "third"));
                });
    }

    /** Takes from another channel while it handles the first of its messages. */
    static class Collecting {
        final Channel<Seen> seen = Channel.unbounded();
        private final ChannelRegistry channels;

        Collecting(ChannelRegistry channels) {
            this.channels = channels;
        }

        @ChannelListener(value = "firsts", id = "collecting")
        void handle(Order order) throws InterruptedException {
            seen.send(now(order.number()));
            if (order.number() == 0) {
                channels.<Order>channel("seconds").receive();
            }
        }
    }

    @Test
    void listenerIsNotCalledWithoutTheContextThatCannotBeRestored() {
        ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        "tenant",
                        TENANT::get,
                        value -> {
                            if (value.equals("unknown")) {
                                throw new IllegalStateException("no such tenant");
                            }
                            TENANT.set(value);
                        },
                        TENANT::remove);
        context.withPropertyValues("channels.definitions.orders.listener.retry.delay=1ms")
                .run(started -> {
                    Sender<Order> orders =
                            started.getBean(ChannelRegistry.class).sender("orders");
                    TENANT.set("unknown");
                    orders.send(new Order(1));
                    be("acme");
                    orders.send(new Order(2));
                    assertThat(started.getBean(Seeing.class).seen.receive()).isEqualTo(asSeenOf(2, "acme"));
                    await().until(() -> counters(started).handled() == 1);
                    assertThat(counters(started).failed()).isEqualTo(1);
                    assertThat(counters(started).retried()).isZero();
                });
    }
}
