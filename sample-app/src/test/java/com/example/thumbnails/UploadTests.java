package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockMultipartFile;

class UploadTests {

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.jpg", "a.gif"})
    void picturesPass(String name) {
        assertThatCode(() -> upload(PictureFile.of(name, 30, 20)).check()).doesNotThrowAnyException();
    }

    @Test
    void aBrokenBodyIsLeftToTheWorkers() {
        assertThatCode(() -> upload(PictureFile.broken("a.png")).check()).doesNotThrowAnyException();
    }

    @Test
    void anEmptyFileIsRefused() {
        assertRefused(new PictureFile("a.png", new byte[0]), HttpStatus.BAD_REQUEST, "'a.png' is empty");
    }

    @Test
    void aTextIsRefused() {
        PictureFile text = new PictureFile("a.png", "Dear diary".getBytes(StandardCharsets.UTF_8));
        assertRefused(text, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "'a.png' is not a PNG, JPEG or GIF");
    }

    @Test
    void aFormatThatNobodyAskedForIsRefused() {
        assertRefused(PictureFile.of("a.bmp", 3, 3), HttpStatus.UNSUPPORTED_MEDIA_TYPE, "'a.bmp' is not a PNG");
    }

    @Test
    void aHeaderThatEndsTooSoonIsRefused() {
        PictureFile stub = PictureFile.of("a.png", 3, 3).cutTo(20);
        assertRefused(stub, HttpStatus.UNPROCESSABLE_CONTENT, "'a.png' begins like a picture");
    }

    @Test
    void aBombIsRefusedByItsHeader() {
        assertRefused(PictureFile.bomb("a.png"), HttpStatus.UNPROCESSABLE_CONTENT, "'a.png' is 60000 x 60000 pixels");
    }

    @ParameterizedTest
    @CsvSource({
        "sunset.png, sunset.png",
        "../../etc/passwd, passwd",
        "C:\\pictures\\sunset.png, sunset.png",
        "'two\nlines.png', twolines.png",
        "'', unnamed",
        "' ', unnamed",
        "pictures/, unnamed"
    })
    void namesLoseWhatIsNotForDisplay(String given, String expected) {
        assertThat(Upload.printable(given)).isEqualTo(expected);
    }

    @Test
    void aMissingOrLongNameIsReplacedOrCut() {
        assertThat(Upload.printable(null)).isEqualTo("unnamed");
        assertThat(Upload.printable("x".repeat(5000))).hasSizeLessThan(150);
    }

    private static void assertRefused(PictureFile file, HttpStatus status, String detail) {
        assertThatExceptionOfType(RefusedUploadException.class)
                .isThrownBy(() -> upload(file).check())
                .satisfies(refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(status);
                    assertThat(refused.getBody().getDetail()).startsWith(detail);
                    assertThat(refused.getBody().getProperties()).containsEntry("file", file.name());
                });
    }

    private static Upload upload(PictureFile file) {
        return new Upload(new MockMultipartFile("files", file.name(), null, file.content()));
    }
}
