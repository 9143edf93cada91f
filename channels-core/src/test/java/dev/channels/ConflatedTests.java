package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A conflated channel keeps the newest message only. */
@EveryKindOfThread
class ConflatedTests {

    @Parameter
    private Threads threads;

    private final Channel<String> channel = Channel.conflated();

    @Test
    void keepsTheNewestMessage() throws Exception {
        channel.send("a");
        assertThat(channel.trySend("b")).isTrue();
        assertThat(channel.trySend("c", Duration.ofHours(1))).isTrue();
        assertThat(channel.sendAsync("d")).isCompleted();

        assertThat(channel.size()).isOne();
        assertThat(channel.receive()).isEqualTo("d");
        assertThat(channel.tryReceive()).isNull();
    }

    @Test
    void countsWhatItReplacesAsDropped() throws Exception {
        channel.send("a");
        channel.send("b");
        channel.send("c");
        channel.receive();
        channel.send("d");

        assertThat(countsOf(channel)).isEqualTo("sent 4, received 1, dropped 2, returned 0, size 1");
    }

    @Test
    void hasCapacityOne() {
        assertThat(channel.capacity()).isOne();
    }

    @Test
    void handsAMessageToAWaitingReceiver() throws Exception {
        Running<String> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        channel.send("a");

        assertThat(receiver.result()).isEqualTo("a");
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @Test
    void deliversTheNewestAfterTheClose() throws Exception {
        channel.send("a");
        channel.send("b");
        channel.close();

        assertThat(channel).containsExactly("b");
    }
}
