package dev.channels.benchmarks.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** Reads the Prometheus endpoint every second, of an application that has a web server. */
final class Scraper implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String EXPECTED = "channels_sent_total";

    private final AtomicInteger scrapes = new AtomicInteger();
    private final @Nullable Thread thread;

    private Scraper(@Nullable String port) {
        this.thread = port == null ? null : Thread.ofPlatform().daemon().start(() -> scrape(port));
    }

    static Scraper of(ConfigurableApplicationContext context) {
        return new Scraper(context.getEnvironment().getProperty("local.server.port"));
    }

    private void scrape(String port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (client.send(request, BodyHandlers.ofString()).body().contains(EXPECTED)) {
                scrapes.incrementAndGet();
                Thread.sleep(EVERY);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fails if nothing is read that should be. */
    void check() {
        if (thread != null && (scrapes.get() == 0 || !thread.isAlive())) {
            throw new IllegalStateException("no meters are read");
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
