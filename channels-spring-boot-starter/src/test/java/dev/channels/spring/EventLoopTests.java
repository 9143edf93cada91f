package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import dev.channels.Waiter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** Sending from WebFlux: one event loop thread serves everybody, and is never blocked. */
class EventLoopTests {

    private static final int REQUESTS = 300;

    private final Channel<String> orders = Channel.bounded(1);
    private final Set<String> sendingThreads = ConcurrentHashMap.newKeySet();
    private final LoopResources loop = LoopResources.create("event-loop", 1, true);
    private final HttpClient client = HttpClient.newHttpClient();
    private DisposableServer server;

    @BeforeEach
    void start() {
        RouterFunction<ServerResponse> routes = RouterFunctions.route()
                .POST("/orders", request -> send("order").then(accepted()))
                .POST(
                        "/orders-in-time",
                        request -> send("in time")
                                .timeout(Duration.ofMillis(200))
                                .then(accepted())
                                .onErrorResume(
                                        TimeoutException.class,
                                        late -> ServerResponse.status(HttpStatus.TOO_MANY_REQUESTS)
                                                .build()))
                .GET("/ping", request -> ServerResponse.ok().bodyValue("pong"))
                .build();
        server = HttpServer.create()
                .port(0)
                .runOn(loop)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes)))
                .bindNow();
    }

    @AfterEach
    void stop() {
        orders.closeNow();
        client.close();
        server.disposeNow();
        loop.dispose();
    }

    private Mono<Void> send(String order) {
        return Mono.fromFuture(() -> {
            sendingThreads.add(Thread.currentThread().getName());
            return orders.sendAsync(order);
        });
    }

    private static Mono<ServerResponse> accepted() {
        return ServerResponse.accepted().build();
    }

    private CompletableFuture<HttpResponse<String>> request(String method, String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void hundredsOfRequestsWaitForRoomAndTheOneEventLoopServesOthersMeanwhile() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int number = 0; number < REQUESTS; number++) {
            answers.add(request("POST", "/orders"));
        }
        await().until(() -> orders.blockedSenders() == REQUESTS - 1);
        assertThat(orders.waiters()).extracting(Waiter::thread).containsOnlyNulls();
        assertThat(sendingThreads).hasSize(1).allMatch(name -> name.startsWith("event-loop"));
        assertThat(request("GET", "/ping").get(5, TimeUnit.SECONDS).body()).isEqualTo("pong");

        AtomicInteger received = new AtomicInteger();
        Thread listener = Thread.startVirtualThread(() -> orders.forEach(order -> received.incrementAndGet()));
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
        }
        orders.close();
        listener.join();
        assertThat(received).hasValue(REQUESTS);
    }

    @Test
    void clientThatLeavesGivesUpItsPlace() {
        orders.trySend("the one that fits");
        CompletableFuture<HttpResponse<String>> leaving = request("POST", "/orders");
        await().until(() -> orders.blockedSenders() == 1);
        leaving.cancel(true);
        await().until(() -> orders.blockedSenders() == 0);
        assertThat(orders.tryReceive()).isEqualTo("the one that fits");
        assertThat(orders.tryReceive()).isNull();
    }

    @Test
    void requestThatIsLateAnswersAndGivesUpItsPlace() throws Exception {
        orders.trySend("the one that fits");
        assertThat(request("POST", "/orders-in-time").get(5, TimeUnit.SECONDS).statusCode())
                .isEqualTo(429);
        assertThat(orders.blockedSenders()).isZero();
        orders.tryReceive();
        assertThat(request("POST", "/orders-in-time").get(5, TimeUnit.SECONDS).statusCode())
                .isEqualTo(202);
    }

    @Test
    void cancelledMonoSendsNothing() {
        orders.trySend("the one that fits");
        send("cancelled").subscribe().dispose();
        assertThat(orders.blockedSenders()).isZero();
        assertThat(orders.tryReceive()).isEqualTo("the one that fits");
        assertThat(orders.tryReceive()).isNull();
    }
}
