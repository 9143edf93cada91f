package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.thumbnails.ServiceClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with an upload is said, and harms nothing. */
class RefusedUploadsIT {

    private static final PictureFile PICTURE = PictureFile.of("good.png", 320, 240);

    @TempDir
    static Path directory;

    private static ServiceProcess service;
    private static ServiceClient client;

    @BeforeAll
    static void start() throws IOException {
        service = ServiceProcess.start(directory);
        client = new ServiceClient(service.url());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void goodPicturesAreStillWorkedOn() {
        String id = client.post("/images", PICTURE).ids().getFirst();
        assertThat(client.thumbnail(id, 160).getWidth()).isEqualTo(160);
        assertThat(service.log()).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void aBrokenPictureIsAcceptedAndReportedAsFailed() throws Exception {
        try (EventStream events = new EventStream(service.url())) {
            Answer answer = client.post("/images", PictureFile.broken("broken.png"));
            assertThat(answer.status()).isEqualTo(202);
            String id = answer.ids().getFirst();
            assertThat(events.report(id).path("status").asString()).isEqualTo("failed");
            assertThat(events.report(id).path("problem").asString()).contains("cannot be decoded");
            assertThat(client.get("/images/" + id + "/64.png").status()).isEqualTo(404);
            await().untilAsserted(() ->
                    assertThat(service.log()).containsPattern("WARN .*Picture " + id + " \\(broken.png\\) is broken"));
        }
    }

    @Test
    void anEmptyFileIsABadRequest() {
        assertProblem(client.post("/images", new PictureFile("empty.png", new byte[0])), 400, "empty.png");
    }

    @Test
    void aTextIsAnUnsupportedMediaType() {
        PictureFile text = new PictureFile("notes.png", "Dear diary".getBytes(StandardCharsets.UTF_8));
        assertProblem(client.post("/images", text), 415, "notes.png");
    }

    @Test
    void aBombIsRefusedBeforeItIsDecoded() {
        assertProblem(client.post("/images", PictureFile.bomb("bomb.png")), 422, "bomb.png");
    }

    @Test
    void fiftyMegabytesAreTooMuch() {
        PictureFile large = new PictureFile("large.png", new byte[50 * 1024 * 1024]);
        assertProblem(client.post("/images", large), 413, "large.png");
    }

    @Test
    void oneBadFileRefusesAllOfTheRequest() {
        Answer answer = client.post("/images", PICTURE, PictureFile.bomb("bomb.png"), PICTURE);
        assertProblem(answer, 422, "bomb.png");
        assertThat(answer.ids()).isEmpty();
    }

    private static void assertProblem(Answer answer, int status, String file) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().getFirst("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("file").asString()).isEqualTo(file);
        assertThat(answer.json().path("detail").asString())
                .startsWith("'" + file + "' ")
                .endsWith("None of the files was taken.");
    }
}
