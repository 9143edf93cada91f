package dev.channels.benchmarks.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildTests {

    private static final List<String> SMALL =
            List.of("--capacity=8", "--workers=2", "senders=2", "warm-up=1", "round=1", "rounds=1");

    @Test
    void resultsAreFoundAmongWhatOthersPrint() {
        assertThat(Child.results(List.of("WARN a=1", "result nanos=2.5", "", "result p99=1.0E7")))
                .containsOnly(entry("nanos", 2.5), entry("p99", 1e7));
    }

    @Test
    void anApplicationStartsAndIsMeasured() throws Exception {
        Map<String, Double> results = Jvms.run(flow(SMALL), Contestant.OURS);

        assertThat(results).containsOnlyKeys("nanos", "per-second", "bytes");
        assertThat(results.get("nanos")).isPositive();
    }

    @Test
    void anApplicationThatFailsSaysWhy() {
        Workload withoutSenders = flow(List.of("--capacity=8", "--workers=2"));

        assertThatThrownBy(() -> Jvms.run(withoutSenders, Contestant.FLOOR))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("senders is not set");
    }

    private static Workload flow(List<String> settings) {
        return Workload.of("flow", Task.FLOW, settings, List.of(Contestant.FLOOR), List.of());
    }
}
