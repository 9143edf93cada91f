package com.example.thumbnails;

import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.multipart.MultipartFile;

/** One file of a request, as it came: neither its name nor its content is trusted. */
record Upload(MultipartFile content) {

    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif");

    /** A few kilobytes can claim to be a picture of gigabytes, and decoding believes them. */
    private static final long MAX_PIXELS = 40_000_000;

    String name() {
        return printable(content.getOriginalFilename());
    }

    /** A client's file name without its folders, short, and unable to forge a line in the log. */
    static String printable(@Nullable String fileName) {
        String name = StringUtils.getFilename(StringUtils.cleanPath(fileName == null ? "" : fileName));
        String visible = name == null ? "" : name.replaceAll("\\p{C}", "");
        return visible.isBlank() ? "unnamed" : StringUtils.truncate(visible, 100);
    }

    /** Looks at the header only; whether the rest can be decoded is found out by a worker. */
    void check() throws IOException {
        if (content.isEmpty()) {
            throw refused(HttpStatus.BAD_REQUEST, "Empty file", "is empty. Choose a picture with content.");
        }
        try (ImageInputStream input = new MemoryCacheImageInputStream(content.getInputStream())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            ImageReader reader = readers.hasNext() ? readers.next() : null;
            if (reader == null || !FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                throw refused(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "Not a picture",
                        "is not a PNG, JPEG or GIF. Convert it to one of them.");
            }
            try {
                reader.setInput(input, true, true);
                checkSize(reader);
            } finally {
                reader.dispose();
            }
        }
    }

    private void checkSize(ImageReader reader) {
        int width;
        int height;
        try {
            width = reader.getWidth(0);
            height = reader.getHeight(0);
        } catch (IOException | RuntimeException unreadable) {
            throw refused(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "Broken picture",
                    "begins like a picture, but its header cannot be read. Save it again with an image editor.");
        }
        if ((long) width * height > MAX_PIXELS) {
            throw refused(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "Too many pixels",
                    "is %d x %d pixels, and %d million is the limit. Scale it down."
                            .formatted(width, height, MAX_PIXELS / 1_000_000));
        }
    }

    private RefusedUploadException refused(HttpStatus status, String title, String reason) {
        return new RefusedUploadException(status, title, name(), reason);
    }
}
