package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.RequestChannel;
import dev.channels.RequestFailedException;
import dev.channels.spring.ShutdownTests.Left;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOff;

/** A question is tried again for the one who asked, and as long as there is one. */
class RequestRetryTests {

    private static final String RETRY = "channels.definitions.lengths.listener.retry.";

    private final ApplicationContextRunner context = Channels.context()
            .withPropertyValues(
                    "channels.definitions.lengths.kind=request",
                    "channels.definitions.lengths.type=java.lang.String",
                    "channels.definitions.lengths.reply-type=java.lang.Integer")
            .withBean("failing", Failing.class);

    static class Failing {
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch mayFail = new CountDownLatch(1);

        @ChannelListener(value = "lengths", id = "failing")
        Integer length(String word) throws Exception {
            calls.incrementAndGet();
            mayFail.await();
            throw new IOException("no " + word);
        }
    }

    @SuppressWarnings("unchecked")
    private static RequestChannel<String, Integer> lengths(BeanFactory started) {
        return started.getBean("lengths", RequestChannel.class);
    }

    @Test
    void aQuestionIsNotTriedAgainWhenWhoAskedHasLeft() {
        context.withPropertyValues(RETRY + "delay=1ms").run(started -> {
            Failing failing = started.getBean(Failing.class);
            CompletableFuture<Integer> answer = lengths(started).requestAsync("four");
            await().until(() -> failing.calls.get() == 1);
            answer.cancel(false);
            failing.mayFail.countDown();
            await().until(() -> counters(started).failed() == 1);
            assertThat(counters(started).retried()).isZero();
        });
    }

    @Test
    void anErrorHandlerCannotHaveAQuestionTriedAgainThatNobodyAsksAnyMore() {
        context.withBean(ChannelListenerErrorHandler.class, () -> failure -> ChannelListenerErrorHandler.Decision.RETRY)
                .run(started -> {
                    Failing failing = started.getBean(Failing.class);
                    CompletableFuture<Integer> answer = lengths(started).requestAsync("four");
                    await().until(() -> failing.calls.get() == 1);
                    answer.cancel(false);
                    failing.mayFail.countDown();
                    await().until(() -> counters(started).failed() == 1);
                    assertThat(failing.calls).hasValue(1);
                });
    }

    @Test
    void aQuestionIsNotTriedAgainWhenWhoAskedLeavesBeforeTheRetry() {
        CompletableFuture<CompletableFuture<Integer>> asked = new CompletableFuture<>();
        RetryPolicy leaving = new RetryPolicy() {
            @Override
            public boolean shouldRetry(Throwable failure) {
                return true;
            }

            @Override
            public BackOff getBackOff() {
                return () -> () -> {
                    asked.join().cancel(false);
                    return 1;
                };
            }
        };
        context.withBean(RetryPolicy.class, () -> leaving).run(started -> {
            Failing failing = started.getBean(Failing.class);
            failing.mayFail.countDown();
            asked.complete(lengths(started).requestAsync("four"));
            await().until(() -> counters(started).failed() == 1);
            assertThat(failing.calls).hasValue(1);
            assertThat(counters(started).retried()).isZero();
        });
    }

    @Test
    void whoWaitsForARetryThatTheCloseCutsShortGetsTheFailureBeforeTheWebServerStops() {
        Left left = new Left();
        context.withPropertyValues(RETRY + "delay=1h")
                .withBean(AbandonedMessages.class, () -> left)
                .withBean("server", Server.class)
                .run(started -> {
                    Failing failing = started.getBean(Failing.class);
                    failing.mayFail.countDown();
                    Server server = started.getBean(Server.class);
                    server.open = lengths(started).requestAsync("four");
                    await().until(() -> failing.calls.get() == 1);
                    started.close();
                    assertThat(server.outcome)
                            .isInstanceOf(RequestFailedException.class)
                            .cause()
                            .hasMessage("no four");
                    assertThat(left.messages).isEmpty();
                });
    }

    /** Waits at its stop for the request that is open, as a web server does. */
    static class Server implements SmartLifecycle {
        volatile CompletableFuture<Integer> open;
        volatile Throwable outcome;
        private volatile boolean running;

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            try {
                open.get(5, TimeUnit.SECONDS);
            } catch (ExecutionException failed) {
                outcome = failed.getCause();
            } catch (InterruptedException | TimeoutException late) {
                outcome = late;
            }
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return DEFAULT_PHASE - 1024;
        }
    }
}
