package dev.channels.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a shell script that starts the benchmarks with the Java and the class path it runs on itself. Maven chooses both
 * and is gone when something is measured.
 */
public final class Launcher {

    private Launcher() {}

    /**
     * Writes the script.
     *
     * @param arguments where to
     * @throws IOException if it could not be written
     */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(
                Path.of(arguments[0]),
                "exec %s -classpath %s %s \"$@\"\n"
                        .formatted(
                                quoted(java().toString()),
                                quoted(System.getProperty("java.class.path")),
                                Benchmarks.class.getName()));
    }

    /**
     * The Java that runs now.
     *
     * @return the command
     */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
