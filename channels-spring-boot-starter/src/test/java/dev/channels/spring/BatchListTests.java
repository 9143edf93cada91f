package dev.channels.spring;

import static dev.channels.spring.RetryTests.counters;
import static dev.channels.spring.RetryTests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The list that a listener gets is for reading: what it does with it changes nothing about the messages' fate. */
class BatchListTests {

    /** Takes what it has seen out of its list, and then cannot go on. */
    static class Untidy {
        final Queue<RuntimeException> refusals = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "orders", id = "untidy", batchSize = "10")
        void handle(List<Order> orders) {
            try {
                orders.clear();
            } catch (RuntimeException refused) {
                refusals.add(refused);
            }
            throw new IllegalStateException("too early");
        }
    }

    @Test
    void aListenerThatEmptiesItsListLosesNoMessage() {
        Channels.contextWithOrders()
                .withPropertyValues(
                        "channels.definitions.orders.dead-letter=failed", "channels.definitions.failed.capacity=100")
                .withBean("untidy", Untidy.class)
                .run(started -> {
                    send(started, 3);
                    await().until(() -> counters(started).failed() == 3);
                    Channel<DeadLetter<Order>> failed =
                            started.getBean(ChannelRegistry.class).channel("failed");
                    List<DeadLetter<Order>> letters = new ArrayList<>();
                    failed.drainTo(letters, 10);
                    assertThat(letters)
                            .extracting(DeadLetter::payload)
                            .containsExactly(new Order(0), new Order(1), new Order(2));
                    assertThat(started.getBean(Untidy.class).refusals)
                            .isNotEmpty()
                            .hasOnlyElementsOfType(UnsupportedOperationException.class);
                });
    }
}
