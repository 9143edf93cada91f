package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Pausing workers that find a message each time they look for one, and so never wait. */
@Timeout(120)
class PauseUnderLoadTests {

    private static final int ROUNDS = Integer.getInteger("stress.rounds", 1_000);

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withPropertyValues("channels.definitions.orders.listener.concurrency=4")
            .withBean("handling", Handling.class);

    static class Handling {
        final LongAdder handled = new LongAdder();
        volatile CountDownLatch gate = new CountDownLatch(0);

        @ChannelListener(value = "orders", id = "handling")
        void handle(Order order) throws InterruptedException {
            gate.await();
            handled.increment();
        }
    }

    @Test
    void nothingIsTakenBetweenPauseAndResume() {
        underLoad((orders, container, handling) -> {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
            container.pause();
            long received = orders.stats().received();
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(50_000));
            assertThat(orders.stats().received()).isEqualTo(received);
            container.resume();
        });
    }

    @Test
    void pauseDoesNotWaitForTheMessagesInHand() {
        underLoad((orders, container, handling) -> {
            CountDownLatch gate = new CountDownLatch(1);
            handling.gate = gate;
            container.pause();
            container.resume();
            gate.countDown();
        });
    }

    @Test
    void allThatWasSentIsHandledAndCountedOnceWhateverTheNumberOfWorkers() {
        underLoad((orders, container, handling) -> container.setConcurrency(
                String.valueOf(1 + ThreadLocalRandom.current().nextInt(4))));
    }

    @Test
    void whoPausesSecondWaitsTooUntilNothingMoreIsTaken() {
        Slow slow = new Slow();
        oneWorker(slow).run(started -> {
            sendAtOnce(started);
            slow.entered.await();
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("handling");
            Thread first = Thread.startVirtualThread(container::pause);
            await().until(container::isPaused);
            Thread second = Thread.startVirtualThread(container::pause);
            assertThat(second.join(Duration.ofMillis(100))).isFalse();
            assertThat(first.isAlive()).isTrue();
            slow.gate.countDown();
            first.join();
            second.join();
        });
    }

    @Test
    void anInterceptorThatHoldsUpTheNextMessageIsInterruptedWhenTheTimeToDrainIsOver() {
        Slow slow = new Slow();
        oneWorker(slow)
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .run(started -> {
                    sendAtOnce(started);
                    slow.entered.await();
                });
        assertThat(slow.interrupted).isTrue();
    }

    private ApplicationContextRunner oneWorker(Slow slow) {
        return context.withBean(ChannelBuilderCustomizer.class, () -> slow)
                .withPropertyValues("channels.definitions.orders.listener.concurrency=1");
    }

    /** From the second message on the worker finds each at once. */
    private static void sendAtOnce(ApplicationContext started) {
        Handling handling = started.getBean(Handling.class);
        handling.gate = new CountDownLatch(1);
        ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, 20);
        handling.gate.countDown();
    }

    /** Has a worker wait while it takes a message that was there when it looked. */
    private static final class Slow implements ChannelBuilderCustomizer, ChannelInterceptor<Object> {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);
        private final LongAdder received = new LongAdder();
        volatile boolean interrupted;

        @Override
        public void customize(String name, Channel.Builder<?> builder) {
            builder.interceptor(this);
        }

        @Override
        public void onReceive(Object message, @Nullable Object attachment) {
            received.increment();
            if (received.sum() < 10) {
                return;
            }
            entered.countDown();
            try {
                gate.await();
            } catch (InterruptedException over) {
                interrupted = true;
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What happens again and again while two threads send as fast as they can. */
    private interface Round {
        void run(Channel<Order> orders, ChannelListenerContainer container, Handling handling);
    }

    private void underLoad(Round round) {
        context.run(started -> {
            Channel<Order> orders = started.getBean(ChannelRegistry.class).channel("orders");
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("handling");
            Handling handling = started.getBean(Handling.class);
            AtomicBoolean over = new AtomicBoolean();
            Runnable sending = () -> {
                while (!over.get()) {
                    ListenerTests.sendAll(orders, 0, 1);
                }
            };
            Thread one = Thread.startVirtualThread(sending);
            Thread other = Thread.startVirtualThread(sending);
            try {
                for (int number = 0; number < ROUNDS; number++) {
                    round.run(orders, container, handling);
                }
            } finally {
                over.set(true);
                one.join();
                other.join();
            }
            long sent = orders.stats().sent();
            await().until(() -> handling.handled.sum() == sent);
            await().until(() -> started.getBean(DefaultChannelListenerRegistry.class)
                            .all()
                            .getFirst()
                            .counters()
                            .handled()
                    == sent);
        });
    }
}
