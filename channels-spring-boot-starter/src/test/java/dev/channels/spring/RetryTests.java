package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.spring.ShutdownTests.Left;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import dev.channels.spring.listener.ListenerCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.retry.RetryPolicy;

/** A listener that failed is called again if that is configured, and otherwise not. */
@ExtendWith(OutputCaptureExtension.class)
class RetryTests {

    private static final String RETRY = "channels.definitions.orders.listener.retry.";
    private static final String QUICK = RETRY + "delay=1ms";

    private final ApplicationContextRunner context = Channels.contextWithOrders();

    /** Throws what it is told for each of its calls, and remembers when they were. */
    static class Failing {
        final Queue<Long> calls = new ConcurrentLinkedQueue<>();
        final Queue<Boolean> flags = new ConcurrentLinkedQueue<>();
        private final IntFunction<@Nullable Throwable> failures;

        Failing(IntFunction<@Nullable Throwable> failures) {
            this.failures = failures;
        }

        @ChannelListener(value = "orders", id = "failing")
        void handle(Order order) throws Throwable {
            calls.add(System.nanoTime());
            flags.add(Thread.currentThread().isInterrupted());
            Throwable failure = failures.apply(calls.size());
            if (failure != null) {
                throw failure;
            }
        }
    }

    private ApplicationContextRunner failing(IntFunction<@Nullable Throwable> failures) {
        return context.withBean("failing", Failing.class, () -> new Failing(failures));
    }

    private static IntFunction<@Nullable Throwable> failTheFirst(int calls) {
        return call -> call <= calls ? new IOException("call " + call) : null;
    }

    static ListenerCounters counters(ApplicationContext started) {
        return started.getBean(DefaultChannelListenerRegistry.class)
                .all()
                .getFirst()
                .counters();
    }

    static void send(ApplicationContext started, int count) {
        ListenerTests.sendAll(started.getBean(ChannelRegistry.class).sender("orders"), 0, count);
    }

    @Test
    void thereIsNoRetryUnlessOneIsConfigured() {
        failing(failTheFirst(1)).run(started -> {
            send(started, 2);
            await().until(() -> counters(started).handled() == 1);
            assertThat(counters(started).failed()).isEqualTo(1);
            assertThat(counters(started).retried()).isZero();
        });
    }

    @Test
    void messageIsHandledWhenARetrySucceeds() {
        failing(failTheFirst(2)).withPropertyValues(QUICK).run(started -> {
            send(started, 1);
            await().until(() -> counters(started).handled() == 1);
            assertThat(started.getBean(Failing.class).calls).hasSize(3);
            assertThat(counters(started).retried()).isEqualTo(2);
            assertThat(counters(started).failed()).isZero();
        });
    }

    @Test
    void messageIsGivenUpAfterThreeRetriesAsInBoot(CapturedOutput output) {
        failing(failTheFirst(4)).withPropertyValues(QUICK).run(started -> {
            send(started, 2);
            await().until(() -> counters(started).handled() == 1);
            assertThat(counters(started).failed()).isEqualTo(1);
            assertThat(counters(started).retried()).isEqualTo(3);
            assertThat(output)
                    .contains("Listener 'failing' failed on a dev.channels.spring.Order from channel 'orders'"
                            + " after 4 calls")
                    .contains("java.io.IOException: call 4");
        });
    }

