package com.example.thumbnails;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.springframework.core.io.ByteArrayResource;

/** A file to upload. */
final class PictureFile extends ByteArrayResource {

    static final Color LEFT = new Color(200, 30, 60);
    static final Color RIGHT = new Color(20, 90, 180);

    private static final int IHDR = 12;
    private static final int IHDR_LENGTH = 17;

    private final String name;

    PictureFile(String name, byte[] content) {
        super(content);
        this.name = name;
    }

    /** A picture whose halves have the two colours. The name's extension is the format. */
    static PictureFile of(String name, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(LEFT);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.setColor(RIGHT);
        graphics.fillRect(width / 2, 0, width - width / 2, height);
        graphics.dispose();
        try (ByteArrayOutputStream output = new ByteArrayOutputStream()) {
            ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), output);
            return new PictureFile(name, output.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PictureFile read(Path file) throws IOException {
        return new PictureFile(file.getFileName().toString(), Files.readAllBytes(file));
    }

    /** A good header, and only half of what should follow. */
    static PictureFile broken(String name) {
        return of(name, 640, 480).cutTo(400);
    }

    /** A small file whose header promises 3.6 thousand million pixels. */
    static PictureFile bomb(String name) {
        byte[] content = of(name, 8, 8).content();
        ByteBuffer.wrap(content).putInt(16, 60_000).putInt(20, 60_000);
        CRC32 checksum = new CRC32();
        checksum.update(content, IHDR, IHDR_LENGTH);
        ByteBuffer.wrap(content).putInt(IHDR + IHDR_LENGTH, (int) checksum.getValue());
        return new PictureFile(name, content);
    }

    PictureFile cutTo(int length) {
        return new PictureFile(name, Arrays.copyOf(content(), length));
    }

    String name() {
        return name;
    }

    byte[] content() {
        return getByteArray();
    }

    @Override
    public String getFilename() {
        return name;
    }
}
