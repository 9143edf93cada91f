package dev.channels.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTests {

    @Test
    void everythingIsComparedByDefault() {
        Options options = parse();

        assertThat(options.forks()).isEqualTo(5);
        assertThat(options.among(Workloads.ALL)).isEqualTo(Workloads.ALL);
        assertThat(options.peers()).contains(PeerName.OURS, PeerName.JCTOOLS).doesNotContain(PeerName.POLLED);
    }

    @Test
    void workloadsAndPeersAreChosenByName() {
        Options options = parse("--workload", "^8 to . / 16", "--peer", "Jox|Array", "--messages", "5");

        assertThat(options.among(Workloads.ALL))
                .extracting(Workload::name, Workload::messages)
                .containsExactly(tuple("8 to 1 / 16", 5L), tuple("8 to 8 / 16", 5L));
        assertThat(options.peers())
                .containsExactlyInAnyOrder(PeerName.OURS, PeerName.JOX, PeerName.ARRAY_BLOCKING_QUEUE);
    }

    @Test
    void memoryIsOursUnlessOthersAreAskedFor() {
        assertThat(parse("--memory").peers()).containsExactly(PeerName.OURS);
        assertThat(parse("--memory", "--peer", "Jox").peers()).containsExactly(PeerName.OURS, PeerName.JOX);
    }

    @Test
    void quickIsOneJvm() {
        assertThat(parse("--quick").forks()).isEqualTo(1);
        assertThat(parse("--quick", "--rounds", "9").rounds()).isEqualTo(9);
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> parse("--fork", "3")).hasMessage("what is --fork?");
        assertThatThrownBy(() -> parse("--forks")).hasMessage("--forks needs a value");
        assertThatThrownBy(() -> parse("--forks", "many")).hasMessage("--forks takes a number from 1 on, not many");
        assertThatThrownBy(() -> parse("--workload", "(")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments));
    }
}
