package com.example.thumbnails;

import dev.channels.Sender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Takes pictures in. A client waits while the channel is full, or says {@code wait=false} and is turned away. */
@RestController
class ImageController {

    private static final Logger log = LoggerFactory.getLogger(ImageController.class);

    private final Sender<Picture> images;
    private final Gallery gallery;

    ImageController(Sender<Picture> images, Gallery gallery) {
        this.images = images;
        this.gallery = gallery;
    }

    @PostMapping(path = "/images", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<Object> accept(
            @RequestParam List<MultipartFile> files, @RequestParam(defaultValue = "true") boolean wait)
            throws IOException, InterruptedException {
        List<Upload> uploads = files.stream().map(Upload::new).toList();
        for (Upload upload : uploads) {
            upload.check();
        }
        List<Report> reports = new ArrayList<>();
        for (Upload upload : uploads) {
            reports.add(send(gallery.keep(upload), wait));
        }
        boolean full = reports.stream().anyMatch(report -> report.id() == null);
        return full ? tooMany(reports) : ResponseEntity.accepted().body(Map.of("pictures", reports));
    }

    private Report send(Picture picture, boolean wait) throws IOException, InterruptedException {
        boolean accepted = false;
        try {
            if (wait) {
                images.send(picture);
                accepted = true;
            } else {
                accepted = images.trySend(picture);
            }
        } finally {
            if (!accepted) {
                gallery.discard(picture);
            }
        }
        if (accepted) {
            log.info("Accepted picture {} ({})", picture.id(), picture.name());
        }
        return accepted ? Report.accepted(picture) : Report.refused(picture);
    }

    private static ResponseEntity<Object> tooMany(List<Report> reports) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.TOO_MANY_REQUESTS,
                "The workers have enough to do. Send what was refused again later, or without 'wait=false'.");
        problem.setTitle("The channel is full");
        problem.setProperty("pictures", reports);
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(problem);
    }
}
