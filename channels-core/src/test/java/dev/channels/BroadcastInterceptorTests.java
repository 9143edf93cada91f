package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** An interceptor sees a broadcast message once when it is sent, and once in each subscription that receives it. */
@EveryKindOfThread
class BroadcastInterceptorTests {

    @Parameter
    private Threads threads;

    private final RecordingInterceptor recorder = new RecordingInterceptor();

    private Broadcast.Builder<Integer> builder() {
        return Broadcast.builder("prices").capacity(2).interceptor(recorder);
    }

    @Test
    void allSubscriptionsShareWhatWasAttached() throws Exception {
        Broadcast<Integer> broadcast = builder().build();
        try (Subscription<Integer> one = broadcast.subscribe();
                Subscription<Integer> other = broadcast.subscribe()) {
            Running<Void> sender = threads.run(() -> broadcast.send(1));
            sender.result();
            Running<Integer> first = threads.start(() -> one.receive());
            first.result();
            Running<Integer> second = threads.start(() -> other.receive());

            assertThat(second.result()).isEqualTo(1);
            assertThat(recorder.entered())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.thread()).isSameAs(sender.thread()));
            assertThat(recorder.received()).containsExactly(1, 1);
            assertThat(recorder.left())
                    .extracting(RecordingInterceptor.Seen::thread)
                    .containsExactly(first.thread(), second.thread());
            recorder.assertAttachmentsArrived();
            assertThat(recorder.left().get(0).attachment())
                    .isSameAs(recorder.left().get(1).attachment());
        }
    }

    @Test
    void everyFormOfSendingAndReceivingIsSeen() throws Exception {
        Broadcast<Integer> broadcast = builder().capacity(10).build();
        try (Subscription<Integer> subscription = broadcast.subscribe()) {
            broadcast.send(1);
            broadcast.trySend(2);
            broadcast.sendAsync(3).join();
            Select.<String>fair(Select.send(broadcast, () -> 4, () -> "sent")).await();
            broadcast.send(5);

            assertThat(subscription.peek()).isEqualTo(1);
            assertThat(recorder.left()).isEmpty();
            subscription.receive();
            subscription.tryReceive();
            subscription.drainTo(new ArrayList<>(), 1);
            Select.<Integer>fair(Select.receive(subscription, message -> message))
                    .await();
            subscription.iterator().next();

            assertThat(recorder.received()).containsExactly(1, 2, 3, 4, 5);
            recorder.assertAttachmentsArrived();
        }
    }

    @Test
    void aReplayHasWhatWasAttached() throws Exception {
        Broadcast<Integer> broadcast = builder().replay(2).build();
        broadcast.send(1);
        broadcast.send(2);
        broadcast.send(3);

        try (Subscription<Integer> late = broadcast.subscribe()) {
            assertThat(late.receive()).isEqualTo(2);
            assertThat(late.receive()).isEqualTo(3);
        }

        assertThat(recorder.entered()).hasSize(3);
        assertThat(recorder.received()).containsExactly(2, 3);
        recorder.assertAttachmentsArrived();
    }

    @Test
    void aMissedMessageIsNotReceived() throws Exception {
        Broadcast<Integer> broadcast =
                builder().capacity(1).overflow(Overflow.DROP_OLDEST).build();
        try (Subscription<Integer> slow = broadcast.subscribe()) {
            broadcast.send(1);
            broadcast.send(2);

            assertThat(slow.receive()).isEqualTo(2);
            assertThat(slow.missed()).isOne();
            assertThat(recorder.received()).containsExactly(2);
        }
    }

    @Test
    void itIsToldOfSendsThatWaited() throws Exception {
        Broadcast<Integer> broadcast = builder().capacity(1).build();
        try (Subscription<Integer> slow = broadcast.subscribe()) {
            broadcast.send(1);
            Running<Void> sender = threads.run(() -> broadcast.send(2));
            sendersWait(broadcast, 1);
            slow.receive();
            sender.result();

            assertThat(recorder.waits()).hasSize(1);
        }
    }

    @Test
    void aMessageItRefusesReachesNobody() throws Exception {
        IllegalArgumentException refusal = new IllegalArgumentException("refused");
        Broadcast<Integer> broadcast = Broadcast.builder("prices")
                .<Integer>interceptor(new ChannelInterceptor<>() {
                    @Override
                    public Object onSend(Integer message) {
                        throw refusal;
                    }
                })
                .build();
        try (Subscription<Integer> subscription = broadcast.subscribe()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> broadcast.send(1))
                    .isSameAs(refusal);
            assertThat(broadcast.sendAsync(1).exceptionNow()).isSameAs(refusal);

            assertThat(subscription.tryReceive()).isNull();
            assertThat(countsOf(broadcast)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
        }
    }

    @Test
    void whatItThrowsAtOneReceiverDoesNotReachTheOthers() throws Exception {
        List<Integer> seen = new ArrayList<>();
        Broadcast<Integer> broadcast = Broadcast.builder("prices")
                .<Integer>interceptor(new ChannelInterceptor<>() {
                    @Override
                    public void onReceive(Integer message, Object attachment) {
                        seen.add(message);
                        if (seen.size() == 1) {
                            throw new IllegalArgumentException("once");
                        }
                    }
                })
                .build();
        try (Subscription<Integer> one = broadcast.subscribe();
                Subscription<Integer> other = broadcast.subscribe()) {
            CompletableFuture<Integer> pending = one.receiveAsync();
            broadcast.send(1);

            eventually(pending::isDone);
            assertThat(pending.exceptionNow()).isInstanceOf(IllegalArgumentException.class);
            assertThat(other.receive()).isEqualTo(1);
            assertThat(countsOf(broadcast)).isEqualTo("sent 1, received 2, dropped 0, returned 0, size 0");
        }
    }
}
