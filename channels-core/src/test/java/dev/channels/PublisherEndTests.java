package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static dev.channels.PublisherTests.ends;
import static dev.channels.PublisherTests.gets;
import static dev.channels.PublisherTests.nothingMoreComes;
import static dev.channels.PublisherTests.numbers;
import static dev.channels.PublisherTests.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Every subscriber finds the end of its channel, once, and nothing after it. */
@EveryKindOfThread
class PublisherEndTests {

    @Parameter
    private Threads threads;

    @EveryLimit
    void theEndComesOnceEverythingIsTakenAlsoFromBlockedSenders(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = channel.sendAsync(99);
        channel.close();

        RecordingSubscriber<Integer> subscriber = subscribe(channel, Long.MAX_VALUE);

        gets(subscriber, capacity.contentsAnd(98, 99));
        ends(subscriber, "complete");
        sender.result();
        pending.join();
    }

    @EveryCapacity
    void whoWaitsFindsTheEnd(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 1);
        receiversWait(channel, 1);

        channel.close();

        ends(subscriber, "complete");
        assertThat(channel.blockedReceivers()).isZero();
    }

    @EveryCapacity
    void whoSubscribesToAClosedChannelFindsTheEndWithoutDemand(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.close();

        ends(subscribe(channel, 0), "complete");
        ends(subscribe(channel, 1), "complete");
    }

    @EveryLimitedBuffer
    void withTheLastMessageOfAClosedChannelComesTheEndWithoutMoreDemand(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        channel.close();

        RecordingSubscriber<Integer> subscriber = subscribe(channel, capacity.limit());

        ends(subscriber, "complete");
        assertThat(subscriber.messages()).containsExactlyElementsOf(capacity.contents());
    }

    @EveryCapacity
    void whoHasNoDemandAtTheEndFindsItWhenItAsks(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 1);
        channel.send(0);
        gets(subscriber, List.of(0));
        channel.close();

        subscriber.subscription().request(1);

        ends(subscriber, "complete");
    }

    @EveryCapacity
    void aFailureIsAnErrorOnceEverythingIsTaken(Capacity capacity) throws Exception {
        IOException cause = new IOException("disk full");
        Channel<Integer> channel = capacity.channel();
        CompletableFuture<Void> sent = channel.sendAsync(7);
        channel.close(cause);

        RecordingSubscriber<Integer> subscriber = subscribe(channel, 5);

        ends(subscriber, "error");
        assertThat(subscriber.messages()).containsExactly(7);
        assertThat(subscriber.error())
                .isInstanceOf(ChannelClosedException.class)
                .hasMessageContaining(channel.name())
                .hasCause(cause);
        sent.join();
        RecordingSubscriber<Integer> late = subscribe(channel, 0);
        ends(late, "error");
        assertThat(late.error()).hasCause(cause);
    }

    @EveryCapacity
    void aFailureIsAnErrorForWhoWaits(Capacity capacity) {
        IOException cause = new IOException("disk full");
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 1);
        receiversWait(channel, 1);

        channel.close(cause);

        ends(subscriber, "error");
        assertThat(subscriber.error())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    @EveryCapacity
    void closingAtOnceIsAnError(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> waiting = subscribe(channel, 1);
        receiversWait(channel, 1);
        RecordingSubscriber<Integer> idle = subscribe(channel, 0);

        channel.closeNow();
        idle.subscription().request(1);

        for (RecordingSubscriber<Integer> subscriber : List.of(waiting, idle, subscribe(channel, 0))) {
            ends(subscriber, "error");
            assertThat(subscriber.error())
                    .isInstanceOf(ChannelClosedException.class)
                    .hasNoCause();
        }
    }

    @Test
    void afterTheEndNothingHappensAnyMore() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        channel.close();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 1);
        ends(subscriber, "complete");

        subscriber.subscription().request(1);
        subscriber.subscription().request(-1);
        subscriber.subscription().cancel();

        nothingMoreComes(subscriber);
    }

    @Test
    void theSubscriberOfAHandleFindsTheEndWhenThatIsClosed() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        ReceiverHandle<Integer> other = channel.newReceiver();
        RecordingSubscriber<Integer> subscriber = subscribe(handle, 1);
        receiversWait(channel, 1);

        handle.close();

        ends(subscriber, "complete");
        channel.send(1);
        assertThat(other.receive()).isOne();
        other.close();
    }

    @Test
    void theSubscriberOfASubscriptionGetsItsMessages() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(2);
        Subscription<Integer> subscription = broadcast.subscribe();
        RecordingSubscriber<Integer> subscriber = subscribe(subscription, Long.MAX_VALUE);
        for (int i = 0; i < 20; i++) {
            broadcast.send(i);
        }

        gets(subscriber, numbers(20));
        subscription.close();
        ends(subscriber, "complete");
    }

    @Test
    void theSubscriberOfATimerGetsItsInstants() {
        RecordingSubscriber<Instant> once = subscribe(Channel.after(Duration.ofMillis(5)), 1);
        RecordingSubscriber<Instant> again = subscribe(Channel.tick(Duration.ofMillis(1)), 3);
        RecordingSubscriber<Instant> never = subscribe(Channel.never(), 1);

        ends(once, "complete");
        assertThat(once.messages()).hasSize(1);
        eventually(() -> again.messages().size() == 3);
        assertThat(again.messages()).isSorted().doesNotHaveDuplicates();
        assertThat(never.signals()).containsExactly("subscribe");
    }
}
