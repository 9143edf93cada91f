package com.example.thumbnails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Gives thumbnails out. The types of the path variables leave no way to other files. */
@RestController
class ThumbnailController {

    private final Gallery gallery;

    ThumbnailController(Gallery gallery) {
        this.gallery = gallery;
    }

    @GetMapping("/images/{id}/{size}.png")
    ResponseEntity<Resource> thumbnail(@PathVariable UUID id, @PathVariable int size) {
        Path file = gallery.thumbnail(id, size);
        if (!Files.isRegularFile(file)) {
            throw new ErrorResponseException(HttpStatus.NOT_FOUND, notThere(), null);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_PNG)
                .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).immutable())
                .body(new FileSystemResource(file));
    }

    private static ProblemDetail notThere() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.NOT_FOUND,
                "This picture is unknown, failed, or is not finished. Sizes are 64, 160 and 320.");
        problem.setTitle("No such thumbnail");
        return problem;
    }
}
