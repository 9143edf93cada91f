package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A channel that is closed at once hands back what it held; everybody who waits gets the end. */
@EveryKindOfThread
class CloseNowTests {

    private final Throwable cause = new IOException("disk full");

    @Parameter
    private Threads threads;

    @EveryLimit
    void whatWasBufferedIsHandedBackOldestFirst(Capacity capacity) {
        Channel<Integer> channel = capacity.full();

        assertThat(channel.closeNow()).containsExactlyElementsOf(capacity.contents());

        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received 0, dropped 0, returned %d, size 0".formatted(n, n));
        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel.isClosedForReceive()).isTrue();
        assertThat(channel.peek()).isNull();
        assertThat(channel.drainTo(new ArrayList<>(), 5)).isZero();
    }

    @Test
    void whatAnUnboundedChannelHeldIsHandedBackToo() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        for (int i = 1; i <= 1_000; i++) {
            channel.send(i);
        }
        channel.receive();

        assertThat(channel.closeNow(cause)).hasSize(999).startsWith(2).endsWith(1_000);
        assertThat(countsOf(channel)).isEqualTo("sent 1000, received 1, dropped 0, returned 999, size 0");
    }

    @EveryLimit
    void aSecondTimeThereIsNothingToHandBack(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        channel.closeNow();

        assertThat(channel.closeNow()).isEmpty();
        assertThat(channel.closeNow(cause)).isEmpty();
    }

    @EveryLimit
    void everyFormThrowsAfterwards(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        channel.closeNow(cause);

        List<ThrowingCallable> operations = List.of(
                () -> channel.send(1),
                () -> channel.trySend(1),
                () -> channel.trySend(1, Duration.ofHours(1)),
                channel::receive,
                channel::tryReceive,
                () -> channel.tryReceive(Duration.ofHours(1)),
                () -> channel.receiveMany(new ArrayList<>(), 1),
                () -> channel.receiveMany(new ArrayList<>(), 1, Duration.ofHours(1)),
                () -> channel.iterator().hasNext(),
                () -> channel.iterator().next(),
                () -> channel.stream().toList());
        for (ThrowingCallable operation : operations) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(operation)
                    .withMessageContaining(channel.name())
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        }
        assertThat(channel.sendAsync(1).exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(channel.receiveAsync().exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    @EveryLimitedBuffer
    void iterationThrowsAlsoWithoutACauseBecauseMessagesWereTakenAway(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        channel.closeNow();

        List<ThrowingCallable> operations = List.of(
                () -> channel.iterator().hasNext(),
                () -> channel.iterator().next(),
                () -> channel.stream().toList(),
                () -> channel.receiveMany(new ArrayList<>(), 1));
        for (ThrowingCallable operation : operations) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(operation)
                    .withNoCause();
        }
    }

    @EveryLimit
    void blockedSendersKeepTheirMessages(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        List<Running<Void>> senders = new ArrayList<>();
        for (BlockingSend form : BlockingSend.values()) {
            senders.add(threads.run(() -> form.send(channel, 99)));
            sendersWait(channel, senders.size());
        }
        CompletableFuture<Void> pending = channel.sendAsync(100);

        assertThat(channel.closeNow(cause)).containsExactlyElementsOf(capacity.contents());

        for (Running<Void> sender : senders) {
            assertThat(sender.failure())
                    .isInstanceOf(ChannelClosedException.class)
                    .hasCause(cause);
        }
        assertThat(pending).isCompletedExceptionally();
        assertThat(pending.exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(channel.blockedSenders()).isZero();
        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received 0, dropped 0, returned %d, size 0".formatted(n, n));
    }

    @EveryCapacity
    void blockedReceiversGetTheEnd(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<Running<Integer>> receivers = new ArrayList<>();
        for (BlockingReceive form : BlockingReceive.values()) {
            receivers.add(threads.start(() -> form.from(channel)));
            receiversWait(channel, receivers.size());
        }
        CompletableFuture<Integer> pending = channel.receiveAsync();

        assertThat(channel.closeNow(cause)).isEmpty();

        for (Running<Integer> receiver : receivers) {
            assertThat(receiver.failure())
                    .isInstanceOf(ChannelClosedException.class)
                    .hasCause(cause);
        }
        assertThat(pending.exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(channel.blockedReceivers()).isZero();
    }

    @EveryLimit
    void afterAnEarlierCloseTheFirstCauseStays(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = channel.sendAsync(100);
        channel.close(cause);

        assertThat(channel.closeNow(new IOException("another"))).containsExactlyElementsOf(capacity.contents());

        assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        assertThat(pending.exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::receive)
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimit
    void afterAnEarlierCloseWithoutACauseThereIsNone(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        channel.close();

        assertThat(channel.closeNow(cause)).containsExactlyElementsOf(capacity.contents());

        assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class).hasNoCause();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::tryReceive)
                .withNoCause();
    }

    @EveryLimit
    void aLaterCloseChangesNothing(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        channel.closeNow();

        channel.close(cause);

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::tryReceive)
                .withNoCause();
    }

    @EveryLimitedBuffer
    void aMessageThatAnIteratorHasTakenIsNotHandedBack(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        Iterator<Integer> iterator = channel.iterator();
        assertThat(iterator.hasNext()).isTrue();

        assertThat(channel.closeNow())
                .containsExactlyElementsOf(capacity.contents().subList(1, capacity.limit()));

        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isEqualTo(1);
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(iterator::hasNext);
    }

    @Test
    void whatIsHandedBackDoesNotCountAsDropped() {
        List<Integer> dropped = new ArrayList<>();
        Channel<Integer> channel = Channel.builder("numbers")
                .capacity(2)
                .overflow(Overflow.DROP_OLDEST)
                .<Integer>onDropped(dropped::add)
                .build();
        channel.trySend(1);
        channel.trySend(2);

        assertThat(channel.closeNow()).containsExactly(1, 2);

        assertThat(dropped).isEmpty();
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 2, size 0");
    }

    @EveryLimit
    void closingAtOnceIgnoresAnInterrupt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();

        Running<List<Integer>> closer = threads.start(() -> {
            Thread.currentThread().interrupt();
            return channel.closeNow();
        });

        assertThat(closer.result()).containsExactlyElementsOf(capacity.contents());
        assertThat(closer.endedInterrupted()).isTrue();
    }
}
