package dev.channels.benchmarks;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts fresh JVMs, one after the other, and reads what they found out. */
record Forks(int forks, int rounds) {

    private static final List<String> ONE_PROCESSOR = List.of("taskset", "-c", "0");
    private static final int FIRST_THAT_WARNS_OF_UNSAFE = 23;

    /**
     * Measures in each of the JVMs.
     *
     * @return what each found out, or nothing if this machine cannot run the workload
     */
    Optional<List<Map<PeerName, Double>>> run(Measure measure, Workload workload, Set<PeerName> peers)
            throws IOException, InterruptedException {
        boolean oneProcessor = workload.processors() == Workload.Processors.ONE_OF_TWO;
        if (oneProcessor && !canTakeProcessorsAway()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>();
        if (oneProcessor) {
            command.addAll(ONE_PROCESSOR);
        }
        command.addAll(java());
        if (oneProcessor) {
            command.add("-XX:ActiveProcessorCount=2");
        }
        command.addAll(Forked.arguments(measure, workload, peers, rounds));

        List<Map<PeerName, Double>> results = new ArrayList<>();
        for (int fork = 1; fork <= forks; fork++) {
            Map<PeerName, Double> result = Forked.results(lines(command));
            results.add(result);
            System.err.printf("%s, %d of %d: %s%n", workload.name(), fork, forks, describe(result));
        }
        return Optional.of(results);
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>(List.of(
                Launcher.java().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseG1GC"));
        if (Runtime.version().feature() >= FIRST_THAT_WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        return command;
    }

    private static List<String> lines(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException("a JVM ended with status %d: %s".formatted(status, command));
            }
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean canTakeProcessorsAway() throws InterruptedException {
        List<String> command = new ArrayList<>(ONE_PROCESSOR);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static String describe(Map<PeerName, Double> result) {
        return result.entrySet().stream()
                .map(entry -> "%s %s".formatted(entry.getKey().label(), number(entry.getValue())))
                .collect(joining(", "));
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.0f", number);
    }
}
