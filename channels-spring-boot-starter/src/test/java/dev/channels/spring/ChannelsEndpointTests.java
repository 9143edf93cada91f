package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.FrontDesk;
import dev.channels.Channel;
import dev.channels.Sender;
import dev.channels.spring.actuate.ChannelsEndpoint;
import dev.channels.spring.autoconfigure.endpoint.ChannelsEndpointAutoConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code /actuator/channels} says, over HTTP. */
class ChannelsEndpointTests {

    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext application;
    private String url;

    @BeforeEach
    void start() {
        SpringApplication spring = new SpringApplication(Application.class);
        application = spring.run(
                "--server.port=0",
                "--management.endpoints.web.exposure.include=channels",
                "--channels.definitions.orders.type=java.lang.Integer",
                "--channels.definitions.orders.capacity=2",
                "--channels.definitions.endless.capacity=unbounded",
                "--channels.definitions.prices.kind=broadcast");
        url = "http://localhost:"
                + ((WebServerApplicationContext) application).getWebServer().getPort() + "/actuator/channels";
    }

    @AfterEach
    void stop() {
        application.getBean(Handler.class).release.countDown();
        application.close();
    }

    @EnableAutoConfiguration
    static class Application {
        @Bean
        Handler handler() {
            return new Handler();
        }

        @Bean
        FrontDesk shop(@Qualifier("orders") Sender<Integer> orders) {
            return new FrontDesk(orders);
        }
    }

    static class Handler {
        final CountDownLatch release = new CountDownLatch(1);

        @ChannelListener(value = "orders", id = "handler")
        void handle(Integer order) throws InterruptedException {
            release.await();
        }
    }

    @Test
    void allChannelsAreShownWithTheirListeners() throws Exception {
        orders().send(1);
        await().until(() -> get("").at("/channels/orders/listeners/0/busy").intValue() == 1);
        orders().send(2);

        JsonNode body = get("");

        assertThat(body.get("channels").propertyNames()).containsExactlyInAnyOrder("orders", "endless", "prices");
        assertThat(body.at("/channels/orders").toString())
                .isEqualTo("{\"kind\":\"queue\",\"type\":\"java.lang.Integer\",\"transport\":\"memory\","
                        + "\"capacity\":2,\"size\":1,\"blockedSenders\":0,\"blockedReceivers\":0,\"sent\":2,"
                        + "\"received\":1,\"dropped\":0,\"returned\":0,\"closed\":false,\"senders\":[\"shop\"],\"deadLetter\":null,"
                        + "\"listeners\":[{\"id\":\"handler\","
                        + "\"method\":\"dev.channels.spring.ChannelsEndpointTests$Handler.handle\","
                        + "\"concurrency\":{\"min\":1,\"max\":1,\"current\":1},\"busy\":1,\"paused\":false,"
                        + "\"handled\":0,\"failed\":0,\"retried\":0,\"deadLettered\":0,\"sendTo\":null}]}");
        assertThat(body.at("/channels/endless").get("capacity").isNull()).isTrue();
        assertThat(body.at("/channels/endless").get("type").isNull()).isTrue();
        assertThat(body.at("/channels/prices/kind").stringValue()).isEqualTo("broadcast");
    }

    @Test
    void blockedSendersAreShownWithTheirThreadsAgesAndLinesOfCode() throws Exception {
        fill();
        FrontDesk shop = application.getBean(FrontDesk.class);
        List<Thread> senders = new ArrayList<>();
        senders.add(Thread.ofVirtual().name("sender-1").start(() -> shop.order(10)));
        await().until(() -> orders().blockedSenders() == 1);
        senders.add(Thread.ofPlatform().name("sender-2").start(() -> shop.order(11)));
        await().until(() -> orders().blockedSenders() == 2);
        senders.add(Thread.ofVirtual().start(() -> shop.orderWithin(12, Duration.ofSeconds(2))));
        await().until(() -> orders().blockedSenders() == 3);

        JsonNode body = get("/orders");

        assertThat(body.get("size").intValue()).isEqualTo(2);
        assertThat(body.get("blockedSenders").intValue()).isEqualTo(3);
        assertThat(body.get("waitersTotal").intValue()).isEqualTo(3);
        JsonNode waiters = body.get("waiters");
        assertThat(waiters).hasSize(3).allSatisfy(waiter -> {
            assertThat(waiter.get("side").stringValue()).isEqualTo("send");
            assertThat(Duration.parse(waiter.get("waited").stringValue())).isPositive();
        });
        assertThat(waiters.get(0).get("thread").stringValue()).isEqualTo("sender-1");
        assertThat(waiters.get(0).get("virtual").booleanValue()).isTrue();
        assertThat(waiters.get(0).get("at").stringValue())
                .matches("com\\.example\\.FrontDesk\\.order\\(FrontDesk\\.java:\\d+\\)");
        assertThat(waiters.get(1).get("thread").stringValue()).isEqualTo("sender-2");
        assertThat(waiters.get(1).get("virtual").booleanValue()).isFalse();
        assertThat(waiters.get(2).get("thread").stringValue())
                .isEqualTo("#" + senders.get(2).threadId());

        senders.get(0).interrupt();
        await().until(() -> get("/orders").get("blockedSenders").intValue() == 2);

        senders.get(2).join();
        assertThat(get("/orders").get("blockedSenders").intValue()).isEqualTo(1);
        assertThat(get("/orders").get("size").intValue()).isEqualTo(2);
    }

    private void fill() throws InterruptedException {
        orders().send(1);
        await().until(() -> orders().size() == 0);
        orders().send(2);
        orders().send(3);
    }

    private Channel<Integer> orders() {
        return application.getBean(ChannelRegistry.class).channel("orders");
    }

    @Test
    void channelThatDoesNotExistIsNotFound() throws Exception {
        assertThat(send(HttpRequest.newBuilder(URI.create(url + "/ordes"))).statusCode())
                .isEqualTo(404);
    }

    @Test
    void nothingCanBeChangedByDefault() throws Exception {
        HttpRequest.Builder post =
                HttpRequest.newBuilder(URI.create(url + "/orders")).POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(send(post).statusCode()).isEqualTo(405);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(HttpRequest.newBuilder(URI.create(url + path))).body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void endpointNotRegisteredWhenItIsNotExposed() {
        Channels.contextWithOrders()
                .withConfiguration(AutoConfigurations.of(ChannelsEndpointAutoConfiguration.class))
                .run(started -> assertThat(started).doesNotHaveBean(ChannelsEndpoint.class));
    }

    @Test
    void endpointNotRegisteredWithoutActuator() {
        Channels.contextWithOrders()
                .withConfiguration(AutoConfigurations.of(ChannelsEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=channels")
                .withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
                .run(started -> assertThat(started).hasNotFailed().doesNotHaveBean("channelsEndpoint"));
    }

    @Test
    void endpointBacksOffWhenUserProvidedEndpointIsPresent() {
        Channels.contextWithOrders()
                .withConfiguration(AutoConfigurations.of(ChannelsEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=channels")
                .withBean("mine", ChannelsEndpoint.class, () -> new ChannelsEndpoint(null, null, null))
                .run(started -> assertThat(started)
                        .hasSingleBean(ChannelsEndpoint.class)
                        .hasBean("mine"));
    }
}
