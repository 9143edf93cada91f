package dev.channels.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.benchmarks.Threading;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class CrewTests {

    @ParameterizedTest
    @EnumSource
    void aRoundEndsWithTheLastReceiver(Threading threading) throws Exception {
        Crew crew = new Crew(threading);
        crew.receive(() -> 1L);
        crew.receive(() -> {
            Thread.sleep(20);
            return 2L;
        });

        assertThat(crew.run()).satisfies(outcome -> {
            assertThat(outcome.nanos()).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
            assertThat(outcome.sum()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aSenderThatFailsEndsTheRound(Threading threading) throws Exception {
        Crew crew = new Crew(threading);
        CountDownLatch receiving = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        crew.work(() -> {
            receiving.await();
            throw new IllegalStateException("failed");
        });
        crew.receive(() -> {
            receiving.countDown();
            try {
                never.await();
            } finally {
                interrupted.countDown();
            }
            return 0L;
        });

        assertThatThrownBy(crew::run).hasRootCauseMessage("failed");
        interrupted.await();
    }
}
