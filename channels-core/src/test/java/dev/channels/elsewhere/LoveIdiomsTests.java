package dev.channels.elsewhere;

import static dev.channels.elsewhere.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.Channel;
import dev.channels.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoveIdiomsTests {

    @Test
    void pushPopPeekAndClear() throws Exception {
        Channel<String> channel = Channel.unbounded();
        channel.send("a");
        channel.send("b");
        channel.send("c");

        assertThat(channel.peek()).isEqualTo("a");
        assertThat(channel.tryReceive()).isEqualTo("a");
        assertThat(channel.size()).isEqualTo(2);
        channel.drainTo(new ArrayList<>(), Integer.MAX_VALUE);
        assertThat(channel.tryReceive()).isNull();
    }

    @Test
    void supplyAndDemandMeetOnARendezvousChannel() throws Exception {
        Channel<String> channel = Channel.rendezvous();
        Thread supplier = go(() -> channel.send("a"));

        assertThat(channel.receive()).isEqualTo("a");

        assertThat(supplier.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aSupplyThatIsOutOfTimeTakesItsMessageBack() throws Exception {
        Channel<String> channel = Channel.rendezvous();

        assertThat(channel.trySend("a", Duration.ofMillis(10))).isFalse();

        assertThat(channel.tryReceive()).isNull();
    }

    @Test
    void hasReadIsTheNumberOfMessagesReceived() throws Exception {
        Channel<String> channel = Channel.unbounded();
        channel.send("a");
        long id = channel.stats().sent();

        assertThat(channel.stats().received() >= id).isFalse();
        channel.receive();
        assertThat(channel.stats().received() >= id).isTrue();
    }

    @Test
    void performAtomicToKeepOneValueIsAConflatedChannel() throws Exception {
        Channel<String> position = Channel.conflated();
        position.send("here");
        position.send("there");

        assertThat(position.receive()).isEqualTo("there");
    }

    @Test
    void performAtomicToChangeAValueIsTheUpdateOfAWatch() throws Exception {
        Watch<Integer> score = Watch.of(0);
        List<Thread> players = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            players.add(go(() -> score.update(points -> points + 5)));
        }
        for (Thread player : players) {
            player.join();
        }

        assertThat(score.get()).isEqualTo(50);
    }
}
