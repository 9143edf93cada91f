package dev.channels.elsewhere;

import static dev.channels.elsewhere.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.Watch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonIdiomsTests {

    @Test
    void aProducerAndAConsumer() throws Exception {
        Channel<String> queue = Channel.bounded(2);
        List<String> done = new ArrayList<>();
        Thread consumer = go(() -> {
            for (String item : queue) {
                done.add(item);
            }
        });

        for (String item : List.of("a", "b", "c")) {
            queue.send(item);
        }
        queue.close();
        consumer.join();

        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void taskDoneAndJoinAreAWatchThatCounts() throws Exception {
        Channel<String> queue = Channel.bounded(2);
        Watch<Integer> unfinished = Watch.of(0);
        Channel<String> done = Channel.unbounded();
        go(() -> {
            for (String item : queue) {
                done.send(item);
                unfinished.update(n -> n - 1);
            }
        });

        for (String item : List.of("a", "b", "c")) {
            unfinished.update(n -> n + 1);
            queue.send(item);
        }
        unfinished.await(n -> n == 0);

        assertThat(done.size()).isEqualTo(3);
        queue.close();
    }

    @Test
    void shutdownLetsTheQueueRunEmpty() throws Exception {
        Channel<String> queue = Channel.unbounded();
        queue.send("a");

        queue.close();

        assertThatThrownBy(() -> queue.send("b")).isInstanceOf(ChannelClosedException.class);
        assertThat(queue.receive()).isEqualTo("a");
        assertThatThrownBy(queue::receive).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void shutdownImmediateHandsBackWhatWasQueued() throws Exception {
        Channel<String> queue = Channel.unbounded();
        queue.send("a");
        queue.send("b");

        assertThat(queue.closeNow()).containsExactly("a", "b");

        assertThatThrownBy(queue::receive).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void aPriorityQueueGivesTheLeastFirst() throws Exception {
        Channel<String> queue = Channel.builder("shortest-first")
                .unbounded()
                .priority(Comparator.comparingInt(String::length))
                .build();
        queue.send("three");
        queue.send("a");
        queue.send("to");

        assertThat(List.of(queue.receive(), queue.receive(), queue.receive())).containsExactly("a", "to", "three");
    }

    @Test
    void aLifoQueueGivesTheNewestFirst() throws Exception {
        Channel<String> stack = Channel.builder("stack").unbounded().lifo().build();
        stack.send("a");
        stack.send("b");

        assertThat(List.of(stack.receive(), stack.receive())).containsExactly("b", "a");
    }
}
