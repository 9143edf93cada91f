package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Requester;
import dev.channels.Sender;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.annotation.Observed;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.resilience.annotation.ConcurrencyLimit;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Listeners are called through the proxies of their beans. */
class ProxiedListenerTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders();

    /** What a listener of this class tells of: the message, and whether it was in a transaction. */
    private final Channel<Call> calls = Channel.unbounded();

    record Call(Order order, boolean inTransaction) {

        static Call with(Order order) {
            return new Call(order, TransactionSynchronizationManager.isActualTransactionActive());
        }
    }

    interface OrderHandler {
        void handle(Order order) throws InterruptedException;
    }

    @ParameterizedTest
    @EnumSource
    void eachMessageHasATransactionOfItsOwn(Proxies proxies) {
        context.withUserConfiguration(proxies.transactions)
                .withBean("handler", TransactionalHandler.class, () -> new TransactionalHandler(calls))
                .run(started -> {
                    assertIsProxy(started, proxies);
                    Sender<Order> orders = orders(started);
                    for (int number = -1; number < 3; number++) {
                        orders.send(new Order(number));
                        assertThat(next()).isEqualTo(new Call(new Order(number), true));
                    }
                    assertThatMethodIs(started, "TransactionalHandler.handle");
                    ListenerContainer listener = onlyListener(started);
                    await().until(() -> listener.counters().handled() == 3
                            && listener.counters().failed() == 1);
                    Proxies.Transactions transactions = started.getBean(Proxies.Transactions.class);
                    assertThat(transactions.begun).hasValue(4);
                    assertThat(transactions.committed).hasValue(3);
                    assertThat(transactions.rolledBack).hasValue(1);
                });
    }

    static class TransactionalHandler implements OrderHandler {
        private final Channel<Call> calls;

        TransactionalHandler(Channel<Call> calls) {
            this.calls = calls;
        }

        @Override
        @Transactional
        @ChannelListener("orders")
        public void handle(Order order) throws InterruptedException {
            calls.send(Call.with(order));
            if (order.number() < 0) {
                throw new IllegalArgumentException("Not an order");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachMessageIsObserved(Proxies proxies) {
        Queue<String> observed = new ConcurrentLinkedQueue<>();
        context.withUserConfiguration(proxies.observations)
                .withBean("handler", ObservedHandler.class, () -> new ObservedHandler(calls))
                .run(started -> {
                    assertIsProxy(started, proxies);
                    started.getBean(ObservationRegistry.class)
                            .observationConfig()
                            .observationHandler(new ObservationHandler<>() {
                                @Override
                                public void onStop(Observation.Context stopped) {
                                    observed.add(stopped.getName());
                                }

                                @Override
                                public boolean supportsContext(Observation.Context any) {
                                    return true;
                                }
                            });
                    orders(started).send(new Order(1));
                    orders(started).send(new Order(2));
                    assertThat(next().order()).isEqualTo(new Order(1));
                    assertThat(next().order()).isEqualTo(new Order(2));
                    await().until(() -> onlyListener(started).counters().handled() == 2);
                    assertThat(observed).containsExactly("work", "work");
                    assertThatMethodIs(started, "ObservedHandler.handle");
                });
    }

    static class ObservedHandler implements OrderHandler {
        private final Channel<Call> calls;

        ObservedHandler(Channel<Call> calls) {
            this.calls = calls;
        }

        @Override
        @Observed(name = "work")
        @ChannelListener("orders")
        public void handle(Order order) throws InterruptedException {
            calls.send(Call.with(order));
        }
    }

    @ParameterizedTest
    @EnumSource
    void workersStayWithinTheLimitOfTheMethod(Proxies proxies) {
        LimitedHandler handler = new LimitedHandler();
        context.withUserConfiguration(proxies.limits)
                .withBean("handler", LimitedHandler.class, () -> handler)
                .run(started -> {
                    assertIsProxy(started, proxies);
                    ListenerTests.sendAll(orders(started), 0, 12);
                    // Four workers have a message in hand, and two of them wait for the other two.
                    await().until(() -> onlyListener(started).busyWorkers() == 4 && handler.inside.get() == 2);
                    assertThat(onlyListener(started).counters().handled()).isZero();
                    handler.goOn.countDown();
                    await().until(() -> onlyListener(started).counters().handled() == 12);
                    assertThat(handler.most).hasValue(2);
                    assertThatMethodIs(started, "LimitedHandler.handle");
                });
    }

    /** A proxy of interfaces looks for the limit there: so Framework 7 has it. */
    interface Limited {
        @ConcurrencyLimit(2)
        void handle(Order order) throws InterruptedException;
    }

    static class LimitedHandler implements Limited {
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        @ChannelListener(value = "orders", concurrency = "4")
        public void handle(Order order) throws InterruptedException {
            int now = inside.incrementAndGet();
            most.accumulateAndGet(now, Math::max);
            goOn.await();
            inside.decrementAndGet();
        }
    }

    @ParameterizedTest
    @EnumSource
    void beanMayBeDeclaredByItsInterface(Proxies proxies) {
        context.withUserConfiguration(proxies.transactions)
                .withBean("handler", OrderHandler.class, () -> new TransactionalHandler(calls))
                .run(started -> {
                    assertIsProxy(started, proxies);
                    assertIsCalledOnceInATransaction(started, "TransactionalHandler.handle");
                });
    }

    @ParameterizedTest
    @EnumSource
    void annotationsOnTheInterfaceOrItsDefaultMethodAreEnough(Proxies proxies) {
        ApplicationContextRunner transactional = context.withUserConfiguration(proxies.transactions);
        transactional
                .withBean("handler", Implementing.class, () -> new Implementing(calls))
                .run(started -> assertIsCalledOnceInATransaction(started, "Implementing.handle"));
        transactional.withBean("handler", Heir.class, () -> new Heir(calls)).run(started -> {
            assertIsProxy(started, proxies);
            assertIsCalledOnceInATransaction(started, "Heir.handle");
        });
    }

    interface AnnotatedHandler<T> {
        @Transactional
        @ChannelListener("orders")
        void handle(T message) throws InterruptedException;
    }

    static class Implementing implements AnnotatedHandler<Order> {
        private final Channel<Call> calls;

        Implementing(Channel<Call> calls) {
            this.calls = calls;
        }

        @Override
        public void handle(Order order) throws InterruptedException {
            calls.send(Call.with(order));
        }
    }

    interface Telling {
        Channel<Call> calls();

        @Transactional
        @ChannelListener("orders")
        default void handle(Order order) throws InterruptedException {
            calls().send(Call.with(order));
        }
    }

    static class Heir implements Telling {
        private final Channel<Call> calls;

        Heir(Channel<Call> calls) {
            this.calls = calls;
        }

        @Override
        public Channel<Call> calls() {
            return calls;
        }
    }

    @Test
    void inheritedMethodsOfGenericAndPackagePrivateClassesTakeWhatTheirSubclassSays() {
        ApplicationContextRunner transactional = context.withUserConfiguration(Proxies.OF_CLASSES.transactions);
        transactional
                .withBean("handler", Inheriting.class, () -> new Inheriting(calls))
                .run(started -> assertIsCalledOnceInATransaction(started, "Inheriting.handle"));
        transactional
                .withBean("handler", Overriding.class, () -> new Overriding(calls))
                .run(started -> assertIsCalledOnceInATransaction(started, "Overriding.handle"));
        transactional
                .withBean("handler", OfWords.class, () -> new OfWords(calls))
                .run(started -> assertThat(started)
                        .getFailure()
                        .hasMessageContaining("OfWords.handle takes a java.lang.String, and channel 'orders' carries "
                                + Channels.ORDER));
    }

    abstract static class Generic<T> {
        final Channel<Call> calls;

        Generic(Channel<Call> calls) {
            this.calls = calls;
        }

        @Transactional
        @ChannelListener("orders")
        void handle(T message) throws InterruptedException {
            calls.send(Call.with((Order) message));
        }
    }

    static class Inheriting extends Generic<Order> {
        Inheriting(Channel<Call> calls) {
            super(calls);
        }
    }

    static class OfWords extends Generic<String> {
        OfWords(Channel<Call> calls) {
            super(calls);
        }
    }

    /** Its class has a bridge method too, and the transaction is asked for by the superclass. */
    static class Overriding extends Generic<Order> {
        Overriding(Channel<Call> calls) {
            super(calls);
        }

        @Override
        void handle(Order order) throws InterruptedException {
            calls.send(Call.with(order));
        }
    }

    @ParameterizedTest
    @EnumSource
    void bridgesOfAResultAreNoSecondListener(Proxies proxies) {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.lengths.kind=request",
                        "channels.definitions.lengths.type=java.lang.String",
                        "channels.definitions.lengths.reply-type=java.lang.Integer")
                .withUserConfiguration(proxies.transactions)
                .withBean("handler", Lengths.class, Lengths::new)
                .run(started -> {
                    assertIsProxy(started, proxies);
                    assertThat(onlyListener(started).id()).isEqualTo("handler.answer");
                    Requester<String, Integer> lengths = started.getBeanProvider(
                                    new ParameterizedTypeReference<Requester<String, Integer>>() {})
                            .getObject();
                    assertThat(lengths.request("four", Duration.ofSeconds(20))).isEqualTo(4);
                    assertThat(started.getBean(Proxies.Transactions.class).committed)
                            .hasValue(1);
                });
    }

    interface Answering<Q, A> {
        @Transactional
        A answer(Q question);
    }

    static class Lengths implements Answering<String, Number> {

        @Override
        @ChannelListener("lengths")
        public Integer answer(String word) {
            return word.length();
        }
    }

    @ParameterizedTest
    @EnumSource
    void lazyBeansListenFromTheStart(Proxies proxies) {
        context.withUserConfiguration(proxies.transactions)
                .withBean(
                        "handler",
                        TransactionalHandler.class,
                        () -> new TransactionalHandler(calls),
                        lazy -> lazy.setLazyInit(true))
                .run(started -> assertIsCalledOnceInATransaction(started, "TransactionalHandler.handle"));
        context.withInitializer(
                        lazy -> lazy.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withUserConfiguration(proxies.transactions)
                .withBean("handler", TransactionalHandler.class, () -> new TransactionalHandler(calls))
                .run(started -> assertIsCalledOnceInATransaction(started, "TransactionalHandler.handle"));
    }

    @Test
    void methodThatIsNotInTheInterfaceOfItsProxyIsRefused() {
        context.withUserConfiguration(Proxies.OF_INTERFACES.transactions)
                .withBean("handler", Hidden.class, () -> new Hidden())
                .run(started -> assertThat(started)
                        .getFailure()
                        .isInstanceOfSatisfying(ChannelConfigurationException.class, refused -> {
                            assertThat(refused)
                                    .hasMessage("dev.channels.spring.ProxiedListenerTests$Hidden.handle cannot be"
                                            + " called through the proxy of bean 'handler'.");
                            assertThat(refused.action())
                                    .isEqualTo("Declare the method in an interface of the bean, or use class-based"
                                            + " proxies (spring.aop.proxy-target-class=true).");
                        }));
    }

    static class Hidden implements Runnable {

        @Override
        public void run() {}

        @Transactional
        @ChannelListener("orders")
        public void handle(Order order) {}
    }

    @Test
    void methodThatItsProxyCannotOverrideIsRefused() {
        context.withUserConfiguration(Proxies.OF_CLASSES.transactions)
                .withBean("handler", Final.class, () -> new Final())
                .run(started -> assertThat(started)
                        .getFailure()
                        .isInstanceOfSatisfying(ChannelConfigurationException.class, refused -> {
                            assertThat(refused)
                                    .hasMessage("dev.channels.spring.ProxiedListenerTests$Final.handle cannot be"
                                            + " called through the proxy of bean 'handler', a subclass that cannot"
                                            + " override it.");
                            assertThat(refused.action())
                                    .isEqualTo("Make the method public or protected, and not final.");
                        }));
    }

    static class Final {

        @ChannelListener("orders")
        final void handle(Order order) {}

        @Transactional
        void other() {}
    }

    @ParameterizedTest
    @EnumSource
    void listenerInAScopeIsCalledThroughItsScopedProxy(Proxies proxies) {
        context.withInitializer(scoped -> scoped.getBeanFactory().registerScope("thread", new SimpleThreadScope()))
                .withBean("scopedCalls", Calls.class, () -> new Calls(calls))
                .withUserConfiguration(proxies == Proxies.OF_CLASSES ? ScopedByClass.class : ScopedByInterface.class)
                .run(started -> {
                    assertIsProxy(started, proxies);
                    orders(started).send(new Order(1));
                    assertThat(next().order()).isEqualTo(new Order(1));
                    await().until(() -> onlyListener(started).counters().handled() == 1);
                    assertThatMethodIs(started, "ScopedHandler.handle");
                    assertThat(onlyListener(started).id()).isEqualTo("handler.handle");
                });
    }

    /** Not a channel of the context. */
    record Calls(Channel<Call> channel) {}

    static class ScopedByClass {
        @Bean
        @Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
        ScopedHandler handler(Calls calls) {
            return new ScopedHandler(calls.channel());
        }
    }

    static class ScopedByInterface {
        @Bean
        @Scope(scopeName = "thread", proxyMode = ScopedProxyMode.INTERFACES)
        ScopedHandler handler(Calls calls) {
            return new ScopedHandler(calls.channel());
        }
    }

    static class ScopedHandler extends TransactionalHandler {
        ScopedHandler(Channel<Call> calls) {
            super(calls);
        }
    }

    private Call next() throws InterruptedException {
        return calls.tryReceive(Duration.ofSeconds(20));
    }

    private void assertIsCalledOnceInATransaction(AssertableApplicationContext started, String method)
            throws InterruptedException {
        orders(started).send(new Order(7));
        assertThat(next()).isEqualTo(new Call(new Order(7), true));
        await().until(() -> onlyListener(started).counters().handled() == 1);
        assertThat(calls.size()).isZero();
        assertThat(started.getBean(Proxies.Transactions.class).committed).hasValue(1);
        assertThatMethodIs(started, method);
    }

    private static void assertIsProxy(AssertableApplicationContext started, Proxies proxies) {
        Object handler = started.getBean("handler");
        assertThat(AopUtils.isJdkDynamicProxy(handler)).isEqualTo(proxies == Proxies.OF_INTERFACES);
        assertThat(AopUtils.isCglibProxy(handler)).isEqualTo(proxies == Proxies.OF_CLASSES);
    }

    private static Sender<Order> orders(AssertableApplicationContext started) {
        return started.getBean(ChannelRegistry.class).sender("orders");
    }

    private static ListenerContainer onlyListener(AssertableApplicationContext started) {
        assertThat(started.getBean(DefaultChannelListenerRegistry.class).all()).hasSize(1);
        return started.getBean(DefaultChannelListenerRegistry.class).all().getFirst();
    }

    /** What the endpoint shows as the listener's method. */
    private static void assertThatMethodIs(AssertableApplicationContext started, String method) {
        assertThat(onlyListener(started).definition().description())
                .isEqualTo("dev.channels.spring.ProxiedListenerTests$" + method);
    }
}
