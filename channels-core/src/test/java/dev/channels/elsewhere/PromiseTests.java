package dev.channels.elsewhere;

import static dev.channels.Select.receive;
import static dev.channels.Select.timeout;
import static dev.channels.elsewhere.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.OneShot;
import dev.channels.Select;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PromiseTests {

    @Test
    void aPromiseIsAProcessThatSendsToAChannelOfOne() throws Exception {
        Channel<Integer> promise = Channel.bounded(1);
        go(() -> promise.send(6 * 7));

        assertThat(promise.receive()).isEqualTo(42);
    }

    @Test
    void aBrokenPromiseIsCloseWithACause() {
        Channel<Integer> promise = Channel.bounded(1);
        go(() -> {
            try {
                promise.send(Integer.parseInt("six times seven"));
            } catch (NumberFormatException e) {
                promise.close(e);
            }
        });

        assertThatThrownBy(promise::receive)
                .isInstanceOf(ChannelClosedException.class)
                .hasCauseInstanceOf(NumberFormatException.class);
    }

    @Test
    void aPromiseIsAwaitedInASelect() throws Exception {
        Channel<Integer> promise = Channel.bounded(1);
        Select<String> wait =
                Select.fair(receive(promise, n -> "answer " + n), timeout(Duration.ofMillis(10), () -> "not yet"));

        assertThat(wait.await()).isEqualTo("not yet");
        promise.send(42);
        assertThat(wait.await()).isEqualTo("answer 42");
    }

    @Test
    void aPromiseForManyReadersIsAOneShot() throws Exception {
        OneShot<Integer> promise = OneShot.create();
        go(() -> promise.send(6 * 7));

        assertThat(promise.receive()).isEqualTo(42);
        assertThat(promise.receive()).isEqualTo(42);
        assertThat(promise.toFuture().join()).isEqualTo(42);
    }
}
