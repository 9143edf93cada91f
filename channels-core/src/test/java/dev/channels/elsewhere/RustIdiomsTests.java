package dev.channels.elsewhere;

import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.Select.timeout;
import static dev.channels.elsewhere.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Broadcast;
import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.OneShot;
import dev.channels.Overflow;
import dev.channels.Permit;
import dev.channels.Receiver;
import dev.channels.ReceiverHandle;
import dev.channels.Request;
import dev.channels.RequestChannel;
import dev.channels.Select;
import dev.channels.SenderHandle;
import dev.channels.Subscription;
import dev.channels.Watch;
import dev.channels.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RustIdiomsTests {

    @Test
    void aLoopOverTheReceiverEndsWithTheLastSendersDrop() {
        Channel<String> channel = Channel.unbounded();
        SenderHandle<String> tx = channel.newSender();
        for (String name : List.of("a", "b", "c")) {
            SenderHandle<String> clone = channel.newSender();
            go(() -> {
                try (clone) {
                    clone.send(name);
                }
            });
        }
        tx.close();

        List<String> received = new ArrayList<>();
        for (String name : channel) {
            received.add(name);
        }

        assertThat(received).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aSendFailsOnceTheReceiverIsGone() {
        Channel<String> channel = Channel.bounded(8);
        ReceiverHandle<String> rx = channel.newReceiver();
        rx.close();

        assertThatThrownBy(() -> channel.send("a")).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void tryRecvTellsEmptyFromDisconnected() {
        Channel<String> channel = Channel.unbounded();
        SenderHandle<String> tx = channel.newSender();

        assertThat(channel.tryReceive()).isNull();
        tx.close();
        assertThatThrownBy(channel::tryReceive).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void tryIterIsDrainTo() throws Exception {
        Channel<String> channel = Channel.unbounded();
        channel.send("a");
        channel.send("b");

        List<String> there = new ArrayList<>();
        channel.drainTo(there, Integer.MAX_VALUE);

        assertThat(there).containsExactly("a", "b");
    }

    @Test
    void recvManyWaitsForTheFirstAndTakesWhatElseIsThere() throws Exception {
        Channel<Integer> channel = Channel.bounded(100);
        for (int i = 1; i <= 5; i++) {
            channel.send(i);
        }
        channel.close();

        List<Integer> batch = new ArrayList<>();
        assertThat(channel.receiveMany(batch, 3)).isEqualTo(3);
        assertThat(channel.receiveMany(batch, 3)).isEqualTo(2);
        assertThat(channel.receiveMany(batch, 3)).isZero();
        assertThat(batch).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aPermitIsRoomNowAndTheMessageLater() throws Exception {
        Channel<String> channel = Channel.bounded(1);

        try (Permit<String> permit = channel.reserve()) {
            assertThat(channel.trySend("too early")).isFalse();
            permit.send("costly to make");
        }

        assertThat(channel.receive()).isEqualTo("costly to make");
    }

    @Test
    void aWatchGivesTheNewestValueAndTellsOfTheNext() throws Exception {
        Watch<String> config = Watch.of("v1");
        Watcher<String> rx = config.watcher();

        assertThat(rx.hasChanged()).isFalse();
        config.set("v2");
        config.set("v3");

        assertThat(rx.awaitChange()).isEqualTo("v3");
        assertThat(rx.hasChanged()).isFalse();
    }

    @Test
    void waitForIsAwait() throws Exception {
        Watch<Integer> connections = Watch.of(0);
        go(() -> {
            for (int i = 0; i < 5; i++) {
                connections.update(n -> n + 1);
            }
        });

        assertThat(connections.await(n -> n == 5)).isEqualTo(5);
    }

    @Test
    void aOneShotCarriesOneValueAndTellsWhenNobodyWantsIt() throws Exception {
        OneShot<Integer> answer = OneShot.create();
        go(() -> answer.send(42));
        assertThat(answer.receive()).isEqualTo(42);

        OneShot<Integer> unwanted = OneShot.create();
        unwanted.cancel();
        assertThat(unwanted.isCancelled()).isTrue();
        assertThat(unwanted.send(42)).isFalse();
    }

    @Test
    void aSlowSubscriptionLagsAndKnowsByHowMuch() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.builder("ticks")
                .capacity(2)
                .overflow(Overflow.DROP_OLDEST)
                .build();
        Subscription<Integer> slow = broadcast.subscribe();
        for (int i = 1; i <= 5; i++) {
            broadcast.send(i);
        }

        assertThat(slow.missed()).isEqualTo(3);
        assertThat(slow.receive()).isEqualTo(4);
        assertThat(slow.receive()).isEqualTo(5);
    }

    @Test
    void anActorWithAOneShotInItsMessagesIsARequestChannel() throws Exception {
        RequestChannel<String, Integer> actor = RequestChannel.bounded(8);
        go(() -> {
            int calls = 0;
            for (Request<String, Integer> request : actor) {
                calls++;
                request.reply(calls);
            }
        });

        assertThat(actor.request("next id")).isEqualTo(1);
        assertThat(actor.request("next id")).isEqualTo(2);
        actor.close();
    }

    @Test
    void selectBiasedTakesTheFirstThatIsReady() throws Exception {
        Channel<String> urgent = Channel.unbounded();
        Channel<String> usual = Channel.unbounded();
        Select<String> next = Select.biased(receive(urgent, m -> m), receive(usual, m -> m));
        usual.send("usual");
        urgent.send("urgent");

        assertThat(next.await()).isEqualTo("urgent");
        assertThat(next.await()).isEqualTo("usual");
    }

    @Test
    void aTickAndAnAfterStandInASelect() throws Exception {
        Receiver<Instant> tick = Channel.tick(Duration.ofMillis(10));
        Receiver<Instant> timeUp = Channel.after(Duration.ofMillis(100));
        Select<Boolean> next = Select.biased(receive(tick, at -> true), receive(timeUp, at -> false));

        int ticks = 0;
        while (next.await()) {
            ticks++;
        }

        assertThat(ticks).isPositive();
    }

    @Test
    void neverStandsForATimeoutThatIsNotWanted() throws Exception {
        Channel<String> channel = Channel.unbounded();
        boolean limited = false;
        Receiver<Instant> timeUp = limited ? Channel.after(Duration.ofSeconds(1)) : Channel.never();
        Select<String> next = Select.fair(receive(channel, m -> m), receive(timeUp, at -> "too late"));

        channel.send("a");

        assertThat(next.await()).isEqualTo("a");
    }

    @Test
    void aDefaultWithATimeIsATimeoutClause() throws Exception {
        Channel<String> orders = Channel.rendezvous();
        Channel<String> full = Channel.bounded(1);
        full.send("a");
        Select<String> next = Select.fair(
                receive(orders, m -> "received " + m),
                send(full, () -> "b", () -> "sent b"),
                timeout(Duration.ofMillis(10), () -> "timed out"));

        assertThat(next.await()).isEqualTo("timed out");
        full.receive();
        assertThat(next.await()).isEqualTo("sent b");
    }

    @Test
    void forceSendIsDropOldest() throws Exception {
        List<String> gone = new ArrayList<>();
        Channel<String> channel = Channel.builder("newest")
                .capacity(1)
                .overflow(Overflow.DROP_OLDEST)
                .onDropped((String message) -> gone.add(message))
                .build();

        channel.send("a");
        channel.send("b");

        assertThat(gone).containsExactly("a");
        assertThat(channel.receive()).isEqualTo("b");
    }

    @Test
    void aDispatchIsAChannelAndABroadcastWaitsForTheSlowest() throws Exception {
        Channel<Integer> dispatch = Channel.rendezvous();
        Channel<Integer> handled = Channel.unbounded();
        for (int i = 0; i < 2; i++) {
            SenderHandle<Integer> out = handled.newSender();
            go(() -> {
                try (out) {
                    for (int task : dispatch) {
                        out.send(task);
                    }
                }
            });
        }
        for (int task = 1; task <= 4; task++) {
            dispatch.send(task);
        }
        dispatch.close();
        assertThat(handled.stream().toList()).containsExactlyInAnyOrder(1, 2, 3, 4);

        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> slow = broadcast.subscribe();
        broadcast.send(1);
        assertThat(broadcast.trySend(2)).isFalse();
        assertThat(slow.receive()).isEqualTo(1);
        assertThat(broadcast.trySend(2)).isTrue();
    }

    @Test
    void sendTimeoutAndDrainIntoAreThereToo() throws Exception {
        Channel<Integer> channel = Channel.bounded(2);
        channel.send(1);
        channel.send(2);

        assertThat(channel.trySend(3, Duration.ofMillis(10))).isFalse();

        List<Integer> there = new ArrayList<>();
        assertThat(channel.drainTo(there, Integer.MAX_VALUE)).isEqualTo(2);
        assertThat(there).containsExactly(1, 2);
    }
}
