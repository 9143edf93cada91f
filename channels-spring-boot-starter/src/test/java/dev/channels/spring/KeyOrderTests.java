package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.spring.actuate.ChannelDescriptor;
import dev.channels.spring.actuate.ChannelsEndpoint;
import dev.channels.spring.autoconfigure.metrics.ChannelsMetricsAutoConfiguration;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import dev.channels.spring.registry.DefaultChannelRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** Messages of one key are handled one after the other, those of different keys at the same time. */
@ExtendWith(OutputCaptureExtension.class)
class KeyOrderTests {

    /** A message of one customer; {@code held} ones are in hand until they are released. */
    record Visit(String customer, int number, boolean held) {}

    private final ApplicationContextRunner context = Channels.context()
            .withPropertyValues(
                    "channels.definitions.visits.type=" + Visit.class.getName(),
                    "channels.definitions.visits.capacity=100",
                    "channels.listeners.desk.concurrency=2")
            .withBean("desk", Desk.class);

    static class Desk {
        final Queue<String> begun = new ConcurrentLinkedQueue<>();
        final Map<String, String> threads = new ConcurrentHashMap<>();
        final Map<String, Channel<Boolean>> releases = new ConcurrentHashMap<>();

        @ChannelListener(value = "visits", id = "desk", key = "customer")
        void serve(Visit visit) throws InterruptedException {
            String what = visit.customer() + visit.number();
            threads.put(what, Thread.currentThread().getName());
            begun.add(what);
            if (visit.held()) {
                release(what).receive();
            }
        }

        Channel<Boolean> release(String what) {
            return releases.computeIfAbsent(what, name -> Channel.bounded(1));
        }

        void finish(String what) {
            release(what).trySend(true);
        }

        void awaitBegun(String... what) {
            await().untilAsserted(() -> assertThat(begun).containsExactly(what));
        }
    }

    private static Channel<Visit> visits(ApplicationContext started) {
        return started.getBean(ChannelRegistry.class).channel("visits");
    }

    private static ListenerContainer desk(ApplicationContext started) {
        return started.getBean(DefaultChannelListenerRegistry.class).all().getFirst();
    }

    private static void awaitWaiting(ApplicationContext started, int count) {
        await().untilAsserted(() -> assertThat(desk(started).waitingForKey()).isEqualTo(count));
    }

    @Test
    void aBusyKeyDoesNotHoldUpTheOthers() {
        context.run(started -> {
            Desk desk = started.getBean(Desk.class);
            Channel<Visit> visits = visits(started);
            visits.send(new Visit("hot", 1, true));
            desk.awaitBegun("hot1");
            for (int number = 2; number <= 8; number++) {
                visits.send(new Visit("hot", number, false));
            }
            visits.send(new Visit("other", 1, false));
            desk.awaitBegun("hot1", "other1");
            desk.finish("hot1");
            desk.awaitBegun("hot1", "other1", "hot2", "hot3", "hot4", "hot5", "hot6", "hot7", "hot8");
        });
    }

    @Test
    void whatWaitsForItsKeyIsBoundedAndThenNothingMoreIsTaken() {
        context.withPropertyValues("channels.listeners.desk.key-buffer=3").run(started -> {
            Desk desk = started.getBean(Desk.class);
            Channel<Visit> visits = visits(started);
            visits.send(new Visit("hot", 0, true));
            desk.awaitBegun("hot0");
            for (int number = 1; number <= 5; number++) {
                visits.send(new Visit("hot", number, false));
            }
            visits.send(new Visit("other", 1, false));
            awaitWaiting(started, 3);
            await().during(Duration.ofMillis(100)).until(() -> visits.size() == 3);
            desk.finish("hot0");
            await().untilAsserted(() -> assertThat(desk.begun)
                    .containsExactlyInAnyOrder("hot0", "hot1", "hot2", "hot3", "hot4", "hot5", "other1"));
        });
    }

    @Test
    void fourMessagesForEachWorkerWaitAtMostUnlessSaidOtherwise() {
        context.run(started -> {
            visits(started).send(new Visit("hot", 0, true));
            for (int number = 1; number <= 30; number++) {
                visits(started).send(new Visit("hot", number, false));
            }
            awaitWaiting(started, 8);
            desk(started).setConcurrency("2-5");
            awaitWaiting(started, 20);
            assertThat(visits(started).size()).isEqualTo(10);
            desk(started).setConcurrency("1");
            assertThat(desk(started).waitingForKey()).isEqualTo(20);
            Desk desk = started.getBean(Desk.class);
            desk.finish("hot0");
            await().until(() -> desk.begun.size() == 31);
        });
    }

