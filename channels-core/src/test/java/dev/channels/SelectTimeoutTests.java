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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A select waits for a time, or not at all, if it is told so. */
@EveryKindOfThread
class SelectTimeoutTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    @Parameter
    private Threads threads;

    @EveryCapacity
    void theTimeoutIsChosenWhenTheTimeIsUp(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Channel<Integer> full = Capacity.ONE.full();
        Select<String> select = fair(
                receive(channel, message -> "received"),
                timeout(SHORT, () -> "late"),
                send(full, () -> 2, () -> "sent"));
        long from = System.nanoTime();

        assertThat(threads.start(select::await).result()).isEqualTo("late");

        assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertAtRest(channel, full);
        assertThat(channel.trySend(1)).isEqualTo(capacity != Capacity.ZERO);
        assertThat(full.tryReceive()).isEqualTo(1);
        assertThat(full.size()).isZero();
    }

    @EveryCapacity
    void aMessageInTimeWins(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<String> select = threads.start(
                fair(timeout(Duration.ofHours(1), () -> "late"), receive(channel, message -> "received"))::await);
        receiversWait(channel, 1);

        channel.send(1);

        assertThat(select.result()).isEqualTo("received");
        assertAtRest(channel);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -1_000_000_000, Long.MIN_VALUE})
    void noTimeMeansNow(long seconds) throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        Select<String> select =
                fair(receive(channel, message -> "received"), timeout(Duration.ofSeconds(seconds), () -> "late"));

        assertThat(threads.start(select::await).result()).isEqualTo("late");
        channel.send(1);
        assertThat(threads.start(select::await).result()).isEqualTo("received");
    }

    @Test
    void theLongestTimeMeansForEver() throws Exception {
        for (Duration forEver : List.of(
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE),
                Duration.ofNanos(Long.MAX_VALUE - 1))) {
            Channel<Integer> channel = Channel.bounded(1);
            Running<String> select =
                    threads.start(fair(receive(channel, message -> "received"), timeout(forEver, () -> "late"))::await);
            receiversWait(channel, 1);

            channel.send(1);

            assertThat(select.result()).isEqualTo("received");
        }
    }

    @Test
    void aSelectThatCanDoNothingElseWaitsForItsTimeout() throws Exception {
        for (Duration long_ : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofHours(1))) {
            Running<String> select = threads.start(fair(timeout(long_, () -> "late"))::await);
            select.thread().join(SHORT);
            assertThat(select.isDone()).isFalse();

            select.interrupt();

            assertThat(select.failure()).isInstanceOf(InterruptedException.class);
        }
    }

    @EveryBuffer
    void aClauseThatIsReadyWinsOverATimeThatIsUp(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Select<String> select =
                biased(timeout(Duration.ofDays(-1), () -> "late"), receive(channel, message -> "received"));

        for (int i = 0; i < 100; i++) {
            channel.send(i);
            assertThat(select.await()).isEqualTo("received");
        }

        assertThat(select.await()).isEqualTo("late");
    }

    @Test
    void theTimeRunsFromEachAwait() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        Select<String> select = fair(receive(channel, message -> "received"), timeout(SHORT, () -> "late"));
        for (int i = 0; i < 3; i++) {
            long from = System.nanoTime();
            assertThat(threads.start(select::await).result()).isEqualTo("late");
            assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(SHORT.toNanos());
        }
    }

    @Test
    void askingForAMessageTakesItsShareOfTheTime() throws Exception {
        Channel<Integer> full = Capacity.ONE.full();
        Select<String> select = fair(
                send(
                        full,
                        () -> {
                            LockSupport.parkNanos(SHORT.toNanos() * 2);
                            return 1;
                        },
                        () -> "sent"),
                timeout(Duration.ofSeconds(1), () -> "late"));
        long from = System.nanoTime();

        assertThat(threads.start(select::await).result()).isEqualTo("late");

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(9));
    }

    @Test
    void aTimeoutThatIsSwitchedOffIsNotThere() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        Running<String> select = threads.start(fair(
                receive(channel, message -> "received"),
                Select.<String>timeout(Duration.ZERO, () -> "late").when(() -> false))::await);
        receiversWait(channel, 1);

        channel.send(1);

        assertThat(select.result()).isEqualTo("received");
    }

    @EveryCapacity
    void otherwiseIsChosenWhenNothingElseIsReady(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Channel<Integer> full = Capacity.ONE.full();
        Select<String> select = fair(
                otherwise(() -> "nothing"), receive(channel, message -> "received"), send(full, () -> 2, () -> "sent"));

        assertThat(threads.start(select::await).result()).isEqualTo("nothing");

        assertAtRest(channel, full);
        full.receive();
        assertThat(threads.start(select::await).result()).isEqualTo("sent");
        CompletableFuture<Void> pending = channel.sendAsync(1);
        assertThat(threads.start(select::await).result()).isEqualTo("received");
        pending.join();
    }

    @Test
    void aSelectWithOtherwiseFindsAnotherThatWaits() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        Running<String> waiting = threads.start(fair(
                receive(channel, message -> "received"), receive(Channel.<Integer>rendezvous(), m -> "never"))::await);
        receiversWait(channel, 1);

        assertThat(fair(send(channel, () -> 1, () -> "sent"), otherwise(() -> "nothing"))
                        .await())
                .isEqualTo("sent");

        assertThat(waiting.result()).isEqualTo("received");
    }

    @Test
    void twoSelectsThatDoNotWaitNeverMeet() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();

        assertThat(fair(send(channel, () -> 1, () -> "sent"), otherwise(() -> "nothing"))
                        .await())
                .isEqualTo("nothing");
        assertThat(fair(receive(channel, message -> "received"), timeout(Duration.ZERO, () -> "nothing"))
                        .await())
                .isEqualTo("nothing");
        assertThat(fair(
                                send(channel, () -> 1, () -> "sent"),
                                receive(channel, message -> "received"),
                                otherwise(() -> "nothing"))
                        .await())
                .isEqualTo("nothing");
    }

    @Test
    void anOtherwiseThatIsSwitchedOffIsNotThere() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        Running<String> select = threads.start(fair(
                receive(channel, message -> "received"),
                Select.<String>otherwise(() -> "nothing").when(() -> false))::await);
        receiversWait(channel, 1);

        channel.send(1);

        assertThat(select.result()).isEqualTo("received");
    }

    @Test
    void ifAllClausesAreOffOnlyOtherwiseOrTheTimeoutIsLeft() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        channel.send(1);
        Select.Clause<String> receive =
                Select.<Integer, String>receive(channel, message -> "received").when(() -> false);
        Select.Clause<String> send = send(channel, () -> null, () -> "sent");

        assertThat(fair(receive, send, otherwise(() -> "nothing")).await()).isEqualTo("nothing");
        assertThat(fair(receive, send, timeout(SHORT, () -> "late")).await()).isEqualTo("late");
        for (Select<String> select : List.of(
                fair(receive, send),
                biased(receive),
                fair(receive, Select.<String>timeout(SHORT, () -> "late").when(() -> false)),
                fair(send, Select.<String>otherwise(() -> "nothing").when(() -> false)),
                fair(Select.<String>otherwise(() -> "nothing").when(() -> false)))) {
            assertThatIllegalStateException().isThrownBy(select::await).isNotInstanceOf(ChannelClosedException.class);
        }
        assertThat(channel.size()).isEqualTo(1);
        assertAtRest(channel);
    }

    @Test
    void aTimeoutLeavesNoClauseBehind() throws Exception {
        Channel<Integer> empty = Channel.rendezvous();
        Channel<Integer> full = Capacity.TWO.full();
        Select<String> select = fair(
                receive(empty, message -> "received"),
                send(empty, () -> 3, () -> "met itself"),
                send(full, () -> 3, () -> "sent"),
                timeout(Duration.ofNanos(100_000), () -> "late"));
        Running<Void> running = threads.run(() -> {
            for (int i = 0; i < 200; i++) {
                assertThat(select.await()).isEqualTo("late");
                assertAtRest(empty, full);
            }
        });
        running.result();

        Running<Void> sender = threads.run(() -> full.send(4));
        sendersWait(full, 1);
        assertThat(List.of(full.receive(), full.receive(), full.receive())).containsExactly(1, 2, 4);
        sender.result();
    }
}
