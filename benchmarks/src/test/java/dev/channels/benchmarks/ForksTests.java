package dev.channels.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** JVMs are started and tell what they found out. */
class ForksTests {

    private static final Workload WORKLOAD = Workloads.named("8 to 1 / 16").steps(2_000);

    @Test
    void everyJvmMeasuresEveryPeer() throws Exception {
        List<Map<PeerName, Double>> results = new Forks(2, 1)
                .run(Measure.TIME, WORKLOAD, EnumSet.of(PeerName.OURS, PeerName.KOTLIN, PeerName.JCTOOLS))
                .orElseThrow();

        assertThat(results)
                .hasSize(2)
                .allSatisfy(result -> assertThat(result)
                        .containsOnlyKeys(PeerName.OURS, PeerName.KOTLIN, PeerName.JCTOOLS)
                        .allSatisfy((peer, nanos) -> assertThat(nanos).isPositive()));
    }

    @Test
    void bytesAndFairnessAreMeasuredToo() throws Exception {
        assertThat(only(Measure.MEMORY)).isNotNaN();
        assertThat(only(Measure.FAIRNESS)).isBetween(0.0, 1.0);
    }

    @Test
    void resultsAreRead() {
        assertThat(Forked.results(List.of("OURS=1.5", "JOX=2.0E7")))
                .containsExactly(entry(PeerName.OURS, 1.5), entry(PeerName.JOX, 2.0e7));
    }

    private static double only(Measure measure) throws Exception {
        return new Forks(1, 1)
                .run(measure, WORKLOAD, Set.of(PeerName.OURS))
                .orElseThrow()
                .getFirst()
                .get(PeerName.OURS);
    }
}
