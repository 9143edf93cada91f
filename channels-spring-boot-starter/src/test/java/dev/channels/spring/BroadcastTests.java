package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelInterceptor;
import dev.channels.Sender;
import dev.channels.Subscription;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

/** Channels of kind {@code broadcast}, and their listeners. */
class BroadcastTests {

    private final ApplicationContextRunner context = Channels.context()
            .withPropertyValues(
                    "channels.definitions.prices.kind=broadcast", "channels.definitions.prices.type=java.lang.Integer");

    @SuppressWarnings("unchecked")
    private static Broadcast<Integer> prices(BeanFactory started) {
        return started.getBean("prices", Broadcast.class);
    }

    @Test
    void workersOfOneListenerShareItsSubscription() {
        context.withPropertyValues("channels.listeners.meeting.concurrency=4")
                .withBean(Meeting.class)
                .run(started -> {
                    assertThat(prices(started).subscribers()).isEqualTo(1);
                    for (int price = 0; price < 4; price++) {
                        prices(started).send(price);
                    }
                    Meeting meeting = started.getBean(Meeting.class);
                    meeting.together.await();
                    await().until(() -> meeting.seen.size() == 4);
                    assertThat(meeting.seen).containsExactlyInAnyOrder(0, 1, 2, 3);
                });
    }

    static class Meeting {
        final CountDownLatch together = new CountDownLatch(4);
        final Queue<Integer> seen = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "prices", id = "meeting")
        void handle(Integer price) throws InterruptedException {
            together.countDown();
            together.await();
            seen.add(price);
        }
    }

    static class Listening {
        final Queue<Integer> first = new ConcurrentLinkedQueue<>();
        final Queue<Integer> second = new ConcurrentLinkedQueue<>();

        @ChannelListener(value = "prices", id = "first")
        void first(Integer price) throws InterruptedException {
            Thread.sleep(1);
            first.add(price);
        }

        @ChannelListener(value = "prices", id = "second")
        void second(Integer price) {
            second.add(price);
        }
    }

    @Test
    void pausedStoppedAndNotYetStartedListenersAreSubscribed() {
        context.withPropertyValues("channels.listeners.second.auto-startup=false")
                .withBean(Listening.class)
                .run(started -> {
                    ChannelListenerRegistry listeners = started.getBean(ChannelListenerRegistry.class);
                    Listening listening = started.getBean(Listening.class);
                    listeners.container("first").pause();
                    prices(started).send(1);
                    listeners.container("first").stop();
                    prices(started).send(2);
                    assertThat(listening.first).isEmpty();
                    assertThat(prices(started).subscribers()).isEqualTo(2);
                    listeners.container("first").start();
                    listeners.container("second").start();
                    await().until(() -> listening.first.size() == 2 && listening.second.size() == 2);
                });
    }

    @Test
    void drainHandlesWhatEachSubscriptionHolds() {
        context.withBean(Listening.class).run(started -> {
            ChannelListenerRegistry listeners = started.getBean(ChannelListenerRegistry.class);
            listeners.container("first").pause();
            listeners.container("second").pause();
            for (int price = 0; price < 100; price++) {
                prices(started).send(price);
            }
            Listening listening = started.getBean(Listening.class);
            started.close();
            assertThat(listening.first)
                    .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
            assertThat(listening.second).containsExactlyElementsOf(listening.first);
        });
    }

    @Test
    void whatAListenerThatIsNotStartedWasSentIsReported() {
        context.withPropertyValues("channels.listeners.second.auto-startup=false")
                .withBean(Listening.class)
                .withBean("left", ShutdownTests.Left.class)
                .run(started -> {
                    prices(started).send(1);
                    prices(started).send(2);
                    Listening listening = started.getBean(Listening.class);
                    ShutdownTests.Left left = started.getBean(ShutdownTests.Left.class);
                    started.close();
                    assertThat(listening.first).containsExactly(1, 2);
                    assertThat(left.messages.get("prices")).hasToString("[1, 2]");
                });
    }

    @Test
    void whatAnInterceptorRefusesAtTheEndDoesNotKeepTheRestFromBeingReported() {
        context.withPropertyValues("channels.listeners.second.auto-startup=false")
                .withBean(Listening.class)
                .withBean("left", ShutdownTests.Left.class)
                .withBean(ChannelBuilderCustomizer.class, RefusingTwo::new)
                .run(started -> {
                    for (int price = 1; price <= 3; price++) {
                        prices(started).send(price);
                    }
                    ShutdownTests.Left left = started.getBean(ShutdownTests.Left.class);
                    started.close();
                    assertThat(left.messages.get("prices")).hasToString("[1, 3]");
                });
    }

    private static final class RefusingTwo implements ChannelBuilderCustomizer {

        @Override
        public void customize(String name, Channel.Builder<?> builder) {}

        @Override
        public void customize(String name, Broadcast.Builder<?> builder) {
            builder.interceptor(new ChannelInterceptor<>() {
                @Override
                public void onReceive(Object message, Object attachment) {
                    if (message.equals(2)) {
                        throw new IllegalStateException("refused");
                    }
                }
            });
        }
    }

    @Test
    void registeredListenerIsSubscribedFromThenOn() {
        context.run(started -> {
            prices(started).send(1);
            Channel<Integer> heard = Channel.unbounded();
            started.getBean(ChannelListenerRegistry.class)
                    .<Integer>register("late", "prices", price -> heard.trySend(price));
            prices(started).send(2);
            assertThat(heard.receive()).isEqualTo(2);
        });
    }

    @Test
    void broadcastOfTheApplicationIsAFullCitizen() {
        Channels.context()
                .withUserConfiguration(OwnBroadcast.class)
                .withBean(Listening.class)
                .run(started -> {
                    ChannelRegistry channels = started.getBean(ChannelRegistry.class);
                    assertThat(channels.names()).containsExactly("prices");
                    Sender<Integer> prices = channels.sender("prices");
                    Listening listening = started.getBean(Listening.class);
                    prices.send(1);
                    prices.send(2);
                    started.close();
                    assertThat(listening.first).containsExactly(1, 2);
                    assertThat(listening.second).containsExactly(1, 2);
                    assertThat(prices.isClosedForSend()).isTrue();
                });
    }

    static class OwnBroadcast {
        @Bean
        Broadcast<Integer> prices() {
            return Broadcast.create(5);
        }
    }

    @Test
    void customizerHasABroadcastReplay() {
        context.withBean(ChannelBuilderCustomizer.class, Replaying::new).run(started -> {
            prices(started).send(1);
            prices(started).send(2);
            try (Subscription<Integer> late = prices(started).subscribe()) {
                assertThat(late.receive()).isEqualTo(2);
            }
        });
    }

    static class Replaying implements ChannelBuilderCustomizer {
        @Override
        public void customize(String name, Channel.Builder<?> builder) {}

        @Override
        public void customize(String name, Broadcast.Builder<?> builder) {
            builder.replay(1);
        }
    }
}
