package com.example.thumbnails;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Someone who watches, until it is closed. */
final class EventStream implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    EventStream(String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/events")).build();
        Stream<String> received = http.send(request, BodyHandlers.ofLines()).body();
        this.reader = Thread.ofVirtual().start(() -> read(received));
        Awaitility.await().until(() -> !lines.isEmpty());
    }

    List<String> lines() {
        return lines;
    }

    /** Waits for what is said about a picture. */
    JsonNode report(String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> lines.stream()
                                .filter(line -> line.startsWith("data:") && line.contains(id))
                                .map(line -> JSON.readTree(line.substring("data:".length())))
                                .findFirst(),
                        report -> report.isPresent())
                .get();
    }

    boolean isOver() {
        return !reader.isAlive();
    }

    private void read(Stream<String> received) {
        try {
            received.forEach(lines::add);
        } catch (UncheckedIOException closed) {
            // By this client or by the service; isOver() tells.
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
