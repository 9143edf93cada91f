package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A broadcast may limit how long its senders wait for the slowest subscription. */
@EveryKindOfThread
class BroadcastSendTimeoutTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private static Broadcast<Integer> broadcast(Duration timeout) {
        return Broadcast.builder("prices").capacity(1).sendTimeout(timeout).build();
    }

    @Test
    void noSubscriptionGetsWhatWasGivenUp() throws Exception {
        Broadcast<Integer> broadcast = broadcast(Duration.ofMillis(20));
        try (Subscription<Integer> slow = broadcast.subscribe();
                Subscription<Integer> fast = broadcast.subscribe()) {
            broadcast.send(1);
            assertThat(fast.receive()).isEqualTo(1);

            Running<Void> sender = threads.run(() -> {
                assertThat(broadcast.trySend(2, LONG)).isFalse();
                broadcast.send(3);
            });
            CompletableFuture<Void> pending = broadcast.sendAsync(4);

            assertThat(sender.failure())
                    .isInstanceOf(ChannelFullException.class)
                    .hasMessage("Channel 'prices' is full, and was for PT0.02S");
            eventually(pending::isDone);
            assertThat(pending.exceptionNow()).isInstanceOf(ChannelFullException.class);
            assertThat(broadcast.waiters()).isEmpty();
            assertThat(fast.tryReceive()).isNull();
            assertThat(slow.receive()).isEqualTo(1);
            assertThat(slow.tryReceive()).isNull();
            assertThat(countsOf(broadcast)).isEqualTo("sent 1, received 2, dropped 0, returned 0, size 0");
        }
    }

    @Test
    void whoIsServedInTimeHasSent() throws Exception {
        Broadcast<Integer> broadcast = broadcast(LONG);
        try (Subscription<Integer> slow = broadcast.subscribe()) {
            broadcast.send(1);
            Running<Void> sender = threads.run(() -> broadcast.send(2));
            sendersWait(broadcast, 1);
            CompletableFuture<Void> pending = broadcast.sendAsync(3);

            for (int i = 1; i <= 3; i++) {
                assertThat(slow.receive()).isEqualTo(i);
            }

            sender.result();
            pending.join();
        }
    }

    @Test
    void itMeansNothingWhereTheOldestIsDropped() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.builder("prices")
                .capacity(1)
                .overflow(Overflow.DROP_OLDEST)
                .sendTimeout(LONG)
                .build();
        try (Subscription<Integer> slow = broadcast.subscribe()) {
            broadcast.send(1);
            broadcast.send(2);
            assertThat(slow.receive()).isEqualTo(2);
        }
    }
}
