package dev.channels.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.Channel;
import dev.channels.Overflow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VanJacobsonTests {

    @Test
    void aFullChannelDropsThePacketAndNeverHoldsTheInterruptHandler() throws Exception {
        Channel<String> packets = Channel.builder("packets")
                .capacity(2)
                .overflow(Overflow.DROP_LATEST)
                .build();

        packets.send("syn");
        packets.send("ack");
        packets.send("fin");

        List<String> received = new ArrayList<>();
        packets.receiveMany(received, 64);
        assertThat(received).containsExactly("syn", "ack");
        assertThat(packets.stats().dropped()).isEqualTo(1);
    }

    @Test
    void theProducerMayLookWhetherItsPacketWasTaken() {
        Channel<String> packets = Channel.bounded(1);

        assertThat(packets.trySend("syn")).isTrue();
        assertThat(packets.trySend("ack")).isFalse();
    }
}
