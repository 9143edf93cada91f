package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.Watch;
import jakarta.annotation.PostConstruct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

/** Channels of kind {@code watch}: one value, and listeners that get the newest. */
class WatchTests {

    private final ApplicationContextRunner context = Channels.context()
            .withPropertyValues(
                    "channels.definitions.rate.kind=watch", "channels.definitions.rate.type=java.lang.Integer");

    @SuppressWarnings("unchecked")
    private static Watch<Integer> rate(BeanFactory started) {
        return started.getBean("rate", Watch.class);
    }

    @Test
    void watchIsInjectedByTheTypeOfItsValueAndHasNoneAtFirst() {
        context.withBean(Reading.class).run(started -> {
            assertThat(started.getBean(Reading.class).rate).isSameAs(rate(started));
            assertThat(rate(started).get()).isNull();
            assertThat(started.getBean(ChannelRegistry.class).names()).containsExactly("rate");
        });
    }

    static class Reading {
        final Watch<Integer> rate;

        Reading(Watch<Integer> rate) {
            this.rate = rate;
        }
    }

    static class Following {
        final Channel<Integer> seen = Channel.unbounded();

        @ChannelListener(value = "rate", id = "following")
        void follow(Integer value) throws InterruptedException {
            seen.send(value);
        }
    }

    @Test
    void listenerIsCalledWithTheValueThatIsThereAtTheStartAndThenWithEachChange() {
        context.withBean(Following.class).withBean(SettingEarly.class).run(started -> {
            Channel<Integer> seen = started.getBean(Following.class).seen;
            assertThat(seen.receive()).isEqualTo(2);
            rate(started).set(3);
            assertThat(seen.receive()).isEqualTo(3);
            rate(started).set(3);
            assertThat(seen.receive()).isEqualTo(3);
            assertThat(seen.tryReceive(Duration.ofMillis(20))).isNull();
        });
    }

    static class SettingEarly {
        private final Watch<Integer> rate;

        SettingEarly(Watch<Integer> rate) {
            this.rate = rate;
        }

        @PostConstruct
        void set() {
            rate.set(1);
            rate.set(2);
        }
    }

    @Test
    void listenerThatStartsLaterBeginsWithTheNewestValue() {
        context.withPropertyValues("channels.listeners.following.auto-startup=false")
                .withBean(Following.class)
                .withBean(SettingEarly.class)
                .run(started -> {
                    rate(started).set(9);
                    ChannelListenerContainer container =
                            started.getBean(ChannelListenerRegistry.class).container("following");
                    Channel<Integer> seen = started.getBean(Following.class).seen;
                    container.start();
                    assertThat(seen.receive()).isEqualTo(9);
                    container.stop();
                    container.start();
                    assertThat(seen.tryReceive(Duration.ofMillis(20))).isNull();
                    rate(started).set(10);
                    assertThat(seen.receive()).isEqualTo(10);
                });
    }

    @Test
    void valuesMayBeSkippedButNoneIsRepeatedAndTheLastIsNeverMissedWhateverHappensToTheListener() {
        context.withBean(Following.class).run(started -> {
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("following");
            Watch<Integer> rate = rate(started);
            Thread writer = Thread.startVirtualThread(() -> {
                for (int value = 1; value <= 20_000; value++) {
                    rate.set(value);
                }
            });
            while (writer.isAlive()) {
                container.pause();
                container.resume();
                container.stop();
                container.start();
            }
            List<Integer> seen = new ArrayList<>();
            Channel<Integer> heard = started.getBean(Following.class).seen;
            while (seen.isEmpty() || seen.getLast() < 20_000) {
                seen.add(heard.receive());
            }
            assertThat(seen).isSorted().doesNotHaveDuplicates();
        });
    }

    @Test
    void pausedListenerGetsTheNewestWhenItGoesOn() {
        context.withBean(Following.class).run(started -> {
            ChannelListenerContainer container =
                    started.getBean(ChannelListenerRegistry.class).container("following");
            container.pause();
            rate(started).set(1);
            rate(started).set(2);
            container.resume();
            assertThat(started.getBean(Following.class).seen.receive()).isEqualTo(2);
        });
    }

    @Test
    void numberOfWorkersCannotBeRaised() {
        context.withPropertyValues("channels.defaults.listener.concurrency=4")
                .withBean(Following.class)
                .run(started -> {
                    ChannelListenerContainer container =
                            started.getBean(ChannelListenerRegistry.class).container("following");
                    assertThatThrownBy(() -> container.setConcurrency("2"))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("A watch has one value, so its listener 'following' has one worker, not 2");
                    container.setConcurrency("1");
                });
    }

