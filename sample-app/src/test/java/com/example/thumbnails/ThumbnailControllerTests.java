package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

class ThumbnailControllerTests {

    @TempDir
    Path directory;

    private MockMvcTester mvc;

    @BeforeEach
    void setUp() throws IOException {
        Gallery gallery = new Gallery(new ThumbnailSettings(directory, Duration.ofSeconds(1)));
        mvc = MockMvcTester.of(
                List.of(new ThumbnailController(gallery)),
                builder -> builder.setControllerAdvice(new Problems()).build());
    }

    @Test
    void aThumbnailIsAPngThatNeverChanges() throws IOException {
        UUID id = UUID.randomUUID();
        Files.write(Files.createDirectories(directory.resolve(id.toString())).resolve("64.png"), new byte[] {1, 2});
        assertThat(mvc.get().uri("/images/{id}/64.png", id))
                .hasStatusOk()
                .hasContentType(MediaType.IMAGE_PNG)
                .body()
                .containsExactly(1, 2);
    }

    @Test
    void whatIsNotThereIsAProblemWithADetail() {
        assertThat(mvc.get().uri("/images/{id}/64.png", UUID.randomUUID()))
                .hasStatus(404)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .extractingPath("$.title")
                .isEqualTo("No such thumbnail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "uploads", "%2e%2e", "1"})
    void anythingButAnIdIsRefused(String id) {
        assertThat(mvc.get().uri("/images/{id}/64.png", id)).hasStatus(400);
    }
}
