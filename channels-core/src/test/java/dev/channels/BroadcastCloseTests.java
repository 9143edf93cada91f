package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A closed broadcast takes no more; its subscriptions read what they have. A closed subscription leaves the others alone. */
@EveryKindOfThread
class BroadcastCloseTests {

    private final Throwable cause = new IOException("feed lost");

    @Parameter
    private Threads threads;

    private final Broadcast<Integer> broadcast = Broadcast.create(2);
    private final Subscription<Integer> one = broadcast.subscribe();
    private final Subscription<Integer> other = broadcast.subscribe();

    @Test
    void laterSendsThrow() {
        broadcast.close(cause);

        List<ThrowingCallable> sends = List.of(
                () -> broadcast.send(1),
                () -> broadcast.trySend(1),
                () -> broadcast.trySend(1, Duration.ZERO),
                () -> broadcast.trySend(1, Duration.ofHours(1)));
        for (ThrowingCallable send : sends) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(send)
                    .withMessageContaining(broadcast.name())
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        }
        assertThat(broadcast.sendAsync(1).exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(broadcast.isClosedForSend()).isTrue();
        assertThat(broadcast.stats().closed()).isTrue();
    }

    @Test
    void whatWasNotReadYetStaysReadable() throws Exception {
        broadcast.send(1);
        broadcast.send(2);

        broadcast.close();

        assertThat(one.isClosedForReceive()).isFalse();
        assertThat(one).containsExactly(1, 2);
        assertThat(one.isClosedForReceive()).isTrue();
        assertThat(other.receive()).isEqualTo(1);
        assertThat(other.tryReceive()).isEqualTo(2);
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(other::receive)
                .withNoCause();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(other::tryReceive);
        assertThat(other.receiveMany(new ArrayList<>(), 1)).isZero();
    }

