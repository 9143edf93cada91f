package dev.channels.benchmarks;

import static dev.channels.benchmarks.PeerName.ARRAY_BLOCKING_QUEUE;
import static dev.channels.benchmarks.PeerName.JOX;
import static dev.channels.benchmarks.PeerName.KOTLIN;
import static dev.channels.benchmarks.PeerName.LINKED_BLOCKING_QUEUE;
import static dev.channels.benchmarks.PeerName.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTests {

    @Test
    void aRowIsTheMedianOfTheRatiosOfEachJvm() {
        Comparison comparison = new Comparison(List.of(
                Map.of(OURS, 100.0, JOX, 200.0, ARRAY_BLOCKING_QUEUE, 400.0, LINKED_BLOCKING_QUEUE, 300.0),
                Map.of(OURS, 300.0, JOX, 100.0, ARRAY_BLOCKING_QUEUE, 100.0, LINKED_BLOCKING_QUEUE, 300.0),
                Map.of(OURS, 80.0, JOX, 100.0, ARRAY_BLOCKING_QUEUE, 400.0, LINKED_BLOCKING_QUEUE, 160.0)));

        assertThat(print("1 to 1 / 16", comparison)).isEqualTo("""
                        | workload | vs Jox | vs best JDK queue | vs Kotlin | vs JCTools | our ns per message | spread |
                        | --- | --- | --- | --- | --- | --- | --- |
                        | 1 to 1 / 16 | 0.80 (0.50..3.00) | 0.50 (0.33..1.00) LinkedBlockingQueue | – | – | 100 | 80.0..300 |
                        """);
    }

    @Test
    void whatWeCannotDoIsNoRatio() {
        Comparison comparison = new Comparison(List.of(Map.of(JOX, 200.0, KOTLIN, 100.0)));

        assertThat(comparison.row("select over 2 / 16"))
                .containsExactly("select over 2 / 16", "–", "–", "–", "–", "–", "–");
    }

    @Test
    void theMedianOfAnEvenNumberIsInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 4));
    }

    private static String print(String workload, Comparison comparison) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Table table = new Table(new PrintStream(printed, true, StandardCharsets.UTF_8), Comparison.COLUMNS);
        table.row(comparison.row(workload));
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
