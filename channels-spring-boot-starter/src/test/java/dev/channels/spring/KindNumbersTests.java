package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.RequestChannel;
import dev.channels.Watch;
import dev.channels.spring.actuate.ChannelDescriptor;
import dev.channels.spring.actuate.ChannelsEndpoint;
import dev.channels.spring.autoconfigure.endpoint.ChannelsEndpointAutoConfiguration;
import dev.channels.spring.autoconfigure.metrics.ChannelsMetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint and the meters tell of channels of every kind, wherever they come from. */
class KindNumbersTests {

    private final ApplicationContextRunner context = Channels.context()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    ChannelsMetricsAutoConfiguration.class,
                    ChannelsEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=channels")
            .withBean(SimpleMeterRegistry.class);

    private final ApplicationContextRunner declared = context.withPropertyValues(
                    "channels.definitions.lengths.kind=request",
                    "channels.definitions.lengths.type=java.lang.String",
                    "channels.definitions.lengths.reply-type=java.lang.Integer",
                    "channels.definitions.rate.kind=watch",
                    "channels.definitions.rate.type=java.lang.Integer",
                    "channels.definitions.prices.kind=broadcast")
            .withBean(Listeners.class);

    static class Listeners {
        @ChannelListener(value = "lengths", id = "measuring")
        int length(String word) {
            if (word.isEmpty()) {
                throw new IllegalArgumentException("an empty word");
            }
            return word.length();
        }

        @ChannelListener(value = "rate", id = "following", autoStartup = "false")
        void follow(Integer rate) {}
    }

    @Test
    void endpointShowsEachKindWithItsTypesAndNumbers() {
        declared.run(started -> {
            @SuppressWarnings("unchecked")
            RequestChannel<String, Integer> lengths = started.getBean("lengths", RequestChannel.class);
            lengths.request("four");
            CompletableFuture<Integer> failed = lengths.requestAsync("");
            await().until(failed::isDone);
            @SuppressWarnings("unchecked")
            Watch<Integer> rate = started.getBean("rate", Watch.class);
            rate.set(1);
            rate.set(2);

            ChannelDescriptor requests = describe(started.getBean(ChannelsEndpoint.class), "lengths");
            assertThat(requests.kind()).isEqualTo("request");
            assertThat(requests.type()).isEqualTo("java.lang.String");
            assertThat(requests.replyType()).isEqualTo("java.lang.Integer");
            assertThat(requests.capacity()).isEqualTo(128);
            assertThat(requests.sent()).isEqualTo(2);
            assertThat(requests.received()).isEqualTo(2);
            assertThat(requests.listeners()).singleElement().satisfies(listener -> {
                assertThat(listener.handled()).isEqualTo(1);
                assertThat(listener.failed()).isEqualTo(1);
            });

            ChannelDescriptor watch = describe(started.getBean(ChannelsEndpoint.class), "rate");
            assertThat(watch.kind()).isEqualTo("watch");
            assertThat(watch.capacity()).isEqualTo(1);
            assertThat(watch.size()).isEqualTo(1);
            assertThat(watch.sent()).isEqualTo(2);
            assertThat(watch.listeners())
                    .singleElement()
                    .satisfies(
                            listener -> assertThat(listener.concurrency().max()).isEqualTo(1));

            JsonNode json = JsonMapper.shared()
                    .valueToTree(started.getBean(ChannelsEndpoint.class).channels());
            assertThat(json.at("/channels/lengths/replyType").stringValue()).isEqualTo("java.lang.Integer");
            assertThat(json.at("/channels/rate").has("replyType")).isFalse();
        });
    }

    private static ChannelDescriptor describe(ChannelsEndpoint endpoint, String channel) {
        return endpoint.channels().channels().get(channel);
    }

    @Test
    void whoWaitsForRoomToAskIsShownWithItsThread() {
        declared.withPropertyValues("channels.definitions.lengths.capacity=1").run(started -> {
            @SuppressWarnings("unchecked")
            RequestChannel<String, Integer> lengths = started.getBean("lengths", RequestChannel.class);
            ChannelListenerContainer listener =
                    started.getBean(ChannelListenerRegistry.class).container("measuring");
            listener.pause();
            CompletableFuture<Integer> queued = lengths.requestAsync("four");
            Thread asking = Thread.ofVirtual().name("asking").start(() -> request(lengths, "three"));
            await().until(() -> lengths.stats().blockedSenders() == 1);

            ChannelsEndpoint.ChannelDetails details =
                    started.getBean(ChannelsEndpoint.class).channel("lengths");

            assertThat(details.channel().blockedSenders()).isEqualTo(1);
            assertThat(details.waitersTotal()).isEqualTo(1);
            assertThat(details.waiters()).singleElement().satisfies(waiter -> {
                assertThat(waiter.side()).isEqualTo("send");
                assertThat(waiter.thread()).isEqualTo("asking");
                assertThat(waiter.virtual()).isTrue();
            });
            listener.resume();
            asking.join();
            assertThat(queued.join()).isEqualTo(4);
        });
    }

