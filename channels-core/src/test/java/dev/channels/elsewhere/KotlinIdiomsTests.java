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
import dev.channels.Overflow;
import dev.channels.Receiver;
import dev.channels.Select;
import dev.channels.Subscription;
import dev.channels.Watch;
import dev.channels.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KotlinIdiomsTests {

    @Test
    void produceClosesItsChannelWhateverHappens() {
        Channel<Integer> numbers = Channel.rendezvous();
        go(() -> {
            try (numbers) {
                for (int i = 1; i <= 3; i++) {
                    numbers.send(i);
                }
            }
        });

        assertThat(numbers.stream().mapToInt(n -> n * n).sum()).isEqualTo(14);
    }

    @Test
    void aProducerThatFailsFailsItsConsumer() {
        Channel<Integer> numbers = Channel.rendezvous();
        go(() -> {
            try {
                numbers.send(10 / Integer.parseInt("0"));
                numbers.close();
            } catch (ArithmeticException e) {
                numbers.close(e);
            }
        });

        List<Integer> consumed = new ArrayList<>();
        assertThatThrownBy(() -> numbers.forEach(consumed::add))
                .isInstanceOf(ChannelClosedException.class)
                .hasCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void selectWithOnSendOnReceiveAndOnTimeout() throws Exception {
        Channel<String> in = Channel.rendezvous();
        Channel<String> side = Channel.bounded(1);
        side.send("full");
        Select<String> select = Select.biased(
                receive(in, m -> "received " + m).onClosed(() -> "closed"),
                send(side, () -> "surplus", () -> "sent aside"),
                timeout(Duration.ofMillis(20), () -> "timeout"));

        assertThat(select.await()).isEqualTo("timeout");
        side.receive();
        assertThat(select.await()).isEqualTo("sent aside");
        in.close();
        assertThat(select.await()).isEqualTo("closed");
    }

    @Test
    void aConflatedChannelKeepsTheNewest() throws Exception {
        Channel<Integer> progress = Channel.conflated();
        for (int percent = 0; percent <= 100; percent += 10) {
            progress.send(percent);
        }

        assertThat(progress.receive()).isEqualTo(100);
        assertThat(progress.stats().dropped()).isEqualTo(10);
    }

    @Test
    void aTickerGivesASlowReaderOneTickAndNoBurst() throws Exception {
        Receiver<Instant> ticker = Channel.tick(Duration.ofMillis(50));
        Thread.sleep(170);
        Instant late = Instant.now();

        assertThat(ticker.receive()).isBefore(late);
        assertThat(ticker.receive()).isAfter(late);
    }

    @Test
    void onUndeliveredElementIsOnDropped() throws Exception {
        List<String> closed = new ArrayList<>();
        Channel<String> files = Channel.builder("files")
                .capacity(1)
                .overflow(Overflow.DROP_OLDEST)
                .onDropped((String file) -> closed.add(file))
                .build();
        files.send("a");
        files.send("b");

        assertThat(closed).containsExactly("a");
        closed.addAll(files.closeNow());
        assertThat(closed).containsExactly("a", "b");
    }

    @Test
    void aSharedFlowIsABroadcastWithReplay() throws Exception {
        Broadcast<String> events =
                Broadcast.builder("events").capacity(8).replay(2).build();
        for (String event : List.of("a", "b", "c")) {
            events.send(event);
        }

        try (Subscription<String> late = events.subscribe()) {
            assertThat(late.receive()).isEqualTo("b");
            assertThat(late.receive()).isEqualTo("c");
        }
    }

    @Test
    void aStateFlowIsAWatch() throws Exception {
        Watch<String> state = Watch.of("loading");
        Watcher<String> screen = state.watcher();
        go(() -> state.compareAndSet("loading", "ready"));

        assertThat(screen.awaitChange()).isEqualTo("ready");
        assertThat(state.get()).isEqualTo("ready");
    }
}
