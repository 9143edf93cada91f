package com.example.shutdown;

import dev.channels.spring.AbandonedMessages;
import dev.channels.spring.DeadLetter;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What is known of each message, on the disk before anything else happens. */
@Component
class Ledger implements AbandonedMessages {

    private final Lock lock = new ReentrantLock();

    /** No file channel: an interrupt would close it. */
    private final FileOutputStream file;

    Ledger(@Value("${ledger}") String file) throws FileNotFoundException {
        this.file = new FileOutputStream(file, true);
    }

    void write(String what, String channel, Item item) {
        write(line(what, channel, item.id()));
    }

    void write(String lines) {
        lock.lock();
        try {
            file.write(lines.getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void abandoned(String channel, List<?> messages) {
        write(messages.stream()
                .map(message -> line("abandoned", channel, idOf(message)))
                .collect(Collectors.joining()));
    }

    private static String idOf(Object message) {
        return switch (message) {
            case Item item -> item.id();
            case DeadLetter<?> letter -> idOf(letter.payload());
            default -> throw new IllegalArgumentException("Not ours: " + message);
        };
    }

    private static String line(String what, String channel, String id) {
        return what + ' ' + channel + ' ' + id + '\n';
    }
}
