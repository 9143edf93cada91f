package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static dev.channels.spring.RetryTests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Sender;
import dev.channels.spring.ChannelListenerErrorHandler.Decision;
import dev.channels.spring.ShutdownTests.Left;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** An error handler may decide otherwise than what is configured, and can lose nothing. */
@ExtendWith(OutputCaptureExtension.class)
class ErrorHandlerTests {

    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withPropertyValues(
                    "channels.definitions.orders.dead-letter=failed",
                    "channels.definitions.failed.capacity=10",
                    "channels.defaults.listener.retry.delay=1ms",
                    "channels.defaults.listener.retry.max-retries=2")
            .withBean("careless", Careless.class);

    static class Careless {
        final Queue<dev.channels.spring.Order> calls = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "orders", id = "careless")
        void handle(dev.channels.spring.Order order) throws Exception {
            calls.add(order);
            throw new IOException("bad");
        }
    }

    private ApplicationContextRunner with(ChannelListenerErrorHandler handler) {
        return context.withBean(ChannelListenerErrorHandler.class, () -> handler);
    }

    private static DeadLetter<?> letter(ApplicationContext started) throws InterruptedException {
        return started.getBean(ChannelRegistry.class)
                .<DeadLetter<?>>channel("failed")
                .receive();
    }

    @Test
    void handlerIsAskedAfterEachCallAndSeesWhatFailed() {
        Queue<ListenerFailure> failures = new ConcurrentLinkedQueue<>();
        with(failure -> {
                    failures.add(failure);
                    return Decision.DEFAULT;
                })
                .run(started -> {
                    send(started, 1);
                    assertThat(letter(started).attempts()).isEqualTo(3);
                    assertThat(failures).extracting(ListenerFailure::attempts).containsExactly(1, 2, 3);
                    assertThat(failures).allSatisfy(failure -> {
                        assertThat(failure.channel()).isEqualTo("orders");
                        assertThat(failure.listener()).isEqualTo("careless");
                        assertThat(failure.payload()).isEqualTo(new dev.channels.spring.Order(0));
                        assertThat(failure.cause()).hasMessage("bad");
                    });
                });
    }

    @Test
    void handledMeansThatTheMessageIsDoneWith(CapturedOutput output) {
        with(failure -> Decision.HANDLED).run(started -> {
            send(started, 2);
            await().until(() -> counters(started).handled() == 2);
            assertThat(started.getBean(Careless.class).calls).hasSize(2);
            assertThat(counters(started).failed()).isZero();
            assertThat(counters(started).retried()).isZero();
            assertThat(output).doesNotContain("failed on");
        });
    }

    @Test
    void retryGoesBeyondWhatIsConfigured() {
        with(failure -> failure.attempts() < 6 ? Decision.RETRY : Decision.DEFAULT)
                .run(started -> {
                    send(started, 1);
                    assertThat(letter(started).attempts()).isEqualTo(6);
                    await().until(() -> counters(started).retried() == 5);
                });
    }

    @Test
    void deadLetterMeansNoMoreRetries() {
        with(failure -> failure.attempts() == 2 ? Decision.DEAD_LETTER : Decision.DEFAULT)
                .run(started -> {
                    send(started, 1);
                    assertThat(letter(started).attempts()).isEqualTo(2);
                });
    }

    @Test
    void deadLetterWithoutADeadLetterChannelGivesTheMessageUp(CapturedOutput output) {
        Channels.contextWithOrders()
                .withPropertyValues("channels.defaults.listener.retry.delay=1h")
                .withBean("careless", Careless.class)
                .withBean(ChannelListenerErrorHandler.class, () -> failure -> Decision.DEAD_LETTER)
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(output).contains("Listener 'careless' failed on a dev.channels.spring.Order");
                });
    }

    @Test
    void handlerThatThrowsLosesNothing(CapturedOutput output) {
        with(failure -> {
                    throw new AssertionError("handler");
                })
                .run(started -> {
                    send(started, 2);
                    assertThat(letter(started).attempts()).isEqualTo(3);
                    assertThat(letter(started).attempts()).isEqualTo(3);
                    await().until(() -> counters(started).deadLettered() == 2);
                    assertThat(output)
                            .contains("failed on a failure of listener 'careless'")
                            .contains("java.lang.AssertionError: handler");
                });
    }

    @Test
    @SuppressWarnings("NullAway")
    void handlerThatDecidesNothingLosesNothing() {
        with(failure -> null).run(started -> {
            send(started, 1);
            assertThat(letter(started).attempts()).isEqualTo(3);
        });
    }

    @Test
    void interruptIsThereForTheHandlerAndGoneForTheNextMessage() {
        Queue<Boolean> flags = new ConcurrentLinkedQueue<>();
        Channels.contextWithOrders()
                .withBean("interrupted", DeadLetterTests.Interrupted.class)
                .withBean(ChannelListenerErrorHandler.class, () -> failure -> {
                    flags.add(Thread.currentThread().isInterrupted());
                    return failure.attempts() == 1 ? Decision.RETRY : Decision.DEFAULT;
                })
                .run(started -> {
                    send(started, 1);
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(flags).containsExactly(true, true);
                });
    }

    @Test
    void firstDecisionCountsInTheOrderOfTheHandlers() {
        context.withUserConfiguration(Several.class).run(started -> {
            send(started, 1);
            await().until(() -> counters(started).handled() == 1);
        });
    }

    static class Several {
        @Bean
        @Order(3)
        ChannelListenerErrorHandler last() {
            return failure -> Decision.DEAD_LETTER;
        }

        @Bean
        @Order(2)
        ChannelListenerErrorHandler ofOne() {
            return failure -> failure.listener().equals("careless") ? Decision.HANDLED : Decision.DEFAULT;
        }

        @Bean
        @Order(1)
        ChannelListenerErrorHandler ofAnother() {
            return failure -> failure.listener().equals("other") ? Decision.DEAD_LETTER : Decision.DEFAULT;
        }
    }

    @Test
    void channelThatAnErrorHandlerSendsToClosesAfterTheListeners() {
        context.withPropertyValues("channels.definitions.audit.type=java.lang.String")
                .withUserConfiguration(Auditing.class)
                .withBean(Auditor.class)
                .withBean("left", Left.class)
                .run(started -> {
                    send(started, 10);
                    Auditor auditor = started.getBean(Auditor.class);
                    Left left = started.getBean(Left.class);
                    started.close();
                    assertThat(auditor.heard).hasSize(10);
                    assertThat(left.messages).isEmpty();
                });
    }

    static class Auditing {
        @Bean
        ChannelListenerErrorHandler auditing(Sender<String> audit) {
            return failure -> {
                Thread.sleep(2);
                audit.send(failure.listener());
                return Decision.HANDLED;
            };
        }
    }

    static class Auditor {
        final Queue<String> heard = new ConcurrentLinkedQueue<>();

        @ChannelListener("audit")
        void hear(String line) {
            heard.add(line);
        }
    }

    @Test
    void listenerWhoseHandlerRetriesForEverIsCutShortByTheCloseAndItsMessageReported() {
        with(failure -> Decision.RETRY)
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .withBean("left", Left.class)
                .run(started -> {
                    Channel<dev.channels.spring.Order> orders =
                            started.getBean(ChannelRegistry.class).channel("orders");
                    send(started, 2);
                    await().until(() -> orders.size() == 1);
                    Left left = started.getBean(Left.class);
                    started.close();
                    assertThat(left.messages.get("orders"))
                            .isEqualTo(List.of(new dev.channels.spring.Order(0), new dev.channels.spring.Order(1)));
                });
    }
}
