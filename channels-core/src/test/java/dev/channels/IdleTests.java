package dev.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits uses no processor. */
class IdleTests {

    private static final int MANY = 10_000;
    private static final Duration WINDOW = Duration.ofMillis(300);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, Integer.MAX_VALUE})
    void tenThousandReceiversOfOneChannelUseNone(int capacity) throws InterruptedException {
        Channel<Integer> channel = channel(capacity);
        List<Thread> receivers =
                IntStream.range(0, MANY).mapToObj(i -> receiver(channel)).toList();
        await().untilAsserted(() -> assertThat(channel.blockedReceivers()).isEqualTo(MANY));

        assertThat(leastShareOfAProcessor()).isLessThan(0.1);

        end(List.of(channel), receivers);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, Integer.MAX_VALUE})
    void tenThousandReceiversOfAChannelEachUseNone(int capacity) throws InterruptedException {
        List<Channel<Integer>> channels =
                IntStream.range(0, MANY).mapToObj(i -> channel(capacity)).toList();
        List<Thread> receivers = channels.stream().map(IdleTests::receiver).toList();
        await().untilAsserted(() -> assertThat(channels).allMatch(channel -> channel.blockedReceivers() == 1));

        assertThat(leastShareOfAProcessor()).isLessThan(0.1);

        end(channels, receivers);
    }

    @Test
    void tenThousandSelectsUseNone() throws InterruptedException {
        Channel<Integer> left = channel(0);
        Channel<Integer> right = channel(16);
        List<Thread> selects = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            selects.add(Thread.startVirtualThread(() -> selectOne(left, right)));
        }
        await().untilAsserted(() -> assertThat(right.blockedReceivers()).isEqualTo(MANY));

        assertThat(leastShareOfAProcessor()).isLessThan(0.1);

        end(List.of(left, right), selects);
    }

    private static Channel<Integer> channel(int capacity) {
        Channel.Builder<Object> builder = Channel.builder("idle");
        return (capacity == Integer.MAX_VALUE ? builder.unbounded() : builder.capacity(capacity)).build();
    }

    private static Thread receiver(Channel<Integer> channel) {
        return Thread.startVirtualThread(() -> channel.forEach(message -> {}));
    }

    private static void selectOne(Channel<Integer> left, Channel<Integer> right) {
        try {
            Integer unused = Select.fair(
                            Select.receive(left, message -> message), Select.receive(right, message -> message))
                    .await();
        } catch (InterruptedException | ChannelClosedException end) {
            // The end of the test.
        }
    }

    /** The least of some windows: what the JIT and the garbage collector still do is over in one of them. */
    private static double leastShareOfAProcessor() throws InterruptedException {
        double least = Double.MAX_VALUE;
        for (int window = 0; window < 10 && least >= 0.1; window++) {
            long from = System.nanoTime();
            Duration used = processorTime();
            Thread.sleep(WINDOW);
            least = Math.min(least, (double) processorTime().minus(used).toNanos() / (System.nanoTime() - from));
        }
        return least;
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static void end(List<Channel<Integer>> channels, List<Thread> threads) throws InterruptedException {
        channels.forEach(Channel::close);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
