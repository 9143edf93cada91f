package dev.channels.benchmarks.spring;

import static dev.channels.benchmarks.spring.Contestant.FLOOR;
import static dev.channels.benchmarks.spring.Contestant.JOX_BY_HAND;
import static dev.channels.benchmarks.spring.Contestant.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.benchmarks.spring.Figure.Goal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTests {

    private static final Workload WORKLOAD = Workload.of(
            "flow",
            Task.FLOW,
            List.of(),
            List.of(FLOOR, OURS, JOX_BY_HAND),
            List.of(
                    Figure.ratio("nanos", "time", "ns", Goal.atMost(1.0, 0.6)),
                    Figure.itself("bytes", "bytes for each", "B", Goal.alwaysAtMost(12))));

    @Test
    void onlyOursHasGoals() {
        Rows rows = new Rows(
                WORKLOAD,
                Map.of(
                        FLOOR, List.of(Map.of("nanos", 200.0, "bytes", 1.0), Map.of("nanos", 100.0, "bytes", 1.0)),
                        OURS, List.of(Map.of("nanos", 100.0, "bytes", 20.0), Map.of("nanos", 100.0, "bytes", 4.0)),
                        JOX_BY_HAND,
                                List.of(Map.of("nanos", 400.0, "bytes", 24.0), Map.of("nanos", 200.0, "bytes", 24.0))));

        assertThat(rows.all())
                .containsExactly(
                        List.of("flow", "time", "floor", "150 ns", "", "", "", ""),
                        List.of("flow", "time", "ours", "100 ns", "×0.75 (0.50..1)", "1", "0.60", "yes"),
                        List.of("flow", "time", "Jox by hand", "300 ns", "×2 (2..2)", "", "", ""),
                        List.of("flow", "bytes for each", "floor", "1 B", "1 (1..1)", "", "", ""),
                        List.of("flow", "bytes for each", "ours", "12 B", "12 (4..20)", "12", "", "**no**"),
                        List.of("flow", "bytes for each", "Jox by hand", "24 B", "24 (24..24)", "", "", ""));
    }

    @Test
    void anApplicationThatFailedIsNoSuccess() {
        Rows rows = new Rows(WORKLOAD, Map.of(FLOOR, List.of(Map.of()), OURS, List.of(Map.of("nanos", 5.0))));

        assertThat(rows.all())
                .startsWith(
                        List.of("flow", "time", "floor", "failed", "", "", "", ""),
                        List.of("flow", "time", "ours", "5 ns", "", "", "", ""))
                .contains(List.of("flow", "bytes for each", "ours", "failed", "", "", "", ""));
    }
}