    @Test
    void subscriptionsGetTheCauseAfterWhatTheyHave() throws Exception {
        broadcast.send(1);
        broadcast.close(cause);

        assertThat(one.receive()).isEqualTo(1);
        List<ThrowingCallable> receives = List.of(
                one::receive,
                one::tryReceive,
                () -> one.tryReceive(Duration.ofHours(1)),
                () -> one.receiveMany(new ArrayList<>(), 1),
                () -> one.iterator().hasNext(),
                () -> one.stream().toList());
        for (ThrowingCallable receive : receives) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(receive)
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        }
        assertThat(one.receiveAsync().exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIVE", "TRY_RECEIVE_FOR_AN_HOUR", "TRY_RECEIVE_FOR_EVER"})
    void waitingReceiversFindTheEnd(BlockingReceive form) throws Exception {
        Running<Integer> receiver = threads.start(() -> form.from(one));
        receiversWait(broadcast, 1);
        CompletableFuture<Integer> pending = other.receiveAsync();
        receiversWait(broadcast, 2);

        broadcast.close(cause);

        assertThat(receiver.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(pending.exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(broadcast.stats().blockedReceivers()).isZero();
    }

    @Test
    void waitingSendersAreStillServedInOrder() throws Exception {
        broadcast.send(1);
        broadcast.send(2);
        Running<Void> third = threads.run(() -> broadcast.send(3));
        sendersWait(broadcast, 1);
        CompletableFuture<Void> fourth = broadcast.sendAsync(4);
        sendersWait(broadcast, 2);

        broadcast.close();

        assertThat(one.isClosedForReceive()).isFalse();
        Running<List<Integer>> oneReads = threads.start(() -> one.stream().toList());
        assertThat(other).containsExactly(1, 2, 3, 4);
        assertThat(oneReads.result()).containsExactly(1, 2, 3, 4);
        third.result();
        fourth.join();
    }

    @Test
    void aSubscriptionThatIsDrainedIsNotAtItsEndWhileASenderWaitsForAnother() throws Exception {
        broadcast.send(1);
        broadcast.send(2);
        Running<Void> sender = threads.run(() -> broadcast.send(3));
        sendersWait(broadcast, 1);
        broadcast.close();
        one.drainTo(new ArrayList<>(), 2);

        assertThat(one.isClosedForReceive()).isFalse();
        assertThat(one.tryReceive()).isNull();
        Running<Integer> receiver = threads.start(() -> one.receive());
        receiversWait(broadcast, 1);

        assertThat(other.receive()).isEqualTo(1);
        assertThat(receiver.result()).isEqualTo(3);
        sender.result();
        assertThat(one.isClosedForReceive()).isTrue();
    }

    @Test
    void aReceiverFindsTheEndWhenTheLastWaitingSenderIsInterrupted() throws Exception {
        broadcast.send(1);
        broadcast.send(2);
        Running<Void> sender = threads.run(() -> broadcast.send(3));
        sendersWait(broadcast, 1);
        Running<Integer> receiver = receiverThatWaitsForASenderAfterTheClose();

        sender.interrupt();

        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void aReceiverFindsTheEndWhenTheLastWaitingSenderTimesOut() throws Exception {
        broadcast.send(1);
        broadcast.send(2);
        CompletableFuture<Void> pending = broadcast.sendAsync(3);
        Running<Boolean> sender = threads.start(() -> broadcast.trySend(4, Duration.ofMillis(100)));
        eventually(() -> broadcast.stats().blockedSenders() == 2 || sender.isDone());
        Running<Integer> receiver = receiverThatWaitsForASenderAfterTheClose();

        pending.cancel(true);

        assertThat(sender.result()).isFalse();
        assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void aReceiverFindsTheEndWhenTheLastPendingSendIsTakenBack() throws Exception {
        broadcast.send(1);
        broadcast.send(2);
        CompletableFuture<Void> pending = broadcast.sendAsync(3);
        Running<Integer> receiver = receiverThatWaitsForASenderAfterTheClose();

        pending.cancel(true);

        assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
    }

    private Running<Integer> receiverThatWaitsForASenderAfterTheClose() {
        broadcast.close();
        one.drainTo(new ArrayList<>(), 2);
        Running<Integer> receiver = threads.start(() -> one.receive());
        receiversWait(broadcast, 1);
        return receiver;
    }

    @Test
    void theFirstCloseDecidesTheCause() {
        broadcast.close();
        broadcast.close(cause);
        broadcast.close();

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(one::receive)
                .withNoCause();
        assertThat(other.stream().toList()).isEmpty();
    }

    @Test
    void aSubscriptionToAClosedBroadcastIsAtItsEnd() throws Exception {
        broadcast.send(1);
        broadcast.close(cause);

        try (Subscription<Integer> late = broadcast.subscribe()) {
            assertThat(late.isClosedForReceive()).isTrue();
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(late::receive)
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        }
    }

    @Test
    void aClosedSubscriptionIsNotCounted() {
        assertThat(broadcast.subscribers()).isEqualTo(2);

        one.close();
        one.close();

        assertThat(broadcast.subscribers()).isOne();
        other.close();
        assertThat(broadcast.subscribers()).isZero();
    }

    @Test
    void everyOperationOfAClosedSubscriptionThrows() throws Exception {
        broadcast.send(1);
        one.close();

        List<ThrowingCallable> receives =
                List.of(one::receive, one::tryReceive, () -> one.tryReceive(Duration.ofHours(1)));
        for (ThrowingCallable receive : receives) {
            assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(receive);
        }
        assertThat(one.receiveAsync().exceptionNow()).isInstanceOf(ChannelClosedException.class);
        assertThat(one.isClosedForReceive()).isTrue();
        assertThat(one.peek()).isNull();
        assertThat(one.drainTo(new ArrayList<>(), 1)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIVE", "TRY_RECEIVE_FOR_AN_HOUR", "TRY_RECEIVE_FOR_EVER"})
    void closingASubscriptionEndsItsWaitingOperations(BlockingReceive form) throws Exception {
        Running<Integer> receiver = threads.start(() -> form.from(one));
        receiversWait(broadcast, 1);
        CompletableFuture<Integer> pending = one.receiveAsync();
        Running<Integer> notAffected = threads.start(() -> other.receive());
        receiversWait(broadcast, 3);

        one.close();

        assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(pending.exceptionNow()).isInstanceOf(ChannelClosedException.class);
        assertThat(broadcast.stats().blockedReceivers()).isOne();
        broadcast.send(1);
        assertThat(notAffected.result()).isEqualTo(1);
    }

    @Test
    void whatAClosedSubscriptionHadNotReadIsDropped() throws Exception {
        broadcast.send(1);
        broadcast.send(2);
        one.receive();

        one.close();
        one.close();

        assertThat(countsOf(broadcast)).isEqualTo("sent 2, received 1, dropped 1, returned 0, size 2");
        assertThat(one.missed()).isZero();
        assertThat(other.receive()).isEqualTo(1);
        assertThat(other.receive()).isEqualTo(2);
    }

    @Test
    void aClosedSubscriptionLeavesTheBroadcastOpen() throws Exception {
        one.close();
        other.close();

        assertThat(broadcast.isClosedForSend()).isFalse();
        broadcast.send(1);
        try (Subscription<Integer> late = broadcast.subscribe()) {
            broadcast.send(2);
            assertThat(late.receive()).isEqualTo(2);
        }
    }

    @Test
    void closingASubscriptionAfterTheBroadcastIsHarmless() {
        broadcast.close();
        one.close();
        broadcast.close();

        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(one::receive);
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(other::receive);
    }
}
