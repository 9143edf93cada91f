package dev.channels;

import static dev.channels.Race.ROUNDS;
import static dev.channels.Race.threads;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscriptions come and go at the same instant as messages, again and again. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class BroadcastStressTests {

    private final Race race = new Race();

    @Test
    void aClosedSubscriptionAgainstASenderThatWaitsForIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Broadcast<Integer> broadcast = Broadcast.create(1);
            Subscription<Integer> slow = broadcast.subscribe();
            Subscription<Integer> fast = broadcast.subscribe();
            broadcast.send(1);
            assertThat(fast.receive()).isEqualTo(1);
            Running<Void> sender = threads(round).run(() -> broadcast.send(2));
            Running<Integer> reader = threads(round / 2).start(() -> slow.tryReceive(Duration.ofHours(1)));

            race.hesitate();
            slow.close();

            sender.result();
            assertThat(fast.receive()).isEqualTo(2);
            if (reader.failureIfAny() == null) {
                assertThat(reader.result()).isEqualTo(1);
            } else {
                assertThat(reader.failure()).isInstanceOf(ChannelClosedException.class);
            }
            fast.close();
            ChannelStats stats = broadcast.stats();
            assertThat(stats.received() + stats.dropped()).isBetween(3L, 4L);
            assertThat(broadcast.waiters()).isEmpty();
        }
    }

    @Test
    void aNewSubscriptionAgainstASender() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Broadcast<Integer> broadcast = Broadcast.create(2);
            Running<Void> sender = threads(round).run(() -> {
                for (int i = 0; i < 5; i++) {
                    broadcast.send(i);
                }
                broadcast.close();
            });

            race.hesitate();
            try (Subscription<Integer> subscription = broadcast.subscribe()) {
                List<Integer> received = subscription.stream().toList();

                for (int i = 0; i < received.size(); i++) {
                    assertThat(received.get(i)).isEqualTo(5 - received.size() + i);
                }
                sender.result();
                assertThat(broadcast.stats().dropped()).isEqualTo(5 - received.size());
                assertThat(broadcast.stats().received()).isEqualTo(received.size());
            }
        }
    }
}
