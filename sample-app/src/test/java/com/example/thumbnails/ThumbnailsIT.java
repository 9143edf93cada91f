package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.thumbnails.ServiceClient.Answer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged service makes thumbnails and tells everyone who watches. */
class ThumbnailsIT {

    /** JPEG does not keep colours exactly, and scaling rounds. */
    private static final int TOLERANCE = 6;

    @TempDir
    static Path directory;

    private static ServiceProcess service;
    private static ServiceClient client;

    @BeforeAll
    static void start() throws IOException {
        service = ServiceProcess.start(directory, "--thumbnails.heartbeat=100ms");
        client = new ServiceClient(service.url());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aPngAJpegAndAGifBecomeThumbnailsOfThreeSizes() {
        Answer answer = client.post(
                "/images",
                PictureFile.of("wide.png", 640, 480),
                PictureFile.of("tall.jpg", 300, 600),
                PictureFile.of("small.gif", 32, 32));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("pictures").findValuesAsString("name"))
                .containsExactly("wide.png", "tall.jpg", "small.gif");
        assertThat(answer.json().path("pictures").findValuesAsString("status")).containsOnly("accepted");
        List<String> ids = answer.ids();
        assertThumbnails(ids.get(0), new int[][] {{320, 240}, {160, 120}, {64, 48}});
        assertThumbnails(ids.get(1), new int[][] {{160, 320}, {80, 160}, {32, 64}});
        assertThumbnails(ids.get(2), new int[][] {{320, 320}, {160, 160}, {64, 64}});
    }

    @ParameterizedTest
    @ValueSource(strings = {"sunset.png", "mountains.jpg", "balloons.gif"})
    void theExamplesBecomeThumbnails(String name) throws IOException {
        PictureFile example = PictureFile.read(Path.of("examples", name));
        String id = client.post("/images", example).ids().getFirst();
        BufferedImage original = ImageIO.read(new ByteArrayInputStream(example.content()));
        BufferedImage large = client.thumbnail(id, 320);
        assertThat(large.getWidth()).isEqualTo(320);
        assertThat(large.getHeight()).isEqualTo(Math.round(320f * original.getHeight() / original.getWidth()));
        // In the sky, where neighbours are alike.
        assertColour(large, 16, 8, new Color(original.getRGB(original.getWidth() / 20, original.getHeight() / 27)));
    }

    @Test
    void everyoneWhoWatchesIsTold() throws Exception {
        try (EventStream one = new EventStream(service.url());
                EventStream other = new EventStream(service.url())) {
            String id = client.post("/images", PictureFile.of("a.png", 90, 60))
                    .ids()
                    .getFirst();
            for (EventStream stream : List.of(one, other)) {
                assertThat(stream.report(id).path("name").asString()).isEqualTo("a.png");
                assertThat(stream.report(id).path("status").asString()).isEqualTo("finished");
            }
        }
    }

    @Test
    void aClientThatLeavesIsNoticedByTheHeartbeat() throws Exception {
        int before = watching();
        EventStream stream = new EventStream(service.url());
        await().until(() -> watching() == before + 1);
        await().untilAsserted(() -> assertThat(stream.lines()).contains(":idle"));
        stream.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> watching() == before);
    }

    @Test
    void noUploadIsKeptAfterTheWork() throws IOException {
        String id =
                client.post("/images", PictureFile.of("a.png", 90, 60)).ids().getFirst();
        client.thumbnail(id, 64);
        await().until(() -> isEmpty(directory.resolve("uploads")));
        assertThat(directory.resolve("unfinished")).isEmptyDirectory();
    }

    private static void assertThumbnails(String id, int[][] dimensions) {
        int[] sizes = {320, 160, 64};
        for (int i = 0; i < sizes.length; i++) {
            BufferedImage thumbnail = client.thumbnail(id, sizes[i]);
            int width = thumbnail.getWidth();
            int height = thumbnail.getHeight();
            assertThat(new int[] {width, height}).as("%s at %d", id, sizes[i]).isEqualTo(dimensions[i]);
            assertColour(thumbnail, width / 4, height / 2, PictureFile.LEFT);
            assertColour(thumbnail, width * 3 / 4, height / 2, PictureFile.RIGHT);
        }
    }

    private static void assertColour(BufferedImage image, int x, int y, Color expected) {
        Color actual = new Color(image.getRGB(x, y));
        int difference = Math.max(
                Math.abs(actual.getRed() - expected.getRed()),
                Math.max(
                        Math.abs(actual.getGreen() - expected.getGreen()),
                        Math.abs(actual.getBlue() - expected.getBlue())));
        assertThat(difference)
                .as("%s at %d,%d, expected %s", actual, x, y, expected)
                .isLessThanOrEqualTo(TOLERANCE);
    }

    /** A stream waits for its next report most of the time. */
    private static int watching() {
        return client.get("/actuator/channels/thumbnails")
                .json()
                .path("blockedReceivers")
                .asInt();
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
