package com.example.shutdown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged application as a process of its own. What it wrote stays beside the jar. */
final class ApplicationProcess implements AutoCloseable {

    /** What a JVM answers that was ended by SIGTERM. */
    static final int TERMINATED = 143;

    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) (\\S+)");

    private final Process process;
    private final Path log;
    private final Path ledger;

    /**
     * A line of the ledger.
     *
     * @param what became of the message
     * @param channel where
     * @param id the message
     */
    record Entry(String what, String channel, String id) {}

    private ApplicationProcess(Process process, Path log, Path ledger) {
        this.process = process;
        this.log = log;
        this.ledger = ledger;
    }

    static ApplicationProcess start(String profile) throws IOException {
        Path jar = Path.of(System.getProperty("application.jar"));
        Path log = jar.resolveSibling(profile + ".log");
        Path ledger = jar.resolveSibling(profile + ".ledger");
        Files.deleteIfExists(ledger);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "--spring.profiles.active=" + profile,
                        "--ledger=" + ledger)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ApplicationProcess(process, log, ledger);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM and waits for the end. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("Still running 60 s after SIGTERM\n" + log());
        }
        return process.exitValue();
    }

    /** What is on the disk, in its order. */
    List<Entry> ledger() {
        return entries(read(ledger));
    }

    List<Entry> ledgerSinceClosing() {
        String all = read(ledger);
        return entries(all.substring(all.indexOf("closing\n")));
    }

    private static List<Entry> entries(String lines) {
        return LINE.matcher(lines)
                .results()
                .map(line -> new Entry(line.group(1), line.group(2), line.group(3)))
                .toList();
    }

    String log() {
        return read(log);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
