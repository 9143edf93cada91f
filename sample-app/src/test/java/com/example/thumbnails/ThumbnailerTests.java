package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.channels.Broadcast;
import dev.channels.Subscription;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockMultipartFile;

/** A listener is a method, and a channel is an object: neither needs Spring to be tested. */
class ThumbnailerTests {

    @TempDir
    Path directory;

    private final Broadcast<Report> thumbnails = Broadcast.create(10);
    private final Subscription<Report> reports = thumbnails.subscribe();
    private Gallery gallery;
    private Thumbnailer thumbnailer;

    @BeforeEach
    void setUp() throws IOException {
        gallery = new Gallery(new ThumbnailSettings(directory, Duration.ofSeconds(1)));
        thumbnailer = new Thumbnailer(thumbnails, gallery);
    }

    @ParameterizedTest
    @CsvSource({"640, 480, 320, 240", "480, 640, 240, 320", "16, 16, 320, 320", "9000, 1, 320, 1"})
    void theLongerSideBecomesTheSize(int width, int height, int expectedWidth, int expectedHeight) throws Exception {
        Picture picture = keep(PictureFile.of("a.png", width, height));
        thumbnailer.work(picture);
        BufferedImage large = read(picture, 320);
        assertThat(large.getWidth()).isEqualTo(expectedWidth);
        assertThat(large.getHeight()).isEqualTo(expectedHeight);
        for (int size : new int[] {160, 64}) {
            BufferedImage image = read(picture, size);
            assertThat(Math.max(image.getWidth(), image.getHeight())).isEqualTo(size);
        }
    }

    @Test
    void aFinishedPictureIsReportedAndItsUploadGone() throws Exception {
        Picture picture = keep(PictureFile.of("a.png", 640, 480));
        thumbnailer.work(picture);
        assertThat(reports.tryReceive()).isEqualTo(Report.finished(picture));
        assertThat(picture.upload()).doesNotExist();
        assertThat(directory.resolve("unfinished")).isEmptyDirectory();
    }

    @Test
    void aBrokenPictureIsReportedAndNothingIsShown() throws Exception {
        Picture picture = keep(PictureFile.broken("a.png"));
        thumbnailer.work(picture);
        assertThat(reports.tryReceive()).isNotNull().satisfies(report -> {
            assertThat(report.id()).isEqualTo(picture.id());
            assertThat(report.status()).isEqualTo("failed");
            assertThat(report.problem()).contains("broken");
        });
        assertThat(picture.upload()).doesNotExist();
        assertThat(gallery.thumbnail(picture.id(), 320)).doesNotExist();
    }

    @Test
    void aWorkerThatIsInterruptedShowsNothingAndKeepsTheUpload() throws Exception {
        Picture picture = keep(PictureFile.of("a.png", 640, 480));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> thumbnailer.work(picture));
        assertThat(picture.upload()).exists();
        assertThat(gallery.thumbnail(picture.id(), 320)).doesNotExist();
        assertThat(directory.resolve("unfinished")).isEmptyDirectory();
        assertThat(reports.tryReceive()).isNull();
    }

    private Picture keep(PictureFile file) throws IOException {
        return gallery.keep(new Upload(new MockMultipartFile("files", file.name(), null, file.content())));
    }

    private BufferedImage read(Picture picture, int size) throws IOException {
        Path file = gallery.thumbnail(picture.id(), size);
        assertThat(Files.exists(file)).isTrue();
        return ImageIO.read(file.toFile());
    }
}
