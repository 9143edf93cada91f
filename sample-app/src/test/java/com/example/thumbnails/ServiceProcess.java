package com.example.thumbnails;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The packaged application as a process of its own, on a free port. Its log stays beside the jar. */
final class ServiceProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final Path log;
    private final int port;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.port = Integer.parseInt(awaitPort());
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param directory where it keeps its files
     * @param arguments more arguments of the application
     */
    static ServiceProcess start(Path directory, String... arguments) throws IOException {
        return start(List.of("-jar", packaged().toString()), directory, arguments);
    }

    /**
     * Starts it in another way and waits until it answers.
     *
     * @param how what stands on the command line before the arguments of the application
     * @param directory where it keeps its files
     * @param arguments more arguments of the application
     */
    static ServiceProcess start(List<String> how, Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(how);
        command.addAll(List.of("--server.port=0", "--thumbnails.directory=" + directory));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(packaged().getParent(), "service-", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServiceProcess(process, log);
    }

    /** The packaged application. */
    static Path packaged() {
        return Path.of(System.getProperty("sample.jar"));
    }

    /** The command of the JDK that this test runs on: the one on the path may be older. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    String url() {
        return "http://localhost:" + port;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the pattern's first group matched, for each line of the log that has it. */
    List<String> logged(Pattern pattern) {
        return pattern.matcher(log()).results().map(match -> match.group(1)).toList();
    }

    /** Sends SIGTERM and waits for the end. */
    void terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("Still running 60 s after SIGTERM\n" + log());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String awaitPort() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .failFast("The service ended: " + log, () -> !process.isAlive())
                .until(() -> logged(PORT), ports -> !ports.isEmpty())
                .getFirst();
    }
}
