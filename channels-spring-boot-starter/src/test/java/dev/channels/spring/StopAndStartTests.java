package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.spring.listener.ListenerSettings;
import java.util.concurrent.CountDownLatch;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** A stop that is no close leaves channels open with what they hold, and the next start goes on. */
class StopAndStartTests {

    private final ApplicationContextRunner context =
            Channels.contextWithOrders().withBean("slow", ShutdownTests.Slow.class);

    @Test
    void fiftyQueuedMessagesAreHandledAfterTheContextWasStoppedAndStarted() {
        context.run(started -> {
            ConfigurableApplicationContext running = started.getSourceApplicationContext();
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            ShutdownTests.Slow slow = started.getBean(ShutdownTests.Slow.class);
            running.stop();
            ListenerTests.sendAll(orders, 0, 50);
            assertThat(orders.size()).isEqualTo(50);
            assertThat(orders.isClosedForSend()).isFalse();
            assertThat(slow.times).isEmpty();

            running.start();

            await().until(() -> slow.times.size() == 50);
            assertThat(slow.times)
                    .allSatisfy((number, times) -> assertThat(times.get()).isEqualTo(1));
        });
    }

    @Test
    void pausedContextGoesOnWhenItIsRestarted() {
        context.run(started -> {
            ConfigurableApplicationContext running = started.getSourceApplicationContext();
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            ShutdownTests.Slow slow = started.getBean(ShutdownTests.Slow.class);
            running.pause();
            ListenerTests.sendAll(orders, 0, 50);
            assertThat(slow.times).isEmpty();

            running.restart();

            await().until(() -> slow.times.size() == 50);
        });
    }

    @Test
    void messageInHandIsFinishedBeforeTheStopReturns() {
        Channels.contextWithOrders().withBean("careful", Careful.class).run(started -> {
            Careful careful = started.getBean(Careful.class);
            started.getBean(ChannelRegistry.class).sender("orders").send(new Order(1));
            careful.begun.await();
            Thread.startVirtualThread(() -> {
                // Only once the stop waits for it.
                await().until(() -> !started.getBean(ChannelListenerRegistry.class)
                        .container("careful.handle")
                        .isRunning());
                careful.finish.countDown();
            });
            started.getSourceApplicationContext().stop();
            assertThat(careful.finished).isTrue();
            assertThat(careful.interrupted).isFalse();
        });
    }

    static class Careful {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch finish = new CountDownLatch(1);
        volatile boolean finished;
        volatile boolean interrupted;

        @ChannelListener("orders")
        void handle(Order order) {
            begun.countDown();
            try {
                finish.await();
                finished = true;
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
    }

    @Test
    void pausedListenerIsStillPausedAfterTheRestart() {
        context.run(started -> {
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("slow.handle");
            container.pause();
            started.getSourceApplicationContext().stop();
            started.getSourceApplicationContext().start();
            assertThat(container.isPaused()).isTrue();
        });
    }

    @Test
    void listenerThatWasStoppedByHandStaysStoppedAndANewOneStarts() {
        context.run(started -> {
            ChannelListenerRegistry listeners = started.getBean(ChannelListenerRegistry.class);
            listeners.container("slow.handle").stop();
            started.getSourceApplicationContext().stop();
            ChannelListenerContainer fresh = listeners.register("fresh", "orders", order -> {});
            assertThat(fresh.isRunning()).isFalse();
            started.getSourceApplicationContext().start();
            assertThat(fresh.isRunning()).isTrue();
            assertThat(listeners.container("slow.handle").isRunning()).isFalse();
        });
    }

    @Test
    void aContextThatIsClosedWhileItIsStoppedStillHandlesWhatItHolds() {
        context.run(started -> {
            ConfigurableApplicationContext running = started.getSourceApplicationContext();
            ShutdownTests.Slow slow = started.getBean(ShutdownTests.Slow.class);
            running.stop();
            ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 20);
            running.close();
            assertThat(slow.times).hasSize(20);
        });
    }

    @Test
    void listenerThatAnotherThreadRegistersWhileTheOthersStartIsNotForgotten() {
        Channels.contextWithOrders()
                .withBean("meddling", Meddling.class)
                .run(started -> assertThat(started.getBean(ChannelListenerRegistry.class)
                                .container("late")
                                .isRunning())
                        .isTrue());
    }

    /** Registers a listener when the ids of the listeners are looked at, which is when they are about to start. */
    static class Meddling implements BeanPostProcessor {
        private final BeanFactory beans;

        Meddling(BeanFactory beans) {
            this.beans = beans;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof ListenerSettings)) {
                return bean;
            }
            ProxyFactory proxy = new ProxyFactory(bean);
            proxy.addInterface(ListenerSettings.class);
            proxy.addAdvice((MethodInterceptor) call -> {
                if (call.getMethod().getName().equals("configuredIds")) {
                    beans.getBean(ChannelListenerRegistry.class).register("late", "orders", order -> {});
                }
                return call.proceed();
            });
            return proxy.getProxy();
        }
    }
}
