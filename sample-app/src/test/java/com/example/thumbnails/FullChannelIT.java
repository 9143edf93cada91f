package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.thumbnails.ServiceClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import tools.jackson.databind.JsonNode;

/** The packaged service with room for two pictures and nobody to work on them. */
class FullChannelIT {

    private static final PictureFile PICTURE = PictureFile.of("a.png", 40, 30);

    @TempDir
    Path directory;

    private ServiceProcess service;
    private ServiceClient client;

    @BeforeEach
    void start() throws IOException {
        service = ServiceProcess.start(
                directory,
                "--channels.definitions.images.capacity=2",
                "--channels.listeners.thumbnailer.auto-startup=false");
        client = new ServiceClient(service.url());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void whoDoesNotWaitIsTurnedAwayAndToldWhatWasTaken() {
        Answer mixed = client.post("/images?wait=false", PICTURE, PICTURE, PICTURE);
        assertThat(mixed.status()).isEqualTo(429);
        assertThat(mixed.headers().getFirst("Retry-After")).isEqualTo("1");
        assertThat(mixed.headers().getFirst("Content-Type")).isEqualTo("application/problem+json");
        assertThat(mixed.json().path("pictures").findValuesAsString("status"))
                .containsExactly("accepted", "accepted", "refused");
        assertThat(mixed.ids()).hasSize(2);

        Answer refused = client.post("/images?wait=false", PICTURE);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.ids()).isEmpty();
    }

    @Test
    void whoWaitsIsSeenWaiting() {
        assertThat(client.post("/images", PICTURE, PICTURE).status()).isEqualTo(202);
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> client.post("/images", PICTURE));
        await().untilAsserted(() -> {
            JsonNode channel = client.get("/actuator/channels/images").json();
            assertThat(channel.path("size").asInt()).isEqualTo(2);
            assertThat(channel.path("blockedSenders").asInt()).isEqualTo(1);
            assertThat(channel.path("waiters").path(0).path("at").asString())
                    .startsWith("com.example.thumbnails.ImageController.send(ImageController.java:");
        });
        assertThat(waiting).isNotDone();
    }

    @Test
    void thePageShowsHowFullItIsAndWhoWaits() {
        WebDriver browser = Browser.open();
        try {
            browser.get(service.url());
            await().untilAsserted(() -> assertNumbers(browser, "0", "0"));
            client.post("/images", PICTURE, PICTURE);
            await().untilAsserted(() -> assertNumbers(browser, "2", "0"));
            CompletableFuture.supplyAsync(() -> client.post("/images", PICTURE));
            await().untilAsserted(() -> assertNumbers(browser, "2", "1"));
        } finally {
            browser.quit();
        }
    }

    private static void assertNumbers(WebDriver browser, String depth, String blocked) {
        assertThat(browser.findElement(By.id("depth")).getText()).isEqualTo(depth);
        assertThat(browser.findElement(By.id("blocked")).getText()).isEqualTo(blocked);
    }
}
