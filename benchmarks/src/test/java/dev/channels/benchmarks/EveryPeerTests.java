package dev.channels.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whoever takes a workload loses and doubles nothing in it. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class EveryPeerTests {

    static final List<Workload> WORKLOADS = Workloads.ALL;

    @ParameterizedTest
    @FieldSource("WORKLOADS")
    void everyPeerReceivesWhatWasSent(Workload workload) throws Exception {
        Workload small = workload.steps(3_001);
        for (PeerName name : PeerName.values()) {
            Peer peer = OwnCopy.of(name);
            if (peer.takes(small)) {
                assertThat(Round.run(name, peer, small).nanos()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("WORKLOADS")
    void thereIsAlwaysSomeoneToCompareWith(Workload workload) {
        assertThat(takers(workload)).contains(PeerName.JOX, PeerName.KOTLIN);
    }

    @Test
    void queuesTakeTheCapacitiesTheyCanHave() {
        assertThat(takers(Workloads.named("1 to 1 / rendezvous")))
                .contains(
                        PeerName.OURS,
                        PeerName.LINKED_TRANSFER_QUEUE,
                        PeerName.SYNCHRONOUS_QUEUE,
                        PeerName.FAIR_SYNCHRONOUS_QUEUE)
                .doesNotContain(PeerName.ARRAY_BLOCKING_QUEUE, PeerName.LINKED_BLOCKING_QUEUE, PeerName.JCTOOLS);
        assertThat(takers(Workloads.named("1 to 1 / 128")))
                .contains(
                        PeerName.OURS, PeerName.ARRAY_BLOCKING_QUEUE, PeerName.LINKED_BLOCKING_QUEUE, PeerName.JCTOOLS)
                .doesNotContain(
                        PeerName.LINKED_TRANSFER_QUEUE, PeerName.SYNCHRONOUS_QUEUE, PeerName.FAIR_SYNCHRONOUS_QUEUE);
        assertThat(takers(Workloads.named("1 to 1 / unbounded")))
                .contains(
                        PeerName.OURS, PeerName.LINKED_BLOCKING_QUEUE, PeerName.LINKED_TRANSFER_QUEUE, PeerName.JCTOOLS)
                .doesNotContain(PeerName.ARRAY_BLOCKING_QUEUE);
        assertThat(takers(Workloads.named("100 to 4 / 128"))).doesNotContain(PeerName.JCTOOLS);
    }

    @Test
    void eachPeerHasItsOwnLoops() {
        assertThat(Stream.of(PeerName.ARRAY_BLOCKING_QUEUE, PeerName.LINKED_BLOCKING_QUEUE)
                        .map(OwnCopy::of)
                        .map(Object::getClass))
                .doesNotHaveDuplicates();
    }

    private static List<PeerName> takers(Workload workload) {
        return Arrays.stream(PeerName.values())
                .filter(name -> OwnCopy.of(name).takes(workload))
                .toList();
    }
}
