package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A channel's messages as a stream. */
@EveryKindOfThread
class StreamTests {

    @Parameter
    private Threads threads;

    @EveryCapacity
    void endsWhenTheChannelCloses(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<List<Integer>> stream =
                threads.start(() -> channel.stream().map(message -> message * 2).toList());

        for (int i = 1; i <= 5; i++) {
            channel.send(i);
        }
        channel.close();

        assertThat(stream.result()).containsExactly(2, 4, 6, 8, 10);
        assertThat(countsOf(channel)).isEqualTo("sent 5, received 5, dropped 0, returned 0, size 0");
    }

    @EveryLimitedBuffer
    void failsWhenTheChannelFailed(Capacity capacity) {
        IOException cause = new IOException();
        Channel<Integer> channel = capacity.full();
        channel.close(cause);
        List<Integer> messages = new ArrayList<>();

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> channel.stream().forEach(messages::add))
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));

        assertThat(messages).containsExactlyElementsOf(capacity.contents());
    }

    @Test
    void takesNoMoreThanItsLimit() {
        Channel<Integer> channel = Capacity.TEN.full();

        assertThat(channel.stream().limit(4).toList()).containsExactly(1, 2, 3, 4);

        assertThat(countsOf(channel)).isEqualTo("sent 10, received 4, dropped 0, returned 0, size 6");
    }

    @EveryLimitedBuffer
    void doesNotWaitForAMessageBeyondItsLimit(Capacity capacity) {
        Channel<Integer> channel = capacity.full();

        assertThat(channel.stream().limit(capacity.limit()).toList()).containsExactlyElementsOf(capacity.contents());

        assertThat(channel.blockedReceivers()).isZero();
    }

    @EveryLimit
    void takesFromBlockedSendersNoMoreThanItsLimit(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = channel.sendAsync(99);

        assertThat(channel.stream().limit(1).toList())
                .containsExactly(capacity.contentsAnd(98).get(0));

        sender.result();
        assertThat(pending).isNotDone();
        assertThat(channel.stream().limit(capacity.limit() + 1).toList()).endsWith(99);
        pending.join();
    }

    @Test
    void aSearchTakesNoMoreThanItNeeds() {
        Channel<Integer> channel = Capacity.TEN.full();

        assertThat(channel.stream().findFirst()).hasValue(1);
        assertThat(channel.stream().filter(message -> message > 3).findFirst()).hasValue(4);
        assertThat(channel.stream().anyMatch(message -> message == 6)).isTrue();

        assertThat(channel.peek()).isEqualTo(7);
        assertThat(countsOf(channel)).isEqualTo("sent 10, received 6, dropped 0, returned 0, size 4");
    }

    @EveryCapacity
    void anInterruptedStepIsACancellationThatTakesNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<List<Integer>> stream = threads.start(() -> channel.stream().toList());
        receiversWait(channel, 1);

        stream.interrupt();

        assertThat(stream.failure())
                .isInstanceOf(CancellationException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(stream.endedInterrupted()).isTrue();
        assertThat(channel.blockedReceivers()).isZero();
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @EveryBuffer
    void aStepOfAnInterruptedThreadTakesNothingThoughThereIsAMessage(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.send(1);

        Running<List<Integer>> stream = threads.start(() -> {
            Thread.currentThread().interrupt();
            return channel.stream().limit(1).toList();
        });

        assertThat(stream.failure())
                .isInstanceOf(CancellationException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(stream.endedInterrupted()).isTrue();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 0, dropped 0, returned 0, size 1");
    }

    @EveryBuffer
    void closingTheStreamDoesNotCloseTheChannel(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.send(1);

        try (Stream<Integer> stream = channel.stream()) {
            assertThat(stream.findFirst()).hasValue(1);
        }

        assertThat(channel.isClosedForSend()).isFalse();
        channel.send(2);
        assertThat(channel.receive()).isEqualTo(2);
    }

    @Test
    void isSequential() {
        assertThat(Channel.bounded(1).stream().isParallel()).isFalse();
    }

    @Test
    void madeParallelItStillHasEveryMessage() {
        Channel<Integer> channel = Channel.unbounded();
        for (int i = 0; i < 1_000; i++) {
            channel.trySend(i);
        }
        channel.close();

        assertThat(channel.stream().parallel().map(message -> message + 1).toList())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 1_000).boxed().toList());
    }
}
