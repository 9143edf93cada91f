package dev.channels;

import static dev.channels.Counts.countsOf;
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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A closed channel makes its clause ready, unless it is to be skipped. */
@EveryKindOfThread
class SelectClosedTests {

    private final Throwable cause = new IOException("disk full");
    private final Channel<Integer> open = Channel.rendezvous();

    @Parameter
    private Threads threads;

    private static Select.Clause<String> received(Receiver<Integer> from) {
        return receive(from, message -> "received " + message);
    }

    private static Select.Clause<String> sent(Sender<Integer> to, int message) {
        return send(to, () -> message, () -> "sent");
    }

    @EveryCapacity
    void aClosedAndDrainedChannelIsReady(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.close(cause);

        assertThat(fair(received(open), received(channel).onClosed(() -> "closed"))
                        .await())
                .isEqualTo("closed");
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(fair(received(open), received(channel))::await)
                .withCause(cause)
                .withMessageContaining(channel.name());
        assertAtRest(channel, open);
    }

    @EveryBuffer
    void whatIsLeftInAClosedChannelComesFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.send(1);
        channel.close();
        Select<String> select = fair(received(open), received(channel).onClosed(() -> "closed"));

        assertThat(select.await()).isEqualTo("received 1");
        assertThat(select.await()).isEqualTo("closed");
        assertThat(select.await()).isEqualTo("closed");
    }

    @EveryLimit
    void soDoBlockedSenders(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = channel.sendAsync(99);
        channel.close();
        Select<String> select = fair(received(open), received(channel).onClosed(() -> "closed"));

        for (Integer message : capacity.contentsAnd(98, 99)) {
            assertThat(select.await()).isEqualTo("received " + message);
        }

        assertThat(select.await()).isEqualTo("closed");
        sender.result();
        pending.join();
        assertAtRest(channel);
    }

    @EveryCapacity
    void aSendClauseOfAClosedChannelIsReady(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.close(cause);

        assertThat(fair(received(open), sent(channel, 1).onClosed(() -> "closed"))
                        .await())
                .isEqualTo("closed");
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(fair(received(open), sent(channel, 1))::await)
                .withCause(cause);
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @EveryLimitedBuffer
    void alsoIfItIsFull(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        channel.close();

        assertThat(fair(received(open), sent(channel, 99).onClosed(() -> "closed"))
                        .await())
                .isEqualTo("closed");
        assertThat(channel.size()).isEqualTo(capacity.limit());
    }

    @EveryCapacity
    void aCloseEndsASelectThatWaitsToReceive(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<String> told =
                threads.start(fair(received(open), received(channel).onClosed(() -> "closed"))::await);
        Running<String> untold = threads.start(fair(received(open), received(channel))::await);
        receiversWait(channel, 2);

        channel.close(cause);

        assertThat(told.result()).isEqualTo("closed");
        assertThat(untold.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        assertAtRest(channel, open);
    }

    @EveryLimit
    void aCloseEndsASelectThatWaitsToSendWhileBlockedSendersAreServed(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<String> told =
                threads.start(fair(received(open), sent(channel, 97).onClosed(() -> "closed"))::await);
        sendersWait(channel, 1);
        Running<Void> sender = threads.run(() -> channel.send(98));
        sendersWait(channel, 2);
        Running<String> untold = threads.start(fair(received(open), sent(channel, 99))::await);
        sendersWait(channel, 3);

        channel.close(cause);

        assertThat(told.result()).isEqualTo("closed");
        assertThat(untold.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        assertThat(channel.blockedSenders()).isEqualTo(1);
        List<Integer> messages = new ArrayList<>();
        channel.drainTo(messages, 100);
        sender.result();
        assertThat(messages).isEqualTo(capacity.contentsAnd(98));
        assertThat(channel.isClosedForReceive()).isTrue();
        assertAtRest(channel, open);
    }

    @EveryCapacity
    void aCloseAtOnceEndsASelectThatWaitsAtEitherEnd(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Channel<Integer> full = Capacity.ONE.full();
        Running<String> receiver =
                threads.start(fair(received(open), received(channel).onClosed(() -> "closed"))::await);
        receiversWait(channel, 1);
        Running<String> sender =
                threads.start(fair(received(open), sent(full, 99).onClosed(() -> "closed"))::await);
        sendersWait(full, 1);

        assertThat(channel.closeNow(cause)).isEmpty();
        assertThat(full.closeNow(cause)).containsExactly(1);

        assertThat(receiver.result()).isEqualTo("closed");
        assertThat(sender.result()).isEqualTo("closed");
        assertAtRest(channel, full, open);
    }

    @Test
    void aChannelInTwoClausesClosesOneOfThem() throws Exception {
        Running<String> select = threads.start(
                fair(received(open).onClosed(() -> "received"), sent(open, 1).onClosed(() -> "sent"))::await);
        sendersWait(open, 1);
        receiversWait(open, 1);

        open.close();

        assertThat(select.result()).isIn("received", "sent");
        assertAtRest(open);
    }

    @Test
    void aBiasedSelectTakesAClosedChannelInItsTurn() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        Channel<Integer> closed = Channel.unbounded();
        closed.close();
        channel.send(1);

        assertThat(biased(received(channel), received(closed).onClosed(() -> "closed"))
                        .await())
                .isEqualTo("received 1");
        channel.send(2);
        assertThat(biased(received(closed).onClosed(() -> "closed"), received(channel))
                        .await())
                .isEqualTo("closed");
    }

    @Test
    void aClosedClauseIsReadyBeforeOtherwise() throws Exception {
        open.close();

        assertThat(fair(received(open).onClosed(() -> "closed"), otherwise(() -> "nothing"))
                        .await())
                .isEqualTo("closed");
        assertThat(fair(sent(open, 1).onClosed(() -> "closed"), timeout(Duration.ZERO, () -> "late"))
                        .await())
                .isEqualTo("closed");
    }

    @Test
    void whatOnClosedThrowsLeavesAwait() throws Exception {
        open.close();
        InterruptedException thrown = new InterruptedException("own");

        Running<String> select = threads.start(fair(received(open).onClosed(() -> {
            throw thrown;
        }))::await);

        assertThat(select.failure()).isSameAs(thrown);
    }

    @EveryCapacity
    void aClosedChannelIsSkippedIfToldSo(Capacity capacity) throws Exception {
        Channel<Integer> closed = capacity.channel();
        closed.close(cause);
        Channel<Integer> channel = Channel.unbounded();
        channel.send(1);
        Select<String> select = biased(received(closed).onClosed(() -> "closed"), sent(closed, 1), received(channel))
                .skipClosed();

        assertThat(select.await()).isEqualTo("received 1");
        Running<String> waiting = threads.start(select::await);
        receiversWait(channel, 1);
        assertThat(closed.waiters()).isEmpty();
        channel.send(2);
        assertThat(waiting.result()).isEqualTo("received 2");
    }

    @EveryCapacity
    void aChannelThatClosesWhileItWaitsIsSkippedFromThenOn(Capacity capacity) throws Exception {
        Channel<Integer> closing = capacity.channel();
        Channel<Integer> full = Capacity.ONE.full();
        Channel<Integer> channel = Channel.bounded(1);
        Running<String> select = threads.start(
                fair(received(closing), received(channel), sent(full, 2)).skipClosed()::await);
        receiversWait(closing, 1);

        closing.close();
        receiversWait(channel, 1);
        sendersWait(full, 1);
        full.close();
        receiversWait(channel, 1);
        assertThat(select.isDone()).isFalse();
        channel.send(1);

        assertThat(select.result()).isEqualTo("received 1");
        assertAtRest(closing, full, channel);
    }

    @EveryCapacity
    void theSelectEndsWhenAllChannelsAreClosed(Capacity capacity) throws Exception {
        Channel<Integer> first = capacity.channel();
        Channel<Integer> second = Capacity.ONE.full();
        Select<String> select = fair(received(first), sent(second, 2)).skipClosed();
        Running<String> waiting = threads.start(select::await);
        receiversWait(first, 1);

        second.close();
        receiversWait(first, 1);
        assertThat(waiting.isDone()).isFalse();
        first.close(cause);

        assertThat(waiting.failure()).isInstanceOf(ChannelClosedException.class);
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(select::await);
        assertAtRest(first, second);
    }

    @Test
    void ifAllAreClosedATimeoutIsNotWaitedFor() {
        open.close(cause);

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(fair(received(open), sent(open, 1), timeout(Duration.ofHours(1), () -> "late"))
                        .skipClosed()::await)
                .withCause(cause)
                .withMessageContaining(open.name());
    }

    @Test
    void ifAllAreClosedOtherwiseIsChosen() throws Exception {
        open.close();
        Select<String> select =
                fair(received(open), sent(open, 1), otherwise(() -> "nothing")).skipClosed();

        assertThat(select.await()).isEqualTo("nothing");
    }

    @Test
    void ifAllAreClosedAnOtherwiseThatIsSwitchedOffDoesNotHelp() {
        open.close();

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(fair(
                                received(open),
                                Select.<String>otherwise(() -> "nothing").when(() -> false))
                        .skipClosed()::await);
    }

    @Test
    void skippingMakesAnotherSelect() throws Exception {
        open.close();
        Select<String> select = fair(received(open).onClosed(() -> "closed"), otherwise(() -> "nothing"));

        assertThat(select.skipClosed().await()).isEqualTo("nothing");
        assertThat(select.await()).isEqualTo("closed");
        assertThat(select.skipClosed().skipClosed().await()).isEqualTo("nothing");
    }

    @Test
    void aClauseThatIsSwitchedOffIsNotReadyThoughItsChannelIsClosed() throws Exception {
        open.close();

        assertThat(fair(received(open).when(() -> false), otherwise(() -> "nothing"))
                        .await())
                .isEqualTo("nothing");
        assertThatIllegalStateException()
                .isThrownBy(fair(received(open).when(() -> false))::await)
                .isNotInstanceOf(ChannelClosedException.class);
    }

    @EveryCapacity
    void closingAReceiverHandleEndsOnlyItsOwnClause(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        ReceiverHandle<Integer> closing = channel.newReceiver();
        ReceiverHandle<Integer> staying = channel.newReceiver();
        Running<String> first =
                threads.start(fair(received(open), received(closing).onClosed(() -> "closed"))::await);
        receiversWait(channel, 1);
        Running<String> second = threads.start(fair(received(open), received(staying))::await);
        Running<String> third =
                threads.start(fair(received(closing), received(staying)).skipClosed()::await);
        receiversWait(channel, 4);

        closing.close();

        assertThat(first.result()).isEqualTo("closed");
        receiversWait(channel, 2);
        channel.send(1);
        channel.send(2);
        assertThat(List.of(second.result(), third.result())).containsExactlyInAnyOrder("received 1", "received 2");
        assertThat(channel.isClosedForSend()).isFalse();
        assertAtRest(channel, open);
    }

    @EveryLimit
    void closingASenderHandleEndsOnlyItsOwnClause(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        SenderHandle<Integer> closing = channel.newSender();
        SenderHandle<Integer> staying = channel.newSender();
        Running<String> first = threads.start(fair(received(open), sent(closing, 98))::await);
        sendersWait(channel, 1);
        Running<String> second = threads.start(fair(received(open), sent(staying, 99))::await);
        sendersWait(channel, 2);

        closing.close(cause);

        assertThat(first.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        List<Integer> messages = new ArrayList<>();
        for (int i = 0; i <= capacity.limit(); i++) {
            messages.add(channel.receive());
        }
        assertThat(messages).isEqualTo(capacity.contentsAnd(99));
        assertThat(second.result()).isEqualTo("sent");
        assertAtRest(channel, open);
    }

    @EveryCapacity
    void closingTheLastHandleClosesTheOtherSide(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> sender = channel.newSender();
        Running<String> receiving = threads.start(fair(received(open), received(channel))::await);
        receiversWait(channel, 1);
        sender.close(cause);
        assertThat(receiving.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);

        Channel<Integer> full = Capacity.ONE.full();
        ReceiverHandle<Integer> receiver = full.newReceiver();
        Running<String> sending =
                threads.start(fair(received(open), sent(full, 2).onClosed(() -> "closed"))::await);
        sendersWait(full, 1);
        receiver.close();
        assertThat(sending.result()).isEqualTo("closed");
        assertAtRest(channel, full, open);
    }

    @Test
    void aClosedHandleStaysClosedForALaterSelect() throws Exception {
        Channel<Integer> channel = Channel.bounded(2);
        ReceiverHandle<Integer> receiver = channel.newReceiver();
        ReceiverHandle<Integer> another = channel.newReceiver();
        SenderHandle<Integer> sender = channel.newSender();
        SenderHandle<Integer> anotherSender = channel.newSender();
        channel.send(1);
        receiver.close();
        sender.close();

        assertThat(fair(received(receiver).onClosed(() -> "closed"), otherwise(() -> "nothing"))
                        .await())
                .isEqualTo("closed");
        assertThat(fair(sent(sender, 2).onClosed(() -> "closed"), otherwise(() -> "nothing"))
                        .await())
                .isEqualTo("closed");
        assertThat(fair(received(another)).await()).isEqualTo("received 1");
        assertThat(fair(sent(anotherSender, 2)).await()).isEqualTo("sent");
    }

    @Test
    void closingASubscriptionEndsTheSelectThatWaitsForIt() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> closing = broadcast.subscribe();
        Subscription<Integer> staying = broadcast.subscribe();
        Running<String> told =
                threads.start(fair(received(open), received(closing).onClosed(() -> "closed"))::await);
        Running<String> skipping =
                threads.start(fair(received(closing), received(staying)).skipClosed()::await);
        receiversWait(broadcast, 3);

        closing.close();

        assertThat(told.result()).isEqualTo("closed");
        receiversWait(broadcast, 1);
        broadcast.send(1);
        assertThat(skipping.result()).isEqualTo("received 1");
        assertThat(broadcast.waiters()).isEmpty();
        assertAtRest(open);
    }

    @Test
    void closingABroadcastEndsTheSelectsThatWaitForIt() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> slow = broadcast.subscribe();
        broadcast.send(1);
        Running<String> sender =
                threads.start(fair(received(open), sent(broadcast, 2).onClosed(() -> "closed"))::await);
        sendersWait(broadcast, 1);

        broadcast.close(cause);

        assertThat(sender.result()).isEqualTo("closed");
        assertThat(fair(received(slow)).await()).isEqualTo("received 1");
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(fair(received(slow), received(open))::await)
                .withCause(cause);
        assertThat(broadcast.waiters()).isEmpty();
    }
}
