package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An unbounded channel never holds a sender up. */
class UnboundedTests {

    @Test
    void hasTheLargestCapacity() {
        assertThat(Channel.unbounded().capacity()).isEqualTo(Integer.MAX_VALUE);
        assertThat(Channel.builder("all").unbounded().build().capacity()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void takesEveryMessageAtOnceAndKeepsTheirOrder() throws Exception {
        Channel<Integer> channel = Channel.unbounded();

        for (int i = 0; i < 40_000; i += 4) {
            channel.send(i);
            assertThat(channel.trySend(i + 1)).isTrue();
            assertThat(channel.trySend(i + 2, Duration.ofHours(1))).isTrue();
            assertThat(channel.sendAsync(i + 3)).isCompleted();
        }

        assertThat(countsOf(channel)).isEqualTo("sent 40000, received 0, dropped 0, returned 0, size 40000");
        for (int i = 0; i < 40_000; i++) {
            assertThat(channel.tryReceive()).isEqualTo(i);
        }
        assertThat(channel.tryReceive()).isNull();
        assertThat(countsOf(channel)).isEqualTo("sent 40000, received 40000, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void neverOverflows(Overflow overflow) throws Exception {
        Channel<Integer> channel =
                Channel.builder("all").unbounded().overflow(overflow).build();

        for (int i = 0; i < 1_000; i++) {
            channel.send(i);
        }

        assertThat(channel.peek()).isZero();
        assertThat(countsOf(channel)).isEqualTo("sent 1000, received 0, dropped 0, returned 0, size 1000");
    }
}
