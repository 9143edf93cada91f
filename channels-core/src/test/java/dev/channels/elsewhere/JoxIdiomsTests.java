package dev.channels.elsewhere;

import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.Select.timeout;
import static dev.channels.elsewhere.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.RequestChannel;
import dev.channels.Select;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JoxIdiomsTests {

    @Test
    void doneIsCloseAndErrorIsCloseWithACause() throws Exception {
        Channel<Integer> done = Channel.bounded(3);
        done.send(1);
        done.close();
        Channel<Integer> failed = Channel.bounded(3);
        failed.close(new IllegalStateException("no more"));

        assertThat(done.stream().toList()).containsExactly(1);
        assertThatThrownBy(failed::receive)
                .isInstanceOf(ChannelClosedException.class)
                .hasRootCauseMessage("no more");
    }

    @Test
    void aDefaultClauseIsAnOtherwise() throws Exception {
        Channel<Integer> first = Channel.bounded(3);
        Channel<Integer> second = Channel.bounded(3);
        Select<Integer> select = Select.biased(receive(first, n -> n), receive(second, n -> n), otherwise(() -> 52));

        assertThat(select.await()).isEqualTo(52);
        second.send(29);
        assertThat(select.await()).isEqualTo(29);
    }

    @Test
    void selectWithinIsATimeoutClause() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        Select<String> select = Select.biased(
                receive(channel, n -> "received " + n), timeout(Duration.ofMillis(10), () -> "timed out"));

        assertThat(select.await()).isEqualTo("timed out");
    }

    @Test
    void selectOrClosedIsAnOnClosed() throws Exception {
        Channel<Integer> in = Channel.bounded(1);
        Channel<Integer> out = Channel.bounded(1);
        out.send(1);
        Select<String> select = Select.biased(
                receive(in, n -> "received " + n).onClosed(() -> "closed"), send(out, () -> 2, () -> "sent"));
        in.close();

        assertThat(select.await()).isEqualTo("closed");
    }

    @Test
    void trySendToOneOfManyIsABiasedSelect() throws Exception {
        Channel<String> first = Channel.bounded(1);
        Channel<String> second = Channel.bounded(1);
        Select<Boolean> trySend = Select.biased(
                send(first, () -> "a", () -> true), send(second, () -> "a", () -> true), otherwise(() -> false));

        assertThat(trySend.await()).isTrue();
        assertThat(trySend.await()).isTrue();
        assertThat(trySend.await()).isFalse();
    }

    @Test
    void askingAnActorIsARequest() throws Exception {
        RequestChannel<Integer, Integer> doubler = RequestChannel.bounded(16);
        go(() -> doubler.forEach(request -> request.reply(2 * request.question())));

        assertThat(doubler.request(21)).isEqualTo(42);
        doubler.close();
    }
}
