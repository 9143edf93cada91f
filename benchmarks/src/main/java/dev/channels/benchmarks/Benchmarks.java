package dev.channels.benchmarks;

import dev.channels.benchmarks.spring.SpringBenchmarks;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The command: parses what it is told, prints tables to the standard output and progress to the other. */
final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Options options;
        try {
            if (List.of(arguments).contains("--spring")) {
                SpringBenchmarks.run(List.of(arguments), out);
                return;
            }
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException mistake) {
            System.err.printf("%s%n%n%s%n%n%s%n", mistake.getMessage(), Options.USAGE, SpringBenchmarks.usage());
            System.exit(2);
            return;
        }
        new Reports(options, out).print();
    }
}
