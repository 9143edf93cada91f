package com.example.thumbnails;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The files: an upload is {@code uploads/<id>} until it was worked on, its thumbnails are {@code <id>/<size>.png} and
 * appear all at once.
 */
@Component
class Gallery {

    private final Path finished;
    private final Path uploads;
    private final Path unfinished;

    Gallery(ThumbnailSettings settings) throws IOException {
        this.finished = settings.directory().toAbsolutePath();
        this.uploads = Files.createDirectories(finished.resolve("uploads"));
        this.unfinished = Files.createDirectories(finished.resolve("unfinished"));
    }

    Picture keep(Upload upload) throws IOException {
        UUID id = UUID.randomUUID();
        Path file = uploads.resolve(id.toString());
        upload.content().transferTo(file);
        return new Picture(id, upload.name(), file);
    }

    void discard(Picture picture) throws IOException {
        Files.deleteIfExists(picture.upload());
    }

    /** Shows all thumbnails or, when the worker was told to stop, none: what was given up must not turn up later. */
    void show(Picture picture, Map<Integer, BufferedImage> thumbnails) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(unfinished.resolve(picture.id().toString()));
        try {
            for (Map.Entry<Integer, BufferedImage> thumbnail : thumbnails.entrySet()) {
                Path file = directory.resolve(thumbnail.getKey() + ".png");
                ImageIO.write(thumbnail.getValue(), "png", file.toFile());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Files.move(directory, finished.resolve(picture.id().toString()));
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    Path thumbnail(UUID id, int size) {
        return finished.resolve(id.toString()).resolve(size + ".png");
    }
}
