package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A rendezvous channel never buffers: each message goes from hand to hand. */
@EveryKindOfThread
class RendezvousTests {

    @Parameter
    private Threads threads;

    private final Channel<String> channel = Channel.rendezvous();

    @Test
    void sendReturnsOnlyAfterAReceiverTookTheMessage() throws Exception {
        Running<Void> sender = threads.run(() -> channel.send("a"));
        sendersWait(channel, 1);
        assertThat(sender.isDone()).isFalse();

        assertThat(channel.receive()).isEqualTo("a");

        sender.result();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @Test
    void receiveWaitsForASender() throws Exception {
        Running<String> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        assertThat(receiver.isDone()).isFalse();

        channel.send("a");

        assertThat(receiver.result()).isEqualTo("a");
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @Test
    void trySendSucceedsOnlyIfAReceiverWaits() throws Exception {
        assertThat(channel.trySend("too early")).isFalse();

        Running<String> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        assertThat(channel.trySend("in time")).isTrue();
        assertThat(channel.trySend("too late")).isFalse();
        assertThat(receiver.result()).isEqualTo("in time");
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @Test
    void eachTrySendFindsAReceiverOfItsOwn() throws Exception {
        Running<String> first = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        Running<String> second = threads.start(() -> channel.receive());
        receiversWait(channel, 2);

        assertThat(channel.trySend("a")).isTrue();
        assertThat(channel.trySend("b")).isTrue();
        assertThat(channel.trySend("c")).isFalse();

        assertThat(first.result()).isEqualTo("a");
        assertThat(second.result()).isEqualTo("b");
    }

    @Test
    void trySendFindsAReceiverThatWaitsForALimitedTime() throws Exception {
        Running<String> receiver = threads.start(() -> channel.tryReceive(Duration.ofHours(1)));
        receiversWait(channel, 1);

        assertThat(channel.trySend("a")).isTrue();

        assertThat(receiver.result()).isEqualTo("a");
    }

    @Test
    void trySendFindsAPendingReceiveAsync() {
        CompletableFuture<String> receive = channel.receiveAsync();

        assertThat(channel.trySend("a")).isTrue();

        assertThat(receive.join()).isEqualTo("a");
    }

    @Test
    void tryReceiveTakesFromAWaitingSender() throws Exception {
        assertThat(channel.tryReceive()).isNull();

        Running<Void> sender = threads.run(() -> channel.send("a"));
        sendersWait(channel, 1);

        assertThat(channel.tryReceive()).isEqualTo("a");
        assertThat(channel.tryReceive()).isNull();
        sender.result();
    }

    @Test
    void tryReceiveTakesFromAPendingSendAsync() {
        CompletableFuture<Void> send = channel.sendAsync("a");
        assertThat(send).isNotDone();

        assertThat(channel.tryReceive()).isEqualTo("a");

        send.join();
    }

    @Test
    void twoOperationsThatDoNotWaitNeverMeet() throws Exception {
        assertThat(channel.trySend("a")).isFalse();
        assertThat(channel.trySend("b", Duration.ZERO)).isFalse();
        assertThat(channel.tryReceive()).isNull();
        assertThat(channel.tryReceive(Duration.ZERO)).isNull();
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @Test
    void twoTimedOperationsMeet() throws Exception {
        Running<Boolean> sender = threads.start(() -> channel.trySend("a", Duration.ofHours(1)));

        assertThat(channel.tryReceive(Duration.ofHours(1))).isEqualTo("a");
        assertThat(sender.result()).isTrue();
    }

    @Test
    void aWaitingSendersMessageIsNotInTheBuffer() throws Exception {
        Running<Void> sender = threads.run(() -> channel.send("a"));
        sendersWait(channel, 1);

        assertThat(channel.size()).isZero();
        assertThat(channel.peek()).isNull();
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");

        assertThat(channel.receive()).isEqualTo("a");
        sender.result();
    }

    @Test
    void waitingSendersAreDrainedInOrder() throws Exception {
        List<Running<Void>> senders = new ArrayList<>();
        for (String message : List.of("a", "b", "c")) {
            senders.add(threads.run(() -> channel.send(message)));
            sendersWait(channel, senders.size());
        }

        List<String> target = new ArrayList<>();
        assertThat(channel.drainTo(target, 2)).isEqualTo(2);
        assertThat(target).containsExactly("a", "b");
        assertThat(channel.receive()).isEqualTo("c");

        for (Running<Void> sender : senders) {
            sender.result();
        }
        assertThat(countsOf(channel)).isEqualTo("sent 3, received 3, dropped 0, returned 0, size 0");
    }

    @Test
    void aChannelOfCapacityZeroIsARendezvousChannel() {
        Channel<String> bounded = Channel.bounded(0);

        assertThat(channel.capacity()).isZero();
        assertThat(bounded.capacity()).isZero();
        assertThat(bounded.name()).startsWith("rendezvous-");
        assertThat(bounded.trySend("a")).isFalse();
    }

    @Test
    void manyMessagesGoFromHandToHand() throws Exception {
        Running<Void> sender = threads.run(() -> {
            for (int i = 0; i < 1_000; i++) {
                channel.send("message " + i);
            }
        });

        for (int i = 0; i < 1_000; i++) {
            assertThat(channel.receive()).isEqualTo("message " + i);
        }

        sender.result();
        assertThat(countsOf(channel)).isEqualTo("sent 1000, received 1000, dropped 0, returned 0, size 0");
    }
}