    private static void request(RequestChannel<String, Integer> lengths, String word) {
        try {
            lengths.request(word);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void metersFollowEachKind() {
        declared.run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            @SuppressWarnings("unchecked")
            RequestChannel<String, Integer> lengths = started.getBean("lengths", RequestChannel.class);
            lengths.request("four");
            @SuppressWarnings("unchecked")
            Watch<Integer> rate = started.getBean("rate", Watch.class);
            assertThat(gauge(meters, "channels.queue.depth", "rate")).isZero();
            rate.set(1);
            assertThat(gauge(meters, "channels.queue.depth", "rate")).isEqualTo(1);
            assertThat(gauge(meters, "channels.queue.capacity", "rate")).isEqualTo(1);
            assertThat(gauge(meters, "channels.queue.capacity", "lengths")).isEqualTo(128);
            await().until(() -> meters.get("channels.listener")
                            .tags("channel", "lengths", "listener", "measuring", "error", "none")
                            .functionTimer()
                            .count()
                    == 1);
            assertThat(meters.get("channels.received")
                            .tag("channel", "lengths")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
        });
    }

    private static double gauge(MeterRegistry meters, String name, String channel) {
        return meters.get(name).tag("channel", channel).gauge().value();
    }

    @Test
    void beansOfTheApplicationAreShownAndMeasuredUnderTheirNames() {
        context.withUserConfiguration(Own.class).run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            ChannelsEndpoint endpoint = started.getBean(ChannelsEndpoint.class);
            assertThat(endpoint.channels().channels()).containsOnlyKeys("queue", "news", "state", "questions");
            assertThat(describe(endpoint, "queue").kind()).isEqualTo("queue");
            assertThat(describe(endpoint, "news").kind()).isEqualTo("broadcast");
            assertThat(describe(endpoint, "state").kind()).isEqualTo("watch");
            assertThat(describe(endpoint, "questions").kind()).isEqualTo("request");
            assertThat(describe(endpoint, "questions").type()).isEqualTo("java.lang.Integer");
            assertThat(describe(endpoint, "questions").replyType()).isEqualTo("java.lang.String");
            assertThat(gauge(meters, "channels.queue.capacity", "queue")).isEqualTo(3);
            assertThat(gauge(meters, "channels.queue.capacity", "news")).isEqualTo(4);
            assertThat(gauge(meters, "channels.queue.depth", "state")).isEqualTo(1);
            assertThat(gauge(meters, "channels.queue.capacity", "questions")).isEqualTo(5);
        });
    }

    static class Own {
        @Bean
        Channel<Integer> queue() {
            return Channel.bounded(3);
        }

        @Bean
        Broadcast<Integer> news() {
            return Broadcast.create(4);
        }

        @Bean
        Watch<Integer> state() {
            return Watch.of(1);
        }

        @Bean
        RequestChannel<Integer, String> questions() {
            return RequestChannel.bounded(5);
        }
    }

    @Test
    void endpointFollowsChannelsAndListenersThatComeAndGoAtRunTime() {
        context.run(started -> {
            ChannelsEndpoint endpoint = started.getBean(ChannelsEndpoint.class);
            ChannelRegistry channels = started.getBean(ChannelRegistry.class);
            channels.<Order>create("late", builder -> builder.capacity(3));
            started.getBean(ChannelListenerRegistry.class).register("late-listener", "late", message -> {});
            assertThat(describe(endpoint, "late").capacity()).isEqualTo(3);
            assertThat(describe(endpoint, "late").listeners())
                    .singleElement()
                    .satisfies(listener -> assertThat(listener.id()).isEqualTo("late-listener"));
            assertThat(channels.channel("late").name()).isEqualTo("late");

            channels.close("late");

            assertThat(endpoint.channels().channels()).isEmpty();
            assertThat(endpoint.channel("late")).isNull();
            channels.<Order>create("late", builder -> builder.unbounded());
            assertThat(describe(endpoint, "late").capacity()).isNull();
        });
    }
}
