package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class ImageControllerTests {

    private static final PictureFile PICTURE = PictureFile.of("a.png", 40, 30);

    @TempDir
    Path directory;

    private final Channel<Picture> images = Channel.bounded(1);
    private MockMvcTester mvc;

    @BeforeEach
    void setUp() throws IOException {
        Gallery gallery = new Gallery(new ThumbnailSettings(directory, Duration.ofSeconds(1)));
        ImageController controller = new ImageController(images, gallery);
        mvc = MockMvcTester.of(
                List.of(controller),
                builder -> builder.setControllerAdvice(new Problems()).build());
    }

    @Test
    void aPictureIsSentIntoTheChannel() {
        MvcTestResult answer = post("/images", PICTURE);
        assertThat(answer).hasStatus(HttpStatus.ACCEPTED);
        assertThat(answer).bodyJson().extractingPath("$.pictures[0].status").isEqualTo("accepted");
        assertThat(images.tryReceive()).isNotNull().satisfies(picture -> {
            assertThat(picture.name()).isEqualTo("a.png");
            assertThat(picture.upload()).hasBinaryContent(PICTURE.content());
            assertThat(answer)
                    .bodyJson()
                    .extractingPath("$.pictures[0].id")
                    .isEqualTo(picture.id().toString());
        });
    }

    @Test
    void aRequestWaitsWhileTheChannelIsFull() throws Exception {
        CompletableFuture<MvcTestResult> answer =
                CompletableFuture.supplyAsync(() -> post("/images", PICTURE, PICTURE));
        await().until(() -> images.blockedSenders() == 1);
        assertThat(answer).isNotDone();
        images.receive();
        assertThat(answer.get()).hasStatus(HttpStatus.ACCEPTED);
    }

    @Test
    void aRequestThatDoesNotWaitIsToldWhichPicturesWereRefused() {
        MvcTestResult answer = post("/images?wait=false", PICTURE, PICTURE);
        assertThat(answer).hasStatus(HttpStatus.TOO_MANY_REQUESTS).hasHeader(HttpHeaders.RETRY_AFTER, "1");
        assertThat(answer).bodyJson().extractingPath("$.pictures[0].status").isEqualTo("accepted");
        assertThat(answer).bodyJson().extractingPath("$.pictures[1].status").isEqualTo("refused");
        assertThat(answer).bodyJson().doesNotHavePath("$.pictures[1].id");
        assertThat(directory.resolve("uploads").toFile().list()).as("uploads").hasSize(1);
    }

    @Test
    void oneBadFileRefusesTheRequestBeforeAnythingIsSent() {
        MvcTestResult answer = post("/images", PICTURE, PictureFile.bomb("b.png"));
        assertThat(answer).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(answer).bodyJson().extractingPath("$.file").isEqualTo("b.png");
        assertThat(images.size()).isZero();
        assertThat(directory.resolve("uploads")).isEmptyDirectory();
    }

    @Test
    void aClosedChannelIsAnUnavailableService() {
        images.close();
        MvcTestResult answer = post("/images", PICTURE);
        assertThat(answer).hasStatus(HttpStatus.SERVICE_UNAVAILABLE).hasHeader(HttpHeaders.RETRY_AFTER, "10");
        assertThat(directory.resolve("uploads")).isEmptyDirectory();
    }

    private MvcTestResult post(String uri, PictureFile... files) {
        var request = mvc.post().uri(uri).multipart();
        for (PictureFile file : files) {
            request.file(new MockMultipartFile("files", file.name(), null, file.content()));
        }
        return request.exchange();
    }
}
