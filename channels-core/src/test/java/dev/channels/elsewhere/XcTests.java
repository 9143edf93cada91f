package dev.channels.elsewhere;

import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.elsewhere.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.Channel;
import dev.channels.Receiver;
import dev.channels.Request;
import dev.channels.RequestChannel;
import dev.channels.Select;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class XcTests {

    @Test
    void aChanIsARendezvousChannel() throws Exception {
        Channel<Integer> c = Channel.rendezvous();
        go(() -> c.send(5));

        assertThat(c.receive()).isEqualTo(5);
    }

    @Test
    void aStreamingChanIsABoundedChannel() throws Exception {
        Channel<Integer> c = Channel.bounded(8);
        for (int sample = 0; sample < 8; sample++) {
            c.send(sample);
        }

        assertThat(c.size()).isEqualTo(8);
    }

    @Test
    void anOrderedSelectWithGuardsAndADefault() throws Exception {
        Channel<String> button = Channel.bounded(1);
        Channel<String> samples = Channel.bounded(1);
        button.send("pressed");
        samples.send("sample");
        boolean locked = true;
        Select<String> select = Select.biased(
                receive(button, b -> b).when(() -> !locked), receive(samples, s -> s), otherwise(() -> "idle"));

        assertThat(select.await()).isEqualTo("sample");
        assertThat(select.await()).isEqualTo("idle");
    }

    @Test
    void timerafterInALoopIsATick() throws Exception {
        Receiver<Instant> t = Channel.tick(Duration.ofMillis(20));

        Instant first = t.receive();
        Instant second = t.receive();

        assertThat(Duration.between(first, second).toMillis() % 20).isZero();
    }

    @Test
    void aReplicatedCaseIsAnArrayOfClauses() throws Exception {
        List<Channel<Integer>> inputs = List.of(Channel.bounded(1), Channel.bounded(1), Channel.bounded(1));
        Select.Clause<?>[] cases = inputs.stream()
                .map(input -> receive(input, value -> "input " + inputs.indexOf(input) + ": " + value))
                .toArray(Select.Clause<?>[]::new);
        Select<Object> select = Select.fair(cases);
        inputs.get(2).send(7);

        assertThat(select.await()).isEqualTo("input 2: 7");
    }

    @Test
    void aTransactionOfAnInterfaceIsARequest() throws Exception {
        RequestChannel<String, Integer> counter = RequestChannel.bounded(0);
        go(() -> {
            int value = 0;
            for (Request<String, Integer> request : counter) {
                value = request.question().equals("reset") ? 0 : value + 1;
                request.reply(value);
            }
        });

        assertThat(counter.request("count")).isEqualTo(1);
        assertThat(counter.request("count")).isEqualTo(2);
        assertThat(counter.request("reset")).isZero();
        counter.close();
    }
}
