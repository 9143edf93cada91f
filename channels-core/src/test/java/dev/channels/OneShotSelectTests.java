package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** One-shots among the clauses of a select. */
@EveryKindOfThread
class OneShotSelectTests {

    @Parameter
    private Threads threads;

    private final OneShot<String> oneShot = OneShot.create();
    private final OneShot<String> another = OneShot.create();
    private final Channel<String> channel = Channel.rendezvous();
    private final Select<String> select = Select.biased(
            Select.receive(oneShot.receiver(), value -> "one " + value),
            Select.receive(another.receiver(), value -> "another " + value),
            Select.receive(channel, message -> "message " + message));

    @Test
    void theValueIsReadyAgainAndAgain() throws Exception {
        another.send("a");

        assertThat(select.await()).isEqualTo("another a");
        assertThat(select.await()).isEqualTo("another a");

        oneShot.send("b");
        assertThat(select.await()).isEqualTo("one b");
    }

    @Test
    void waitsForTheFirstValue() throws Exception {
        Running<String> waiting = threads.start(select::await);
        receiversWait(channel, 1);

        another.send("a");

        assertThat(waiting.result()).isEqualTo("another a");
        assertThat(channel.waiters()).isEmpty();
        assertThat(oneShot.send("b")).isTrue();
        assertThat(oneShot.receive()).isEqualTo("b");
    }

    @Test
    void aMessageMayComeFirst() throws Exception {
        Running<String> waiting = threads.start(select::await);
        receiversWait(channel, 1);

        channel.send("m");

        assertThat(waiting.result()).isEqualTo("message m");
        assertThat(oneShot.isCancelled()).isFalse();
    }

    @Test
    void severalSelectsGetTheOneValue() throws Exception {
        Running<String> first = threads.start(select::await);
        Running<String> second = threads.start(select::await);
        receiversWait(channel, 2);

        oneShot.send("a");

        assertThat(first.result()).isEqualTo("one a");
        assertThat(second.result()).isEqualTo("one a");
    }

    @Test
    void aOneShotWithoutAValueIsClosed() throws Exception {
        Select<String> closing = Select.fair(Select.<String, String>receive(oneShot.receiver(), value -> value)
                .onClosed(() -> "closed"));
        Running<String> waiting = threads.start(select::await);
        receiversWait(channel, 1);

        oneShot.cancel();

        assertThat(waiting.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCauseInstanceOf(CancellationException.class);
        assertThat(closing.await()).isEqualTo("closed");
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(select::await);
        another.send("b");
        assertThat(select.skipClosed().await()).isEqualTo("another b");
    }

    @Test
    void theSameOneShotMayStandInSeveralClauses() throws Exception {
        Select<String> twice = Select.biased(
                Select.receive(oneShot.receiver(), value -> "first " + value),
                Select.receive(oneShot.receiver(), value -> "second " + value),
                Select.receive(channel, message -> message));
        Running<String> waiting = threads.start(twice::await);
        receiversWait(channel, 1);

        oneShot.send("a");

        assertThat(waiting.result()).isIn("first a", "second a");
        assertThat(twice.await()).isEqualTo("first a");
    }
}
