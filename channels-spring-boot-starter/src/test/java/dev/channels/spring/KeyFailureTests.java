package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.spring.ChannelListenerErrorHandler.Decision;
import dev.channels.spring.ShutdownTests.Left;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.expression.spel.SpelEvaluationException;

/** Order by key while messages fail: a message keeps its key until it is handled or given up. */
@ExtendWith(OutputCaptureExtension.class)
class KeyFailureTests {

    record Visit(@Nullable String customer, int number, int failures) {

        @Override
        public String toString() {
            return customer + String.valueOf(number);
        }
    }

    private static final String SLOWLY = "channels.listeners.desk.retry.delay=500ms";

    private final ApplicationContextRunner context = Channels.context()
            .withPropertyValues(
                    "channels.definitions.visits.type=" + Visit.class.getName(),
                    "channels.definitions.visits.capacity=100",
                    "channels.definitions.visits.dead-letter=failed",
                    "channels.definitions.failed.capacity=100",
                    "channels.listeners.desk.concurrency=2",
                    "channels.listeners.desk.retry.max-retries=2",
                    "channels.listeners.desk.retry.delay=100ms")
            .withBean("desk", Desk.class);

    static class Desk {
        final Queue<String> calls = new ConcurrentLinkedQueue<>();
        final Map<Visit, Integer> failures = new ConcurrentHashMap<>();

        @ChannelListener(value = "visits", id = "desk", key = "#root.customer.toLowerCase()")
        void serve(Visit visit) throws IOException {
            calls.add(visit.toString());
            if (failures.merge(visit, 1, Integer::sum) <= visit.failures()) {
                throw new IOException("again");
            }
        }
    }

    private static Channel<Visit> visits(ApplicationContext started) {
        return started.getBean(ChannelRegistry.class).channel("visits");
    }

    private static Channel<DeadLetter<Visit>> failed(ApplicationContext started) {
        return started.getBean(ChannelRegistry.class).channel("failed");
    }

    @Test
    void aMessageThatFailsKeepsItsKeyWhileItIsTriedAgainAndTheNextFollowsItsDeadLetter() {
        context.run(started -> {
            visits(started).send(new Visit("a", 1, 9));
            visits(started).send(new Visit("a", 2, 1));
            visits(started).send(new Visit("a", 3, 0));
            for (int number = 1; number <= 20; number++) {
                visits(started).send(new Visit("b", number, 0));
            }
            Desk desk = started.getBean(Desk.class);
            await().until(() -> counters(started).handled() == 22);
            assertThat(desk.calls.stream().filter(call -> call.startsWith("a")))
                    .containsExactly("a1", "a1", "a1", "a2", "a2", "a3");
            assertThat(List.copyOf(desk.calls).indexOf("b20"))
                    .as("another key goes on meanwhile")
                    .isLessThan(List.copyOf(desk.calls).indexOf("a2"));
            DeadLetter<Visit> letter = failed(started).receive();
            assertThat(letter.payload().toString()).isEqualTo("a1");
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(failed(started).size()).isZero();
            assertThat(counters(started).failed()).isEqualTo(1);
            assertThat(counters(started).retried()).isEqualTo(3);
        });
    }

    @Test
    void aRetryKeepsItsKeyThroughPauseAndResize() {
        context.withPropertyValues(SLOWLY).run(started -> {
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("desk");
            Desk desk = started.getBean(Desk.class);
            visits(started).send(new Visit("a", 1, 1));
            visits(started).send(new Visit("a", 2, 0));
            await().until(() -> desk.calls.size() == 1);
            container.pause();
            container.setConcurrency("4");
            container.resume();
            await().until(() -> counters(started).handled() == 2);
            assertThat(desk.calls).containsExactly("a1", "a1", "a2");
        });
    }

    @Test
    void whoStopsWaitsForTheRetryAndWhatWaitsForItsKeyIsNotBegun() {
        context.withPropertyValues(SLOWLY).run(started -> {
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("desk");
            Desk desk = started.getBean(Desk.class);
            visits(started).send(new Visit("a", 1, 1));
            visits(started).send(new Visit("a", 2, 0));
            await().until(() -> desk.calls.size() == 1);
            container.stop();
            assertThat(desk.calls).containsExactly("a1", "a1");
            container.start();
            await().until(() -> counters(started).handled() == 2);
        });
    }

    @Test
    void closingEndsTheRetryAndHandlesWhatWaitedForItsKey() {
        Left left = new Left();
        AtomicInteger letters = new AtomicInteger();
        context.withPropertyValues("channels.listeners.desk.retry.delay=1h")
                .withBean(AbandonedMessages.class, () -> left)
                .withBean(Reading.class, () -> new Reading(letters))
                .run(started -> {
                    Desk desk = started.getBean(Desk.class);
                    visits(started).send(new Visit("a", 1, 9));
                    visits(started).send(new Visit("a", 2, 0));
                    visits(started).send(new Visit("a", 3, 0));
                    await().until(() -> desk.calls.size() == 1);
                    started.close();
                    assertThat(desk.calls).containsExactly("a1", "a2", "a3");
                    assertThat(letters).hasValue(1);
                    assertThat(left.messages).isEmpty();
                });
    }

    record Reading(AtomicInteger letters) {
        @ChannelListener("failed")
        void read(DeadLetter<Visit> letter) {
            letters.incrementAndGet();
        }
    }

    @Test
    void aKeyThatCannotBeEvaluatedIsADeadLetterWithoutARetryAndWithoutACall() {
        context.run(started -> {
            visits(started).send(new Visit(null, 1, 0));
            DeadLetter<Visit> letter = failed(started).receive();
            assertThat(letter.payload()).isEqualTo(new Visit(null, 1, 0));
            assertThat(letter.cause()).isExactlyInstanceOf(SpelEvaluationException.class);
            assertThat(letter.attempts()).isEqualTo(1);
            await().until(() -> counters(started).failed() == 1);
            assertThat(counters(started).retried()).isZero();
            assertThat(counters(started).count("SpelEvaluationException")).isEqualTo(1);
            assertThat(started.getBean(Desk.class).calls).isEmpty();
        });
    }

    @Test
    void anErrorHandlerCannotHaveAKeyEvaluatedAgain() {
        Queue<ListenerFailure> asked = new ConcurrentLinkedQueue<>();
        context.withBean(ChannelListenerErrorHandler.class, () -> failure -> {
                    asked.add(failure);
                    return Decision.RETRY;
                })
                .run(started -> {
                    visits(started).send(new Visit(null, 1, 0));
                    assertThat(failed(started).tryReceive(Duration.ofSeconds(5)))
                            .isNotNull();
                    assertThat(asked)
                            .singleElement()
                            .extracting(ListenerFailure::cause)
                            .isExactlyInstanceOf(SpelEvaluationException.class);
                });
    }

    @EnableAutoConfiguration
    static class Batching {
        @ChannelListener(value = "orders", key = "number")
        void handle(List<Order> orders) {}
    }

    @Test
    void keyOfAListenerThatTakesBatchesIsRefused(CapturedOutput output) {
        SpringApplication spring = new SpringApplication(Batching.class);
        spring.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> spring.run("--channels.definitions.orders.type=" + Channels.ORDER))
                .isInstanceOf(Exception.class);
        assertThat(output)
                .contains("KeyFailureTests$Batching.handle has the key 'number', and takes batches.")
                .contains("Action:")
                .contains("Give it one message at a time, or remove the key: a batch has messages of many keys.");
    }
}
