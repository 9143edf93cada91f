package dev.channels.elsewhere;

import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.elsewhere.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.Channel;
import dev.channels.OneShot;
import dev.channels.Receiver;
import dev.channels.Select;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OcamlIdiomsTests {

    @Test
    void syncOfAChooseIsTheAwaitOfASelect() throws Exception {
        Channel<String> input = Channel.rendezvous();
        Channel<String> output = Channel.rendezvous();
        go(() -> input.send("a"));

        String did = Select.fair(receive(input, m -> "received " + m), send(output, () -> "b", () -> "sent b"))
                .await();

        assertThat(did).isEqualTo("received a");
    }

    @Test
    void wrapIsTheHandlerOfAClause() throws Exception {
        Channel<Integer> lengths = Channel.rendezvous();
        Channel<String> words = Channel.rendezvous();
        Select<Integer> next = Select.fair(receive(lengths, n -> n), receive(words, String::length));
        go(() -> words.send("four"));

        assertThat(next.await()).isEqualTo(4);
    }

    @Test
    void guardIsTheSupplierOfASend() throws Exception {
        Channel<Integer> numbers = Channel.bounded(2);
        AtomicInteger asked = new AtomicInteger();
        Select<String> event = Select.fair(send(numbers, asked::incrementAndGet, () -> "sent"));
        assertThat(asked.get()).isZero();

        event.await();
        event.await();

        assertThat(numbers.receive()).isEqualTo(1);
        assertThat(numbers.receive()).isEqualTo(2);
    }

    @Test
    void aClauseIsAValueAndStandsInManySelects() throws Exception {
        Channel<String> news = Channel.bounded(2);
        Channel<String> quit = Channel.rendezvous();
        Select.Clause<String> read = receive(news, m -> "read " + m);
        Select<String> now = Select.fair(read, otherwise(() -> "nothing to read"));
        Select<String> untilQuit = Select.fair(read, receive(quit, m -> "quit"));

        assertThat(now.await()).isEqualTo("nothing to read");
        news.send("a");
        assertThat(untilQuit.await()).isEqualTo("read a");
    }

    @Test
    void pollIsAnAwaitWithAnOtherwise() throws Exception {
        Channel<String> channel = Channel.rendezvous();
        Select<String> poll = Select.fair(receive(channel, m -> m), otherwise(() -> "none"));

        assertThat(poll.await()).isEqualTo("none");
    }

    @Test
    void alwaysIsAOneShotThatHasItsValue() throws Exception {
        OneShot<String> shot = OneShot.create();
        shot.send("ready");
        Receiver<String> always = shot.receiver();
        Select<String> next = Select.biased(receive(Channel.<String>never(), m -> m), receive(always, m -> m));

        assertThat(next.await()).isEqualTo("ready");
        assertThat(next.await()).isEqualTo("ready");
    }
}
