package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationContext;

/** A thousand keys and one hot one: each message once, in order within its key, never two of one key at once. */
class KeyOrderStressTests {

    private static final int MESSAGES = 100_000;
    private static final int KEYS = 1000;
    private static final int HOT = 0;

    record Step(int key, int number) {}

    static class Checking {
        final AtomicInteger total = new AtomicInteger();
        final AtomicIntegerArray atWork = new AtomicIntegerArray(KEYS);
        final AtomicIntegerArray next = new AtomicIntegerArray(KEYS);
        final Queue<String> wrong = new ConcurrentLinkedQueue<>();

        @SuppressWarnings("ThreadPriorityCheck")
        @ChannelListener(value = "steps", id = "checking", key = "key")
        void handle(Step step) {
            if (atWork.incrementAndGet(step.key()) != 1) {
                wrong.add("two at once: " + step);
            }
            if (step.number() % 64 == 0) {
                LockSupport.parkNanos(10_000);
            } else if (step.number() % 8 == 0) {
                Thread.yield();
            }
            int expected = next.getAndIncrement(step.key());
            if (expected != step.number()) {
                wrong.add(step + " instead of " + expected);
            }
            atWork.decrementAndGet(step.key());
            total.incrementAndGet();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "4, false", "16, false", "1-16, false", "1, true", "4, true", "16, true", "1-16, true"})
    void eachMessageIsHandledOnceInItsTurnWhateverIsDoneToTheListener(String concurrency, boolean disturbed) {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.steps.type=" + Step.class.getName(),
                        "channels.definitions.steps.capacity=100",
                        "channels.definitions.steps.listener.idle-timeout=1ms",
                        "channels.listeners.checking.concurrency=" + concurrency)
                .withBean("checking", Checking.class)
                .run(started -> {
                    Checking checking = started.getBean(Checking.class);
                    Thread producer = Thread.startVirtualThread(() -> sendAll(started));
                    if (disturbed) {
                        disturb(started, producer);
                    }
                    await().atMost(Duration.ofSeconds(60))
                            .untilAsserted(() -> assertThat(checking.total).hasValue(MESSAGES));
                    assertThat(checking.wrong).isEmpty();
                    ListenerContainer container = started.getBean(DefaultChannelListenerRegistry.class)
                            .all()
                            .getFirst();
                    assertThat(container.waitingForKey()).isZero();
                });
    }

    /** A tenth of the messages has the hot key. */
    private static void sendAll(ApplicationContext started) {
        Channel<Step> steps = started.getBean(ChannelRegistry.class).channel("steps");
        int[] sent = new int[KEYS];
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try {
            for (int message = 0; message < MESSAGES; message++) {
                int key = random.nextInt(10) == 0 ? HOT : random.nextInt(KEYS);
                steps.send(new Step(key, sent[key]++));
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void disturb(ApplicationContext started, Thread producer) {
        ChannelListenerContainer container =
                started.getBean(ChannelListenerRegistry.class).container("checking");
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (producer.isAlive()) {
            switch (random.nextInt(5)) {
                case 0 -> container.pause();
                case 1 -> container.stop();
                case 2 -> container.setConcurrency(String.valueOf(1 + random.nextInt(16)));
                case 3 -> container.setConcurrency("1-" + (1 + random.nextInt(16)));
                default -> LockSupport.parkNanos(random.nextInt(1_000_000));
            }
            if (random.nextBoolean()) {
                container.start();
                container.resume();
            }
        }
        container.start();
        container.resume();
    }
}
