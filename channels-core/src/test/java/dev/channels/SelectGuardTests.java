package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static dev.channels.Select.biased;
import static dev.channels.Select.fair;
import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.Select.timeout;
import static dev.channels.SelectTests.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Guards switch clauses on and off, for one await at a time. */
@EveryKindOfThread
class SelectGuardTests {

    @Parameter
    private Threads threads;

    private final Channel<Integer> other = Channel.bounded(1);

    @Test
    void guardsAndSuppliersAreAskedOnceAndInOrder() throws Exception {
        List<String> asked = new ArrayList<>();
        Channel<Integer> full = Capacity.ONE.full();
        Select<String> select = fair(
                timeout(Duration.ofHours(1), () -> "timeout").when(() -> asked.add("timeout")),
                Select.<Integer, String>receive(other, message -> "received").when(() -> asked.add("first")),
                Select.<Integer, String>send(full, () -> asked.add("message") ? 2 : null, () -> "sent")
                        .when(() -> asked.add("second")),
                Select.<Integer, String>receive(full, message -> "never").when(() -> !asked.add("third")));
        Running<String> running = threads.start(select::await);
        receiversWait(other, 1);
        sendersWait(full, 1);
        assertThat(full.blockedReceivers()).isZero();

        other.send(1);

        assertThat(running.result()).isEqualTo("received");
        assertThat(asked).containsExactly("timeout", "first", "second", "message", "third");
        assertThat(full.tryReceive()).isEqualTo(1);
        assertThat(select.await()).isEqualTo("sent");
        assertThat(asked).hasSize(10);
    }

    @Test
    void theGuardOfTheLastClauseIsAskedLast() throws Exception {
        List<String> asked = new ArrayList<>();
        for (Select.Clause<String> last :
                List.of(Select.<String>otherwise(() -> "last"), timeout(Duration.ZERO, () -> "last"))) {
            asked.clear();
            Select<String> select = fair(
                    Select.<Integer, String>receive(other, message -> "received")
                            .when(() -> asked.add("first")),
                    Select.<Integer, String>send(other, () -> asked.add("message") ? null : 1, () -> "sent"),
                    last.when(() -> asked.add("last")));

            assertThat(select.await()).isEqualTo("last");
            assertThat(asked).containsExactly("first", "message", "last");
        }
    }

    @Test
    void aClauseThatIsSwitchedOffIsLeftOutThisTime() throws Exception {
        boolean[] on = {false};
        other.send(1);
        Select<String> select = fair(
                Select.<Integer, String>receive(other, message -> "received").when(() -> on[0]),
                otherwise(() -> "nothing"));

        assertThat(select.await()).isEqualTo("nothing");
        assertThat(other.size()).isEqualTo(1);
        on[0] = true;
        assertThat(select.await()).isEqualTo("received");
    }

    @Test
    void theMessageOfAClauseThatIsSwitchedOffIsNotAskedFor() throws Exception {
        Select<String> select = fair(
                Select.<Integer, String>send(
                                other,
                                () -> {
                                    throw new AssertionError("asked");
                                },
                                () -> "sent")
                        .when(() -> false),
                otherwise(() -> "nothing"));

        assertThat(select.await()).isEqualTo("nothing");
    }

    @Test
    void anOpenChannelWhoseClauseIsSwitchedOffIsNotTakenForClosed() {
        Channel<Integer> closed = Channel.bounded(1);
        closed.close();
        Select<String> select = Select.<String>fair(
                        receive(closed, message -> "received"), send(other, () -> null, () -> "sent"))
                .skipClosed();

        assertThatThrownBy(select::await)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("switched off");
    }

    @Test
    void whatAGuardThrowsLeavesAwaitBeforeAnyClauseIsChosen() throws Exception {
        other.send(1);
        IllegalStateException thrown = new IllegalStateException("no idea");
        Select<String> select = biased(
                receive(other, message -> "received"),
                Select.<String>otherwise(() -> "nothing").when(() -> {
                    throw thrown;
                }));

        assertThatIllegalStateException().isThrownBy(select::await).isSameAs(thrown);
        assertThat(other.size()).isEqualTo(1);
        assertAtRest(other);
    }

    @Test
    void aGuardMayUseTheChannel() throws Exception {
        Select<Integer> select = fair(
                Select.<Integer, Integer>receive(other, message -> message).when(() -> other.trySend(1)),
                receive(Channel.<Integer>rendezvous(), message -> message));

        assertThat(select.await()).isEqualTo(1);
    }
}
