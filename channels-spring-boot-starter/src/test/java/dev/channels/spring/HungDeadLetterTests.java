package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static dev.channels.spring.RetryTests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.spring.ShutdownTests.Left;
import dev.channels.spring.listener.ListenerCounters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A dead letter that hangs on its way to another transport when the time to shut down is up. */
@ExtendWith(OutputCaptureExtension.class)
class HungDeadLetterTests {

    private final CountDownLatch release = new CountDownLatch(1);
    private final ToyTransport toy = new ToyTransport();
    private final Left left = new Left();
    private final ApplicationContextRunner context = Channels.contextWithOrders()
            .withPropertyValues(
                    "channels.definitions.orders.dead-letter=failed",
                    "channels.definitions.failed.transport=toy",
                    "spring.lifecycle.timeout-per-shutdown-phase=500ms")
            .withBean(ToyTransport.class, () -> toy)
            .withBean(AbandonedMessages.class, () -> left);

    static class Failing {
        @ChannelListener(value = "orders", id = "failing")
        void handle(Order order) {
            throw new IllegalStateException("never");
        }
    }

    static class FailingOnBatches {
        @ChannelListener(value = "orders", id = "failing", batchSize = "10")
        void handle(List<Order> orders) {
            throw new IllegalStateException("never");
        }
    }

    @Test
    void itsMessageIsReportedAndItsWorkerNamed(CapturedOutput output) {
        toy.hanging = release;
        context.withBean(Failing.class).run(started -> {
            send(started, 1);
            await().until(() -> toy.hangs.get() == 1);
            ListenerCounters counters = counters(started);
            started.close();
            assertThat(left.messages.get("orders")).isEqualTo(List.of(new Order(0)));
            assertThat(output)
                    .contains("Listener 'failing' ignores the interrupt at shutdown; thread channel-failing-1")
                    .contains("Channel 'orders' left 1 accepted message unhandled");
            release.countDown();
            await().untilAsserted(() -> assertThat(output)
                    .contains("Dead-letter channel 'failed' took a dev.channels.spring.Order from channel"
                            + " 'orders' after it was reported as left behind"));
            assertThat(counters.failed() + counters.handled()).isZero();
            assertThat(left.messages.get("orders")).hasSize(1);
        });
    }

    @Test
    void ofABatchThoseAreReportedWhoseLettersWereNotTaken() {
        toy.hangsAfter.set(1);
        toy.hanging = release;
        context.withBean(FailingOnBatches.class).run(started -> {
            ChannelListenerContainer listener =
                    started.getBean(ChannelListenerRegistry.class).container("failing");
            listener.pause();
            send(started, 3);
            listener.resume();
            await().until(() -> toy.hangs.get() == 1);
            started.close();
            assertThat(left.messages.get("orders")).isEqualTo(List.of(new Order(1), new Order(2)));
            int letters = toy.sent.get();
            release.countDown();
            await().during(Duration.ofMillis(100)).until(() -> toy.sent.get() == letters);
        });
    }
}