    @Test
    void lastValueIsHandledWhenTheContextClosesAndLaterOnesAreRefused() {
        context.withBean(Following.class).run(started -> {
            Watch<Integer> rate = rate(started);
            Channel<Integer> seen = started.getBean(Following.class).seen;
            started.getBean(ChannelListenerRegistry.class)
                    .container("following")
                    .pause();
            rate.set(1);
            rate.set(2);
            started.close();
            assertThat(seen.drainTo(new ArrayList<>(), 10)).isEqualTo(1);
            assertThatThrownBy(() -> rate.set(3)).isInstanceOf(ChannelClosedException.class);
            assertThat(rate.get()).isEqualTo(2);
        });
    }

    @Test
    void lastValueThatAListenerCouldNotBeGivenIsReported() {
        context.withBean(Following.class)
                .withPropertyValues("channels.listeners.following.auto-startup=false")
                .withBean("left", ShutdownTests.Left.class)
                .run(started -> {
                    rate(started).set(1);
                    rate(started).set(2);
                    ShutdownTests.Left left = started.getBean(ShutdownTests.Left.class);
                    started.close();
                    assertThat(left.messages.get("rate")).isEqualTo(List.of(2));
                });
    }

    @Test
    void valueOfAWatchWithoutAListenerIsNotLeftBehind() {
        context.withBean("left", ShutdownTests.Left.class).run(started -> {
            rate(started).set(1);
            ShutdownTests.Left left = started.getBean(ShutdownTests.Left.class);
            started.close();
            assertThat(left.messages).isEmpty();
        });
    }

    @Test
    void watchInACircleOfListenersClosesWhenItIsQuiet() {
        context.withBean(Circling.class).run(started -> {
            Circling circling = started.getBean(Circling.class);
            rate(started).set(1);
            started.close();
            assertThat(circling.seen.getLast()).isEqualTo(50);
        });
    }

    static class Circling {
        final List<Integer> seen = new CopyOnWriteArrayList<>();
        private final Watch<Integer> rate;

        Circling(Watch<Integer> rate) {
            this.rate = rate;
        }

        @ChannelListener("rate")
        void next(int value) {
            seen.add(value);
            if (value < 50) {
                rate.set(value + 1);
            }
        }
    }

    @Test
    void failureIsCountedAndTheNextValueIsHandled() {
        context.withBean(FailingOnce.class).run(started -> {
            rate(started).set(1);
            await().until(() -> rate(started).stats().blockedReceivers() == 1);
            rate(started).set(2);
            started.getBean(FailingOnce.class).two.await();
        });
    }

    static class FailingOnce {
        final CountDownLatch two = new CountDownLatch(1);

        @ChannelListener("rate")
        void handle(Integer value) {
            if (value == 1) {
                throw new IllegalStateException("one");
            }
            two.countDown();
        }
    }

    @Test
    void watchOfTheApplicationIsAFullCitizen() {
        Channels.context()
                .withUserConfiguration(OwnWatch.class)
                .withBean(Following.class)
                .run(started -> {
                    assertThat(started.getBean(ChannelRegistry.class).names()).containsExactly("rate");
                    Channel<Integer> seen = started.getBean(Following.class).seen;
                    assertThat(seen.receive()).isEqualTo(7);
                    Watch<Integer> rate = rate(started);
                    rate.set(8);
                    started.close();
                    assertThat(seen.receive()).isEqualTo(8);
                });
    }

    static class OwnWatch {
        @Bean
        Watch<Integer> rate() {
            return Watch.of(7);
        }
    }

    @Test
    void nothingCanBeSentToAWatch() {
        context.run(started -> {
            ChannelRegistry channels = started.getBean(ChannelRegistry.class);
            assertThatThrownBy(() -> channels.sender("rate"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nothing can be sent to it");
            assertThatThrownBy(() -> channels.channel("rate"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Channel 'rate' is no queue in memory; inject its Watch");
            assertThat(channels.close("rate")).isTrue();
            assertThatThrownBy(() -> rate(started).set(1)).isInstanceOf(ChannelClosedException.class);
        });
    }

    @Test
    void customizerGivesAWatchItsFirstValue() {
        context.withBean(Following.class)
                .withBean(ChannelBuilderCustomizer.class, Initial::new)
                .run(started -> assertThat(started.getBean(Following.class).seen.receive())
                        .isEqualTo(42));
    }

    static class Initial implements ChannelBuilderCustomizer {
        @Override
        public void customize(String name, Channel.Builder<?> builder) {}

        @Override
        public void customize(String name, Watch.Builder<Object> builder) {
            builder.initial(42);
        }
    }
}