    @Test
    void aWorkerThatIsTooManyLeavesTheNextOfItsKeyToTheOthers() {
        context.run(started -> {
            Desk desk = started.getBean(Desk.class);
            visits(started).send(new Visit("a", 1, true));
            visits(started).send(new Visit("b", 1, true));
            await().until(() -> desk.begun.size() == 2);
            String surplus = desk.threads.get("a1").endsWith("-2") ? "a" : "b";
            String kept = surplus.equals("a") ? "b" : "a";
            desk.finish(kept + "1");
            visits(started).send(new Visit(surplus, 2, false));
            awaitWaiting(started, 1);
            desk(started).setConcurrency("1");
            await().until(() -> visits(started).blockedReceivers() == 1);
            desk.finish(surplus + "1");
            await().until(() -> desk.begun.contains(surplus + "2"));
            assertThat(desk.threads.get(surplus + "2")).isEqualTo("channel-desk-1");
        });
    }

    @Test
    void nothingIsBegunWhilePausedAlsoWhatWaitsForItsKey() {
        context.run(started -> {
            Desk desk = started.getBean(Desk.class);
            visits(started).send(new Visit("a", 1, true));
            desk.awaitBegun("a1");
            visits(started).send(new Visit("a", 2, false));
            awaitWaiting(started, 1);
            desk(started).pause();
            desk.finish("a1");
            await().until(() -> desk(started).busyWorkers() == 0);
            await().during(Duration.ofMillis(100)).until(() -> desk.begun.size() == 1);
            desk(started).resume();
            desk.awaitBegun("a1", "a2");
        });
    }

    @Test
    void whatWaitsForItsKeyWhenStoppedGoesFirstWhenStartedAgain() {
        context.run(started -> {
            Desk desk = started.getBean(Desk.class);
            visits(started).send(new Visit("a", 1, true));
            visits(started).send(new Visit("a", 2, false));
            visits(started).send(new Visit("a", 3, false));
            awaitWaiting(started, 2);
            stopWith(started, "a1");
            visits(started).send(new Visit("b", 1, false));
            assertThat(desk(started).waitingForKey()).isEqualTo(2);
            desk(started).setConcurrency("1");
            desk(started).start();
            desk.awaitBegun("a1", "a2", "a3", "b1");
        });
    }

    @Test
    void aKeyStaysBusyThroughStopAndStartWhileItsMessageIsInHand() {
        context.run(started -> {
            Desk desk = started.getBean(Desk.class);
            visits(started).send(new Visit("a", 1, true));
            desk.awaitBegun("a1");
            Thread stopping = Thread.startVirtualThread(desk(started)::stop);
            await().until(() -> !desk(started).isRunning());
            desk(started).setConcurrency("8");
            desk(started).start();
            stopping.join();
            visits(started).send(new Visit("a", 2, false));
            awaitWaiting(started, 1);
            desk.finish("a1");
            desk.awaitBegun("a1", "a2");
        });
    }

    @Test
    void nothingIsKeptForIdleKeys() {
        context.run(started -> {
            Desk desk = started.getBean(Desk.class);
            for (int number = 0; number < 1000; number++) {
                visits(started).send(new Visit("customer" + number, 1, false));
            }
            await().until(() -> desk.begun.size() == 1000);
            await().untilAsserted(() -> assertThat(desk(started))
                    .extracting("intake.order")
                    .satisfies(order -> {
                        assertThat(order).extracting("lanes").isEqualTo(Map.of());
                        assertThat(order).extracting("keyFailures").isEqualTo(Map.of());
                    }));
        });
    }

