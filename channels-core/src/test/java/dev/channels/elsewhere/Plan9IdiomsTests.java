package dev.channels.elsewhere;

import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.elsewhere.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.Select;
import org.junit.jupiter.api.Test;

class Plan9IdiomsTests {

    @Test
    void chancreateWithoutElementsIsARendezvousChannel() {
        Channel<Long> unbuffered = Channel.bounded(0);
        Channel<Long> buffered = Channel.bounded(10);

        assertThat(unbuffered.capacity()).isZero();
        assertThat(buffered.capacity()).isEqualTo(10);
    }

    @Test
    void nbsendAndNbrecvNeverWait() {
        Channel<String> channel = Channel.bounded(1);

        assertThat(channel.trySend("a")).isTrue();
        assertThat(channel.trySend("b")).isFalse();
        assertThat(channel.tryReceive()).isEqualTo("a");
        assertThat(channel.tryReceive()).isNull();
    }

    @Test
    void altReturnsWhichOneItDid() throws Exception {
        Channel<String> mouse = Channel.rendezvous();
        Channel<String> keyboard = Channel.bounded(1);
        Channel<String> screen = Channel.rendezvous();
        boolean grabbed = false;
        Select<Integer> alt = Select.fair(
                receive(mouse, event -> 0).when(() -> grabbed),
                receive(keyboard, key -> 1),
                send(screen, () -> "redraw", () -> 2),
                otherwise(() -> 3));
        keyboard.send("q");

        assertThat(alt.await()).isEqualTo(1);
        assertThat(alt.await()).isEqualTo(3);
    }

    @Test
    void threadintLeavesTheMessageUnsent() throws Exception {
        Channel<String> channel = Channel.rendezvous();
        Thread sender = go(() -> assertThatThrownBy(() -> channel.send("a")).isInstanceOf(InterruptedException.class));

        sender.interrupt();
        sender.join();

        assertThat(channel.tryReceive()).isNull();
        assertThat(channel.stats().sent()).isZero();
    }

    @Test
    void chanclosingTellsHowManyAreLeft() throws Exception {
        Channel<String> channel = Channel.bounded(2);
        channel.send("a");
        channel.close();

        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel.size()).isEqualTo(1);
        assertThatThrownBy(() -> channel.send("b")).isInstanceOf(ChannelClosedException.class);
        assertThat(channel.receive()).isEqualTo("a");
    }
}
