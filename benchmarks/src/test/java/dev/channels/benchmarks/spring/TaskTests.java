package dev.channels.benchmarks.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.benchmarks.spring.common.Entrance;
import dev.channels.benchmarks.spring.common.Tally;
import dev.channels.benchmarks.spring.common.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskTests {

    private final Work work = new Work(0, 0);
    private final Tally handled = work.handled();

    @Test
    void aBurstEndsWhenAllIsHandled() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        Burst burst = new Burst(
                3,
                message -> {
                    sent.incrementAndGet();
                    Thread.ofVirtual().start(() -> handle(message));
                },
                handled);

        assertThat(burst.run(1_000)).isPositive();
        assertThat(sent).hasValue(1_000);
    }

    @Test
    void aRefusedMessageIsNotMeasured() {
        Burst burst = new Burst(
                2,
                message -> {
                    throw new IllegalStateException("refused");
                },
                handled);

        assertThatThrownBy(() -> burst.run(10)).hasRootCauseMessage("refused");
    }

    @Test
    void percentilesAreMicroseconds() {
        long[] sorted = {1_000, 2_000, 3_000, 10_500};

        assertThat(Pace.percentile(sorted, 50)).isEqualTo(3);
        assertThat(Pace.percentile(sorted, 99)).isEqualTo(10.5);
    }

    @Test
    void pressureCountsWhatIsUnderWayAndWhoIsStuck() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        Entrance shut = message -> {
            open.await();
            work.on(message);
        };
        Pressure pressure = new Pressure(shut, handled);
        pressure.start(3, 3_000);

        assertThat(pressure.alive(Duration.ofMillis(10))).isEqualTo(3);
        assertThat(pressure.longestBacklog()).isLessThanOrEqualTo(3);
        assertThat(pressure.accepted()).isZero();

        pressure.stop();
        open.countDown();
        assertThat(pressure.alive(Duration.ofMinutes(1))).isZero();
        assertThat(pressure.accepted()).isEqualTo(pressure.handled());
    }

    @Test
    void whatIsAcceptedLateIsToldApart() throws Exception {
        Pressure pressure = new Pressure(work::on, handled);
        pressure.late();
        pressure.startOne(0);

        assertThat(pressure.alive(Duration.ofMinutes(1))).isZero();
        assertThat(pressure.acceptedLate()).isEqualTo(1);
        assertThat(pressure.accepted()).isZero();
    }

    @Test
    void whatTheLogSaysIsAddedUp() {
        assertThat(Close.left(List.of(
                        "Channel 'work' left 3990 accepted messages unhandled at shutdown, of java.lang.Long",
                        "Drained",
                        "Channel 'work' left 1 accepted message unhandled at shutdown, of java.lang.Long")))
                .isEqualTo(3991);
    }

    private void handle(Long message) {
        try {
            work.on(message);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
