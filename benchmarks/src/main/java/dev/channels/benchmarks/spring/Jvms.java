package dev.channels.benchmarks.spring;

import dev.channels.benchmarks.Launcher;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Starts fresh JVMs, each with the class path of its application, and reads what they found out. */
final class Jvms {

    private Jvms() {}

    static Map<String, Double> run(Workload workload, Contestant contestant) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Launcher.java().toString(), "-cp", classPath(contestant)));
        if (workload.heap()) {
            command.addAll(List.of("-Xms1g", "-Xmx1g"));
        }
        command.add("-XX:+UseG1GC");
        command.addAll(Child.arguments(contestant, workload.task(), workload.settings()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor() != 0) {
                throw new IOException("%s ended with status %d:%n%s"
                        .formatted(command, process.exitValue(), String.join(System.lineSeparator(), output)));
            }
            return Child.results(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String classPath(Contestant contestant) {
        return classes().resolve("apps").resolve(contestant.folder())
                + File.pathSeparator
                + Library.classPath(
                        Objects.requireNonNull(System.getProperty("java.class.path")), contestant.libraries());
    }

    private static Path classes() {
        try {
            return Path.of(Jvms.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
