package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.OneShot;
import dev.channels.RequestChannel;
import dev.channels.Watch;
import dev.channels.spring.autoconfigure.jackson.ChannelsJacksonAutoConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** A channel that a controller returns by mistake is not drained into the answer. */
@ExtendWith(OutputCaptureExtension.class)
class NoJsonOfChannelsTests {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(JacksonAutoConfiguration.class, ChannelsJacksonAutoConfiguration.class));

    static List<Map.Entry<String, Object>> channels() {
        Channel<String> channel = Channel.bounded(1);
        return List.of(
                Map.entry("A Channel is", channel),
                Map.entry("A SenderHandle is", channel.newSender()),
                Map.entry("A ReceiverHandle is", channel.newReceiver()),
                Map.entry("A Broadcast is", Broadcast.create(1)),
                Map.entry("A Subscription is", Broadcast.create(1).subscribe()),
                Map.entry("A Watch is", Watch.of("value")),
                Map.entry("A Watcher is", Watch.of("value").watcher()),
                Map.entry("A RequestChannel is", RequestChannel.bounded(1)),
                Map.entry("A OneShot is", OneShot.create()),
                Map.entry("A channel is", Channel.never()));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void eachKindIsRefusedAlsoWithinSomethingElse(Map.Entry<String, Object> refused) {
        context.run(started -> {
            JsonMapper json = started.getBean(JsonMapper.class);
            for (Object value :
                    List.of(refused.getValue(), List.of(refused.getValue()), new Answer(refused.getValue()))) {
                assertThatThrownBy(() -> json.writeValueAsString(value))
                        .hasMessageContaining(refused.getKey())
                        .hasMessageContaining("stats()")
                        .hasMessageContaining("drainTo(list, max)");
            }
        });
    }

    record Answer(Object channel) {}

    @Test
    void refusalLeavesTheMessagesWhereTheyAre() {
        context.run(started -> {
            Channel<String> channel = Channel.bounded(1);
            channel.trySend("message");
            assertThatThrownBy(() -> started.getBean(JsonMapper.class).writeValueAsString(channel))
                    .isNotNull();
            assertThat(channel.tryReceive()).isEqualTo("message");
        });
    }

    @Test
    void statsOfAChannelAreData() {
        context.run(started -> assertThat(started.getBean(JsonMapper.class)
                        .writeValueAsString(
                                Channel.builder("orders").capacity(3).build().stats()))
                .contains("\"name\":\"orders\"", "\"capacity\":3"));
    }

    @Test
    void controllerThatReturnsAChannelFailsAndTheLogSaysWhatToReturn(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = SpringApplication.run(
                        Shop.class, "--server.port=0", "--channels.definitions.orders.capacity=3");
                HttpClient client = HttpClient.newHttpClient()) {
            Channel<String> orders = application.getBean(ChannelRegistry.class).channel("orders");
            orders.send("order");
            int port =
                    ((WebServerApplicationContext) application).getWebServer().getPort();
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/orders"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(output).contains("A Channel is where messages pass, it is no data");
            assertThat(orders.size()).isEqualTo(1);
        }
    }

    @EnableAutoConfiguration
    @RestController
    static class Shop {
        private final Channel<String> orders;

        Shop(Channel<String> orders) {
            this.orders = orders;
        }

        @GetMapping("/orders")
        Channel<String> orders() {
            return orders;
        }
    }

    @Test
    void moduleBacksOffForABeanOfItsName() {
        context.withBean("channelsJacksonModule", String.class, () -> "own")
                .run(started ->
                        assertThat(started.getBean("channelsJacksonModule")).isEqualTo("own"));
    }

    @Test
    void thereIsNoModuleWithoutJackson() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ChannelsJacksonAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("tools.jackson"))
                .run(started -> assertThat(started).hasNotFailed().doesNotHaveBean("channelsJacksonModule"));
    }
}
