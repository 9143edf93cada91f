package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.ChannelClosedException;
import dev.channels.Request;
import dev.channels.RequestChannel;
import dev.channels.RequestFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;

/** Whoever asks gets an answer, an exception or the end of its time, whatever happens to the listener and the context. */
class RequestStressTests {

    private static final int CALLERS = 40;

    @RepeatedTest(5)
    void noCallerStaysBlockedWhateverHappens() {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.doubles.kind=request",
                        "channels.definitions.doubles.type=java.lang.Integer",
                        "channels.definitions.doubles.reply-type=java.lang.Integer",
                        "channels.definitions.doubles.capacity=4",
                        "spring.lifecycle.timeout-per-shutdown-phase=3s")
                .withBean(Doubling.class)
                .run(started -> {
                    @SuppressWarnings("unchecked")
                    RequestChannel<Integer, Integer> doubles = started.getBean("doubles", RequestChannel.class);
                    ChannelListenerContainer container =
                            started.getBean(ChannelListenerRegistry.class).container("doubling");
                    Callers callers = new Callers(doubles);
                    callers.begin();
                    ThreadLocalRandom random = ThreadLocalRandom.current();
                    long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
                    while (System.nanoTime() - end < 0) {
                        disturb(container, callers, random.nextInt(6));
                        LockSupport.parkNanos(random.nextInt(2_000_000));
                    }
                    container.pause();
                    started.close();
                    callers.join();
                    assertThat(callers.wrong).hasNullValue();
                    assertThat(callers.answered.sum()).isPositive();
                    assertThat(callers.closed.get()).isEqualTo(CALLERS);
                    assertThat(doubles.stats().size()).isZero();
                    assertThat(doubles.stats().blockedSenders()).isZero();
                });
    }

    private static void disturb(ChannelListenerContainer container, Callers callers, int how) {
        switch (how) {
            case 0 -> container.pause();
            case 1 ->
                container.setConcurrency(
                        String.valueOf(1 + ThreadLocalRandom.current().nextInt(8)));
            case 2 -> container.setConcurrency("1-8");
            case 3 -> container.stop();
            default -> callers.interruptOne();
        }
        if (how != 0 || ThreadLocalRandom.current().nextBoolean()) {
            container.resume();
            container.start();
        }
    }

    static class Doubling {
        @ChannelListener(value = "doubles", id = "doubling", concurrency = "1-8")
        Integer twice(Request<Integer, Integer> request) {
            if (request.question() % 7 == 0) {
                throw new IllegalArgumentException(String.valueOf(request.question()));
            }
            if (request.question() % 5 == 0) {
                LockSupport.parkNanos(1_000_000);
            }
            return 2 * request.question();
        }
    }

    /** Ask until the channel is closed, and look at each answer. */
    private static final class Callers {
        final LongAdder answered = new LongAdder();
        final AtomicInteger closed = new AtomicInteger();
        final AtomicReference<Throwable> wrong = new AtomicReference<>();
        private final RequestChannel<Integer, Integer> doubles;
        private final List<Thread> threads = new ArrayList<>();

        Callers(RequestChannel<Integer, Integer> doubles) {
            this.doubles = doubles;
        }

        void begin() {
            for (int number = 0; number < CALLERS; number++) {
                Thread.Builder builder = number % 4 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
                threads.add(builder.start(this::ask));
            }
        }

        void interruptOne() {
            threads.get(ThreadLocalRandom.current().nextInt(CALLERS)).interrupt();
        }

        void join() throws InterruptedException {
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofMillis(300)))
                        .as(() -> "blocked at " + List.of(thread.getStackTrace()))
                        .isTrue();
            }
        }

        private void ask() {
            int question = 1;
            boolean open = true;
            while (open) {
                question++;
                try {
                    int answer = ask(question);
                    answered.increment();
                    if (answer != 2 * question) {
                        throw new AssertionError(question + " was answered with " + answer);
                    }
                } catch (ChannelClosedException end) {
                    open = false;
                } catch (RequestFailedException failed) {
                    if (!String.valueOf(question).equals(failed.getCause().getMessage())) {
                        wrong.set(failed);
                    }
                } catch (TimeoutException | InterruptedException gaveUp) {
                    // Asks again.
                } catch (Throwable other) {
                    wrong.set(other);
                    open = false;
                }
            }
            closed.incrementAndGet();
        }

        private int ask(int question) throws InterruptedException, TimeoutException {
            return question % 3 == 0
                    ? doubles.request(question, Duration.ofNanos(question % 11 * 100_000L))
                    : doubles.request(question);
        }
    }
}