    @Test
    void whatWaitsForItsKeyCountsInTheDepthMeter() {
        context.withConfiguration(
                        AutoConfigurations.of(MetricsAutoConfiguration.class, ChannelsMetricsAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .run(started -> {
                    visits(started).send(new Visit("a", 1, true));
                    visits(started).send(new Visit("a", 2, false));
                    visits(started).send(new Visit("a", 3, false));
                    awaitWaiting(started, 2);
                    assertThat(started.getBean(MeterRegistry.class)
                                    .get("channels.queue.depth")
                                    .tag("channel", "visits")
                                    .gauge()
                                    .value())
                            .isEqualTo(2);
                    started.getBean(Desk.class).finish("a1");
                });
    }

    @Test
    void whatWaitsForItsKeyIsStillInTheChannelForTheEndpoint() {
        context.run(started -> {
            visits(started).send(new Visit("a", 1, true));
            visits(started).send(new Visit("a", 2, false));
            visits(started).send(new Visit("a", 3, false));
            awaitWaiting(started, 2);
            ChannelDescriptor shown = new ChannelsEndpoint(
                            started.getBean(DefaultChannelRegistry.class),
                            started.getBean(DefaultChannelListenerRegistry.class),
                            started.getBeanFactory())
                    .channels()
                    .channels()
                    .get("visits");
            assertThat(shown.size()).isEqualTo(2);
            assertThat(shown.sent() - shown.received() - shown.dropped() - shown.returned())
                    .isEqualTo(shown.size());
            started.getBean(Desk.class).finish("a1");
        });
    }

    @Test
    void drainHandlesWhatWaitsForItsKey(CapturedOutput output) {
        context.run(started -> {
            Desk desk = started.getBean(Desk.class);
            visits(started).send(new Visit("a", 1, true));
            visits(started).send(new Visit("a", 2, true));
            visits(started).send(new Visit("a", 3, false));
            awaitWaiting(started, 2);
            Thread closing = Thread.startVirtualThread(started::close);
            await().until(() -> output.getOut().contains("Draining channels [visits: 2 waiting, 1 in hand]"));
            desk.finish("a1");
            desk.awaitBegun("a1", "a2");
            desk.finish("a2");
            closing.join();
            assertThat(desk.begun).containsExactly("a1", "a2", "a3");
            assertThat(output).doesNotContain("unhandled");
        });
    }

    @Test
    void whatStillWaitsForItsKeyAtTheEndOfTheDrainIsReported(CapturedOutput output) {
        ShutdownTests.Left left = new ShutdownTests.Left();
        context.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=300ms")
                .withBean(AbandonedMessages.class, () -> left)
                .run(started -> {
                    visits(started).send(new Visit("a", 1, true));
                    for (int number = 2; number <= 11; number++) {
                        visits(started).send(new Visit("a", number, false));
                    }
                    awaitWaiting(started, 8);
                    started.close();
                    assertThat(left.messages.get("visits"))
                            .extracting(visit -> ((Visit) visit).number())
                            .isEqualTo(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
                    assertThat(output).contains("Channel 'visits' left 11 accepted messages unhandled at shutdown");
                });
    }

    @Test
    void whatWaitsForItsKeyInAStoppedListenerIsReported() {
        ShutdownTests.Left left = new ShutdownTests.Left();
        context.withBean(AbandonedMessages.class, () -> left).run(started -> {
            leaveOneInAStoppedListener(started);
            started.close();
            assertThat(left.messages).containsOnlyKeys("visits");
            assertThat(left.messages.get("visits")).isEqualTo(List.of(new Visit("a", 2, false)));
        });
    }

    @Test
    void whatWaitsForItsKeyInAStoppedListenerOfAClosedChannelIsReportedToo() {
        ShutdownTests.Left left = new ShutdownTests.Left();
        context.withBean(AbandonedMessages.class, () -> left).run(started -> {
            leaveOneInAStoppedListener(started);
            started.getBean(ChannelRegistry.class).close("visits");
            started.close();
            assertThat(left.messages.get("visits")).isEqualTo(List.of(new Visit("a", 2, false)));
        });
    }

    private static void leaveOneInAStoppedListener(ApplicationContext started) throws InterruptedException {
        visits(started).send(new Visit("a", 1, true));
        visits(started).send(new Visit("a", 2, false));
        awaitWaiting(started, 1);
        stopWith(started, "a1");
    }

    /** Stops while a message is in hand, and finishes that one. */
    private static void stopWith(ApplicationContext started, String inHand) throws InterruptedException {
        Thread stopping = Thread.startVirtualThread(desk(started)::stop);
        await().until(() -> !desk(started).isRunning());
        assertThat(stopping.join(Duration.ofMillis(50))).isFalse();
        started.getBean(Desk.class).finish(inHand);
        assertThat(stopping.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void channelClosedThroughTheRegistryIsHandledToItsEnd() {
        context.run(started -> {
            Desk desk = started.getBean(Desk.class);
            visits(started).send(new Visit("a", 1, true));
            visits(started).send(new Visit("a", 2, false));
            visits(started).send(new Visit("a", 3, false));
            awaitWaiting(started, 2);
            started.getBean(ChannelRegistry.class).close("visits");
            await().during(Duration.ofMillis(50)).until(() -> desk.begun.size() == 1);
            desk.finish("a1");
            desk.awaitBegun("a1", "a2", "a3");
            await().until(() ->
                    started.getBean(ChannelListenerRegistry.class).ids().isEmpty());
        });
    }

    @Test
    void messagesWithoutAKeyHaveNoOrder() {
        context.run(started -> {
            Desk desk = started.getBean(Desk.class);
            visits(started).send(new Visit(null, 1, true));
            visits(started).send(new Visit(null, 2, true));
            await().until(() -> desk.begun.size() == 2);
            desk.finish("null1");
            desk.finish("null2");
        });
    }

    @Test
    void eachListenerOfABroadcastHasItsOwnOrder() {
        Channels.context()
                .withPropertyValues(
                        "channels.definitions.visits.kind=broadcast",
                        "channels.definitions.visits.listener.concurrency=2")
                .withBean("desk", Desk.class)
                .run(started -> {
                    Desk desk = started.getBean(Desk.class);
                    started.getBean(ChannelRegistry.class).sender("visits").send(new Visit("a", 1, true));
                    desk.awaitBegun("a1");
                    started.getBean(ChannelRegistry.class).sender("visits").send(new Visit("a", 2, false));
                    started.getBean(ChannelRegistry.class).sender("visits").send(new Visit("b", 1, false));
                    desk.awaitBegun("a1", "b1");
                    desk.finish("a1");
                    desk.awaitBegun("a1", "b1", "a2");
                });
    }
}
