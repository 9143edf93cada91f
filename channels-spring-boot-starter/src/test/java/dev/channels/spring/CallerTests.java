package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.ChannelFullException;
import dev.channels.Sender;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** What becomes of HTTP requests that wait for room, in a servlet container. */
class CallerTests {

    private final HttpClient client = HttpClient.newHttpClient();
    private ConfigurableApplicationContext application;
    private Channel<Object> orders;
    private Channel<String> parcels;
    private int port;

    @BeforeEach
    void start() throws InterruptedException {
        application = SpringApplication.run(
                Shop.class,
                "--server.port=0",
                "--channels.definitions.orders.capacity=1",
                "--channels.definitions.parcels.capacity=1",
                "--channels.definitions.parcels.type=java.lang.String",
                "--channels.definitions.parcels.send-timeout=200ms");
        orders = application.getBean(ChannelRegistry.class).channel("orders");
        port = ((WebServerApplicationContext) application).getWebServer().getPort();
        orders.send("the one that fits");
        parcels = application.getBean(ChannelRegistry.class).channel("parcels");
        parcels.send("the one that fits");
    }

    @AfterEach
    void stop() {
        client.close();
        orders.closeNow();
        parcels.closeNow();
        application.close();
    }

    @EnableAutoConfiguration
    @RestController
    static class Shop {
        private final Sender<Object> orders;
        private final Sender<String> parcels;

        Shop(Sender<Object> orders, Sender<String> parcels) {
            this.orders = orders;
            this.parcels = parcels;
        }

        @PostMapping("/waits-as-long-as-the-channel-says")
        void waitsAsLongAsTheChannelSays() throws InterruptedException {
            parcels.send("waits as long as the channel says");
        }

        @PostMapping("/asks-without-a-thread")
        CompletableFuture<Void> asksWithoutAThread() {
            return parcels.sendAsync("asks without a thread");
        }

        @ExceptionHandler
        ResponseEntity<Void> busy(ChannelFullException full) {
            return answer(false);
        }

        @PostMapping("/waits")
        void waits() throws InterruptedException {
            orders.send("waits");
        }

        @PostMapping("/waits-a-while")
        ResponseEntity<Void> waitsAWhile() throws InterruptedException {
            return answer(orders.trySend("waits a while", Duration.ofMillis(200)));
        }

        @PostMapping("/waits-without-a-thread")
        DeferredResult<ResponseEntity<Void>> waitsWithoutAThread() {
            DeferredResult<ResponseEntity<Void>> result = new DeferredResult<>(300L, () -> answer(false));
            CompletableFuture<Void> sending = orders.sendAsync("waits without a thread");
            result.onCompletion(() -> sending.cancel(false));
            sending.thenRun(() -> result.setResult(answer(true)));
            return result;
        }

        private static ResponseEntity<Void> answer(boolean sent) {
            return ResponseEntity.status(sent ? HttpStatus.ACCEPTED : HttpStatus.TOO_MANY_REQUESTS)
                    .build();
        }
    }

    private CompletableFuture<Integer> post(String path) {
        return client.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    /** Sends the request, and goes away without waiting for the answer. */
    private void postAndLeave(String path, Channel<?> channel) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            await().until(() -> channel.blockedSenders() == 1);
        }
    }

    @Test
    void requestThatSendsToAChannelWithASendTimeoutIsAnswered() {
        for (String path : List.of("/waits-as-long-as-the-channel-says", "/asks-without-a-thread")) {
            long start = System.nanoTime();
            assertThat(post(path).join()).isEqualTo(429);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
            assertThat(parcels.blockedSenders()).isZero();
            assertThat(parcels.tryReceive()).isEqualTo("the one that fits");
            assertThat(post(path).join()).isEqualTo(200);
            assertThat(parcels.tryReceive()).isNotNull();
            assertThat(parcels.trySend("the one that fits")).isTrue();
        }
    }

    @Test
    void blockedRequestWhoseClientHasLeftIsNotSentAfterTheSendTimeout() throws Exception {
        postAndLeave("/waits-as-long-as-the-channel-says", parcels);
        await().until(() -> parcels.blockedSenders() == 0);
        assertThat(parcels.tryReceive()).isEqualTo("the one that fits");
        assertThat(parcels.tryReceive()).isNull();
    }

    @Test
    void requestThatWaitsAtMostAWhileAnswersThatItIsBusy() {
        assertThat(post("/waits-a-while").join()).isEqualTo(429);
        assertThat(orders.stats().blockedSenders()).isZero();
        orders.tryReceive();
        assertThat(post("/waits-a-while").join()).isEqualTo(202);
    }

    @Test
    void requestThatWaitsWithoutAThreadAnswersAndGivesUpItsPlace() {
        CompletableFuture<Integer> busy = post("/waits-without-a-thread");
        await().until(() -> orders.blockedSenders() == 1);
        assertThat(orders.waiters())
                .singleElement()
                .satisfies(waiter -> assertThat(waiter.thread()).isNull());
        assertThat(busy.join()).isEqualTo(429);
        assertThat(orders.blockedSenders()).isZero();
        assertThat(orders.tryReceive()).isEqualTo("the one that fits");
        assertThat(post("/waits-without-a-thread").join()).isEqualTo(202);
        assertThat(orders.tryReceive()).isEqualTo("waits without a thread");
        assertThat(orders.tryReceive()).isNull();
    }

    @Test
    void requestWhoseClientHasLeftGivesUpItsPlaceWhenItsTimeIsOver() throws Exception {
        postAndLeave("/waits-without-a-thread", orders);
        await().until(() -> orders.blockedSenders() == 0);
        assertThat(orders.tryReceive()).isEqualTo("the one that fits");
        assertThat(orders.tryReceive()).isNull();
    }

    /** The servlet container learns that a client has left when it reads or writes, and a blocked thread does neither. */
    @Test
    void blockedRequestWhoseClientHasLeftIsSentAllTheSame() throws Exception {
        postAndLeave("/waits", orders);
        Thread.sleep(500);
        assertThat(orders.blockedSenders()).isEqualTo(1);
        assertThat(orders.tryReceive()).isEqualTo("the one that fits");
        await().until(() -> "waits".equals(orders.tryReceive()));
    }
}
