package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.spring.listener.Concurrency;
import dev.channels.spring.listener.DefaultChannelListenerRegistry;
import dev.channels.spring.listener.ListenerContainer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** What a POST to {@code /actuator/channels/{name}} changes, and what it refuses. */
class ChannelsEndpointChangeTests {

    private ConfigurableApplicationContext application;
    private String url;

    @BeforeEach
    void start() {
        application = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--management.endpoints.web.exposure.include=channels",
                "--management.endpoint.channels.access=unrestricted",
                "--channels.definitions.orders.type=java.lang.Integer",
                "--channels.definitions.others.type=java.lang.Integer",
                "--channels.definitions.alone.type=java.lang.Integer",
                "--channels.definitions.rate.kind=watch",
                "--channels.definitions.rate.type=java.lang.Integer");
        url = "http://localhost:"
                + ((WebServerApplicationContext) application).getWebServer().getPort() + "/actuator/channels/";
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @EnableAutoConfiguration
    static class Application {
        @ChannelListener(value = "orders", id = "first", concurrency = "2")
        void first(Integer order) {}

        @ChannelListener(value = "orders", id = "second", concurrency = "2", sendTo = "others")
        Integer second(Integer order) {
            return order;
        }

        @ChannelListener(value = "others", id = "third", concurrency = "2")
        void third(Integer order) {}

        @ChannelListener(value = "rate", id = "fourth")
        void fourth(Integer rate) {}
    }

    private int post(String channel, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + channel))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private ListenerContainer listener(String id) {
        return (ListenerContainer)
                application.getBean(DefaultChannelListenerRegistry.class).container(id);
    }

    private void assertNothingChanged() {
        for (String id : new String[] {"first", "second", "third"}) {
            assertThat(listener(id).isPaused()).isFalse();
            assertThat(listener(id).concurrency()).isEqualTo(new Concurrency(2, 2));
        }
    }

    @Test
    void allListenersOfTheChannelArePausedAndResumed() throws Exception {
        assertThat(post("orders", "{\"paused\":true}")).isEqualTo(204);
        assertThat(listener("first").isPaused()).isTrue();
        assertThat(listener("second").isPaused()).isTrue();
        assertThat(listener("third").isPaused()).isFalse();
        assertThat(post("orders", "{\"paused\":false}")).isEqualTo(204);
        assertNothingChanged();
    }

    @Test
    void concurrencyOfAllListenersOfTheChannelIsChanged() throws Exception {
        assertThat(post("orders", "{\"concurrency\":\"8\"}")).isEqualTo(204);
        assertThat(listener("first").concurrency()).isEqualTo(new Concurrency(8, 8));
        assertThat(listener("second").concurrency()).isEqualTo(new Concurrency(8, 8));
        assertThat(listener("third").concurrency()).isEqualTo(new Concurrency(2, 2));
        await().until(() -> listener("first").currentWorkers() == 8);
        assertThat(post("orders", "{\"concurrency\":3}")).isEqualTo(204);
        assertThat(listener("first").concurrency()).isEqualTo(new Concurrency(3, 3));
    }

    @Test
    void oneListenerIsChangedWithBothAtOnce() throws Exception {
        assertThat(post("orders", "{\"paused\":true,\"concurrency\":\"1-4\",\"listener\":\"second\"}"))
                .isEqualTo(204);
        assertThat(listener("second").isPaused()).isTrue();
        assertThat(listener("second").concurrency()).isEqualTo(new Concurrency(1, 4));
        assertThat(listener("first").isPaused()).isFalse();
        assertThat(listener("first").concurrency()).isEqualTo(new Concurrency(2, 2));
    }

    @Test
    void channelWithoutListenersHasNothingToChange() throws Exception {
        assertThat(post("alone", "{\"paused\":true}")).isEqualTo(204);
    }

    @Test
    void unknownChannelOrListenerIsNotFound() throws Exception {
        assertThat(post("ordes", "{\"paused\":true}")).isEqualTo(404);
        assertThat(post("orders", "{\"paused\":true,\"listener\":\"fist\"}")).isEqualTo(404);
        assertThat(post("orders", "{\"paused\":true,\"listener\":\"third\"}")).isEqualTo(404);
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"listener\":\"first\"}",
                "{\"paused\":\"perhaps\"}",
                "{\"paused\":\"\"}",
                "{\"paused\":null}",
                "{\"paused\":true,\"concurrency\":\"\"}",
                "{\"paused\":true,\"concurrency\":\"eight\"}",
                "{\"paused\":true,\"concurrency\":\"8-2\"}",
                "{\"paused\":true,\"concurrency\":0}",
                "{\"paused\":true,\"concurrency\":[8]}",
                "{\"paused\":true,\"threads\":\"8\"}",
                "{\"paused\":true,\"listener\":\"\"}",
                "{\"paused\":",
                "[]"
            })
    void whatCannotBeDoneIsABadRequestAndChangesNothing(String body) throws Exception {
        assertThat(post("orders", body)).isEqualTo(400);
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"concurrency\":4}", "{\"paused\":true,\"concurrency\":\"1-4\"}"})
    void moreThanOneWorkerForAWatchIsABadRequestAndChangesNothing(String body) throws Exception {
        assertThat(post("rate", body)).isEqualTo(400);
        assertThat(listener("fourth").isPaused()).isFalse();
        assertThat(listener("fourth").concurrency()).isEqualTo(new Concurrency(1, 1));
    }

    @Test
    void channelToWhichAListenerSendsIsShownThere() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "orders")).build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(body).contains("\"sendTo\":\"others\"").contains("\"sendTo\":null");
        request = HttpRequest.newBuilder(URI.create(url + "others")).build();
        body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(body).contains("\"senders\":[\"channelsEndpointChangeTests.Application\"]");
    }
}
