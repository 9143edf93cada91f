package dev.channels;

import static dev.channels.TimerTests.everyKind;
import static dev.channels.TimerTests.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Timers as clauses of a select. */
@EveryKindOfThread
class TimerSelectTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    @Parameter
    private Threads threads;

    @Test
    void aSelectFindsATimerThatIsDue() throws Exception {
        Channel<Instant> silent = Channel.rendezvous();
        for (Duration delay : List.of(Duration.ZERO, SHORT)) {
            long from = System.nanoTime();
            Receiver<Instant> timer = Channel.after(delay);
            Select<String> select = Select.fair(
                    Select.receive(silent, message -> "message"),
                    Select.receive(Channel.never(), nothing -> "never"),
                    Select.receive(timer, instant -> "due").onClosed(() -> "over"));

            Running<String> first = threads.start(select::await);

            assertThat(first.result()).isEqualTo("due");
            assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(delay.toNanos());
            assertThat(select.await()).isEqualTo("over");
            assertThat(silent.blockedReceivers()).isZero();
        }
    }

    @Test
    void aSelectThatHasChosenAnotherClauseLeavesTheTimerAlone() throws Exception {
        Channel<String> channel = Channel.rendezvous();
        for (Receiver<Instant> timer : everyKind()) {
            Select<String> select = Select.fair(
                    Select.receive(timer, instant -> "instant"), Select.receive(channel, message -> message));
            Running<String> running = threads.start(select::await);
            receiversWait(timer, 1);

            channel.send("message");

            assertThat(running.result()).isEqualTo("message");
            receiversWait(timer, 0);
        }
    }

    @Test
    void aSelectInALoopFindsTickAfterTick() throws Exception {
        Receiver<Instant> ticks = Channel.tick(Duration.ofMillis(2));
        Receiver<Instant> end = Channel.after(Duration.ofMillis(100));
        List<Instant> instants = new ArrayList<>();
        Select<Boolean> select =
                Select.biased(Select.receive(end, instant -> false), Select.receive(ticks, instants::add));

        Running<Void> reader = threads.run(() -> {
            while (select.await()) {
                // goes on
            }
        });

        reader.result();
        assertThat(instants).isNotEmpty().isSorted().doesNotHaveDuplicates();
        receiversWait(ticks, 0);
        receiversWait(end, 0);
    }

    @Test
    void selectsThatWaitForOneTimerShareIt() throws Exception {
        Receiver<Instant> timer = Channel.after(Duration.ofMillis(200));
        List<Running<String>> selects = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            selects.add(threads.start(() -> Select.<String>fair(
                            Select.receive(timer, instant -> "due").onClosed(() -> "over"))
                    .await()));
        }

        List<String> results = new ArrayList<>();
        for (Running<String> select : selects) {
            results.add(select.result());
        }
        assertThat(results).containsExactlyInAnyOrder("due", "over", "over", "over");
    }
}