    @Test
    void retriesWaitTheConfiguredDelayAndItGrows() {
        failing(failTheFirst(2))
                .withPropertyValues(RETRY + "delay=100ms", RETRY + "multiplier=2")
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).handled() == 1);
                    List<Long> calls = List.copyOf(started.getBean(Failing.class).calls);
                    assertThat(Duration.ofNanos(calls.get(1) - calls.get(0)))
                            .isBetween(Duration.ofMillis(100), Duration.ofMillis(190));
                    assertThat(Duration.ofNanos(calls.get(2) - calls.get(1)))
                            .isGreaterThanOrEqualTo(Duration.ofMillis(200));
                });
    }

    @Test
    void growingDelayEndsAtItsMaximum() {
        failing(failTheFirst(3))
                .withPropertyValues(RETRY + "delay=1ms", RETRY + "multiplier=100000", RETRY + "max-delay=20ms")
                .run(started -> {
                    send(started, 1);
                    await().atMost(Duration.ofSeconds(5))
                            .until(() -> counters(started).handled() == 1);
                });
    }

    @Test
    void eachKeyIsLookedUpByItselfAndTheListenersOwnWins() {
        failing(failTheFirst(10))
                .withPropertyValues(
                        "channels.defaults.listener.retry.delay=1ms",
                        RETRY + "max-retries=7",
                        "channels.listeners.failing.retry.max-retries=1")
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(counters(started).retried()).isEqualTo(1);
                });
    }

    @Test
    void retriesOfAllAreSwitchedOffForOneByZero() {
        failing(failTheFirst(1))
                .withPropertyValues(
                        "channels.defaults.listener.retry.delay=1ms", "channels.listeners.failing.retry.max-retries=0")
                .withBean(RetryPolicy.class, () -> RetryPolicy.withMaxRetries(5))
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(counters(started).retried()).isZero();
                });
    }

    @Test
    void theOnlyRetryPolicyBeanIsForListenersWithoutRetryKeys() {
        failing(failTheFirst(10)).withBean(RetryPolicy.class, () -> policy(2)).run(started -> {
            send(started, 1);
            await().until(() -> counters(started).failed() == 1);
            assertThat(counters(started).retried()).isEqualTo(2);
        });
    }

    @Test
    void retryKeysWinOverARetryPolicyBean() {
        failing(failTheFirst(10))
                .withPropertyValues(QUICK, RETRY + "max-retries=1")
                .withBean(RetryPolicy.class, () -> policy(2))
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(counters(started).retried()).isEqualTo(1);
                });
    }

    @Test
    void severalRetryPolicyBeansAreForSomebodyElse() {
        failing(failTheFirst(10))
                .withBean("one", RetryPolicy.class, () -> policy(1))
                .withBean("two", RetryPolicy.class, () -> policy(2))
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(counters(started).retried()).isZero();
                });
    }

    @Test
    void primaryOneOfSeveralRetryPolicyBeansIsTaken() {
        failing(failTheFirst(10))
                .withBean("one", RetryPolicy.class, () -> policy(1))
                .withBean("two", RetryPolicy.class, () -> policy(2), definition -> definition.setPrimary(true))
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(counters(started).retried()).isEqualTo(2);
                });
    }

    @Test
    void policyDecidesWhatIsWorthARetryAndForHowLong() {
        RetryPolicy policy = RetryPolicy.builder()
                .excludes(IllegalArgumentException.class)
                .delay(Duration.ofMillis(60))
                .maxRetries(1000)
                .timeout(Duration.ofMillis(200))
                .build();
        failing(call -> call == 1 ? new IllegalArgumentException() : new IllegalStateException())
                .withBean(RetryPolicy.class, () -> policy)
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(counters(started).retried()).isZero();
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 2);
                    assertThat(counters(started).retried()).isBetween(1L, 3L);
                });
    }

    private static RetryPolicy policy(int maxRetries) {
        return RetryPolicy.builder().maxRetries(maxRetries).delay(Duration.ZERO).build();
    }

    @Test
    void policyThatFailsItselfCostsNoWorkerAndNoMessage(CapturedOutput output) {
        failing(failTheFirst(1))
                .withBean(RetryPolicy.class, () -> cause -> {
                    throw new IllegalStateException("policy");
                })
                .run(started -> {
                    send(started, 2);
                    await().until(() -> counters(started).handled() == 1);
                    assertThat(counters(started).failed()).isEqualTo(1);
                    assertThat(output)
                            .contains("The failures of listener 'failing' cannot be handled as configured")
                            .contains("java.io.IOException: call 1");
                });
    }

    @Test
    void errorIsAFailureWithoutRetryAndTheWorkerLives() {
        failing(call -> call == 1 ? new AssertionError("bad") : null)
                .withPropertyValues(QUICK)
                .run(started -> {
                    send(started, 2);
                    await().until(() -> counters(started).handled() == 1);
                    assertThat(counters(started).failed()).isEqualTo(1);
                    assertThat(counters(started).retried()).isZero();
                });
    }

    @Test
    void interruptedExceptionIsNotRetriedAndTheNextMessageStartsWithoutTheFlag() {
        failing(call -> {
                    if (call == 1) {
                        Thread.currentThread().interrupt();
                    }
                    return call == 1 ? new InterruptedException() : null;
                })
                .withPropertyValues(QUICK)
                .run(started -> {
                    send(started, 2);
                    await().until(() -> counters(started).handled() == 1);
                    assertThat(counters(started).retried()).isZero();
                    assertThat(counters(started).failed()).isEqualTo(1);
                    assertThat(started.getBean(Failing.class).flags).containsExactly(false, false);
                });
    }

    @Test
    void flagThatAFailedListenerLeavesKeepsNoRetryFromWaiting() {
        failing(call -> {
                    Thread.currentThread().interrupt();
                    return call == 1 ? new IOException() : null;
                })
                .withPropertyValues(RETRY + "delay=50ms")
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).handled() == 1);
                    assertThat(started.getBean(Failing.class).flags).containsExactly(false, false);
                });
    }

    @Test
    void waitingRetryOccupiesItsWorker() {
        failing(failTheFirst(1)).withPropertyValues(RETRY + "delay=1s").run(started -> {
            send(started, 2);
            Failing listener = started.getBean(Failing.class);
            await().until(() -> listener.calls.size() == 1);
            ListenerContainer container =
                    started.getBean(DefaultChannelListenerRegistry.class).all().getFirst();
            assertThat(container.busyWorkers()).isEqualTo(1);
            await().during(Duration.ofMillis(150)).until(() -> listener.calls.size() == 1);
            await().until(() -> counters(started).handled() == 2);
        });
    }

    @Test
    void stopWaitsForARetry() {
        failing(failTheFirst(1)).withPropertyValues(RETRY + "delay=300ms").run(started -> {
            send(started, 1);
            await().until(() -> started.getBean(Failing.class).calls.size() == 1);
            started.getBean(ChannelListenerRegistry.class).container("failing").stop();
            assertThat(counters(started).handled()).isEqualTo(1);
        });
    }

    @Test
    void retryThatWaitsWhenTheContextClosesIsCutShortAndItsMessageReported() {
        failing(failTheFirst(1))
                .withBean("left", Left.class)
                .withPropertyValues(RETRY + "delay=1h")
                .run(started -> {
                    send(started, 1);
                    await().until(() -> started.getBean(Failing.class).calls.size() == 1);
                    Left left = started.getBean(Left.class);
                    long start = System.nanoTime();
                    started.close();
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
                    assertThat(left.messages.get("orders")).isEqualTo(List.of(new Order(0)));
                });
    }

    @Test
    void messageOfAClosedChannelWhoseRetryIsCutShortIsReported() {
        failing(failTheFirst(1))
                .withBean("left", Left.class)
                .withPropertyValues(RETRY + "delay=1h")
                .run(started -> {
                    send(started, 1);
                    await().until(() -> started.getBean(Failing.class).calls.size() == 1);
                    started.getBean(ChannelRegistry.class).close("orders");
                    Left left = started.getBean(Left.class);
                    started.close();
                    assertThat(left.messages.get("orders")).isEqualTo(List.of(new Order(0)));
                });
    }

    @Test
    void retriesWithoutDelayGoOnWhileTheContextCloses(CapturedOutput output) {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        failing(call -> {
                    begun.countDown();
                    awaitIt(closing);
                    return call <= 3 ? new IOException() : null;
                })
                .withBean("left", Left.class)
                .withPropertyValues(RETRY + "delay=0", RETRY + "max-retries=5")
                .run(started -> {
                    send(started, 1);
                    awaitIt(begun);
                    Left left = started.getBean(Left.class);
                    ListenerCounters counters = counters(started);
                    Thread close = Thread.startVirtualThread(started::close);
                    await().until(() -> output.getOut().contains("Draining channels"));
                    closing.countDown();
                    close.join();
                    assertThat(counters.handled()).isEqualTo(1);
                    assertThat(left.messages).isEmpty();
                });
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
