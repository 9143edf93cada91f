package dev.channels.benchmarks.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpringOptionsTests {

    @Test
    void everythingIsMeasuredThreeTimesByDefault() {
        SpringOptions options = parse("--spring");

        assertThat(options.forks()).isEqualTo(3);
        assertThat(options.workloads()).hasSameSizeAs(Workloads.all(false));
    }

    @Test
    void workloadsAndPeersAreChosenByName() {
        SpringOptions options = parse("--spring", "--workload", "no-op.*8", "--peer", "Jox");

        assertThat(options.workloads()).extracting(Workload::name).containsExactly("no-op listener, 8 senders");
        assertThat(options.workloads().getFirst().contestants().stream()
                        .filter(contestant -> options.takes(options.workloads().getFirst(), contestant)))
                .containsExactly(Contestant.FLOOR, Contestant.OURS, Contestant.JOX_BY_HAND);
    }

    @Test
    void quickIsOneJvmUnlessMoreAreAskedFor() {
        assertThat(parse("--spring", "--quick").forks()).isEqualTo(1);
        assertThat(parse("--quick", "--spring", "--forks", "5").forks()).isEqualTo(5);
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> parse("--memory")).hasMessage("what is --memory?");
        assertThatThrownBy(() -> parse("--forks")).hasMessage("--forks needs a value");
        assertThatThrownBy(() -> parse("--forks", "0")).hasMessage("--forks takes a number from 1 on, not 0");
        assertThatThrownBy(() -> parse("--workload", "(")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settingsOfAWorkloadWinOverThoseItStartsFrom() {
        Workload work = parse("--workload", "100 workers").workloads().getFirst();

        assertThat(work.settings())
                .contains("--workers=100", "--work.millis=1", "senders=8")
                .doesNotContain("--workers=4");
    }

    private static SpringOptions parse(String... arguments) {
        return SpringOptions.parse(List.of(arguments));
    }
}
