package dev.channels.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundTests {

    private static final Workload WORKLOAD = Workloads.named("8 to 8 / 16");

    @Test
    void aMessageThatIsLostEndsTheBenchmark() {
        Peer losing = returning(Messages.sum(WORKLOAD.messages() - 1));

        assertThatThrownBy(() -> Round.run(PeerName.JOX, losing, WORKLOAD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("8 to 8 / 16, Jox");
    }

    @Test
    void aRoundInWhichAllArriveIsGood() throws Exception {
        assertThat(Round.run(PeerName.JOX, returning(Messages.sum(WORKLOAD.messages())), WORKLOAD)
                        .nanos())
                .isEqualTo(7);
    }

    @Test
    void sharesAreAllTheMessages() {
        assertThat(IntStream.range(0, 7)
                        .mapToLong(one -> Share.of(100, one, 7).size())
                        .sum())
                .isEqualTo(100);
        assertThat(Share.of(100, 6, 7).to()).isEqualTo(100);
    }

    @Test
    void aChainSendsFewMessagesThatMakeManySteps() {
        Workload chain = Workloads.named("chain of 10000 / 16").steps(45_000);

        assertThat(chain.messages()).isEqualTo(4);
        assertThat(chain.steps()).isEqualTo(40_000);
    }

    private static Peer returning(long sum) {
        return new Peer() {
            @Override
            public boolean takes(Workload workload) {
                return true;
            }

            @Override
            public Outcome run(Workload workload) {
                return new Outcome(7, sum);
            }
        };
    }
}
