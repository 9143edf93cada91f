package com.example.thumbnails;

import dev.channels.Sender;
import dev.channels.spring.ChannelListener;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import net.coobird.thumbnailator.Thumbnails;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes pictures out of one channel and tells over another what became of them. */
@Component
class Thumbnailer {

    private static final Logger log = LoggerFactory.getLogger(Thumbnailer.class);

    static {
        // ImageIO's cache files are closed by a shutdown hook of its own, under the hands of those who still work.
        ImageIO.setUseCache(false);
    }

    private final Sender<Report> thumbnails;
    private final Gallery gallery;

    Thumbnailer(Sender<Report> thumbnails, Gallery gallery) {
        this.thumbnails = thumbnails;
        this.gallery = gallery;
    }

    @ChannelListener(value = "images", id = "thumbnailer", concurrency = "${thumbnails.workers}")
    void work(Picture picture) throws IOException, InterruptedException {
        Report report = process(picture);
        // Never waits: who watches too slowly misses reports, and holds nobody up.
        thumbnails.trySend(report);
        gallery.discard(picture);
    }

    private Report process(Picture picture) throws IOException, InterruptedException {
        Map<Integer, BufferedImage> smaller;
        try {
            smaller = shrink(picture);
        } catch (IOException | RuntimeException broken) {
            log.warn("Picture {} ({}) is broken: {}", picture.id(), picture.name(), broken.toString());
            return Report.failed(picture, "This picture is broken: it cannot be decoded.");
        }
        gallery.show(picture, smaller);
        return Report.finished(picture);
    }

    /** From large to small, each from the one before: only the first works on all the pixels. */
    private static Map<Integer, BufferedImage> shrink(Picture picture) throws IOException {
        // Made from the file, because that also turns it the way its camera was held.
        BufferedImage large = fit(Thumbnails.of(picture.upload().toFile()), 320);
        BufferedImage medium = fit(Thumbnails.of(large), 160);
        BufferedImage small = fit(Thumbnails.of(medium), 64);
        return Map.of(320, large, 160, medium, 64, small);
    }

    /** In full colour, whatever palette the original has. */
    private static BufferedImage fit(Thumbnails.Builder<?> picture, int size) throws IOException {
        return picture.size(size, size).imageType(BufferedImage.TYPE_INT_ARGB).asBufferedImage();
    }
}
