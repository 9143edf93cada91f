package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broadcast that drops the oldest: a slow subscription misses messages, and knows how many. */
@EveryKindOfThread
class BroadcastOverflowTests {

    @Parameter
    private Threads threads;

    private final List<Subscription<?>> subscriptions = new ArrayList<>();

    private static Broadcast<Integer> broadcast(int capacity) {
        return Broadcast.builder("prices")
                .capacity(capacity)
                .overflow(Overflow.DROP_OLDEST)
                .build();
    }

    private Subscription<Integer> subscribe(Broadcast<Integer> broadcast) {
        Subscription<Integer> subscription = broadcast.subscribe();
        subscriptions.add(subscription);
        return subscription;
    }

    @AfterEach
    void closeSubscriptions() {
        subscriptions.forEach(Subscription::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void aSlowSubscriptionKeepsTheNewest(int capacity) throws Exception {
        Broadcast<Integer> broadcast = broadcast(capacity);
        Subscription<Integer> slow = subscribe(broadcast);

        for (int i = 1; i <= capacity + 5; i++) {
            broadcast.send(i);
        }

        assertThat(slow.missed()).isEqualTo(5);
        assertThat(broadcast.stats().size()).isEqualTo(capacity);
        for (int i = 6; i <= capacity + 5; i++) {
            assertThat(slow.receive()).isEqualTo(i);
        }
        assertThat(slow.tryReceive()).isNull();
        assertThat(countsOf(broadcast))
                .isEqualTo("sent %d, received %d, dropped 5, returned 0, size 0".formatted(capacity + 5, capacity));
    }

    @Test
    void aFastSubscriptionMissesNothing() throws Exception {
        Broadcast<Integer> broadcast = broadcast(1);
        Subscription<Integer> slow = subscribe(broadcast);
        Subscription<Integer> fast = subscribe(broadcast);

        for (int i = 1; i <= 5; i++) {
            broadcast.send(i);
            assertThat(fast.receive()).isEqualTo(i);
        }

        assertThat(fast.missed()).isZero();
        assertThat(slow.missed()).isEqualTo(4);
        assertThat(slow.receive()).isEqualTo(5);
        assertThat(countsOf(broadcast)).isEqualTo("sent 5, received 6, dropped 4, returned 0, size 0");
    }

    @Test
    void everyFormOfSendTakesTheNewMessageWithoutWaiting() throws Exception {
        Broadcast<Integer> broadcast = broadcast(1);
        Subscription<Integer> slow = subscribe(broadcast);

        broadcast.send(1);
        assertThat(broadcast.trySend(2)).isTrue();
        assertThat(broadcast.trySend(3, Duration.ofHours(1))).isTrue();
        assertThat(broadcast.sendAsync(4)).isCompleted();

        assertThat(slow.missed()).isEqualTo(3);
        assertThat(slow.receive()).isEqualTo(4);
    }

    @Test
    void whatWasMissedIsCountedWhenItIsDroppedAndSinceTheSubscriptionWasMade() throws Exception {
        Broadcast<Integer> broadcast = broadcast(1);
        Subscription<Integer> early = subscribe(broadcast);
        broadcast.send(1);
        broadcast.send(2);
        Subscription<Integer> late = subscribe(broadcast);
        assertThat(early.missed()).isEqualTo(1);
        assertThat(late.missed()).isZero();

        broadcast.send(3);
        broadcast.send(4);

        assertThat(early.missed()).isEqualTo(3);
        assertThat(late.missed()).isEqualTo(1);
        early.receive();
        assertThat(early.missed()).isEqualTo(3);
    }

    @Test
    void aWaitingSubscriptionMissesNothing() throws Exception {
        Broadcast<Integer> broadcast = broadcast(1);
        Subscription<Integer> subscription = subscribe(broadcast);
        Running<Integer> receiver = threads.start(() -> subscription.receive());
        receiversWait(broadcast, 1);

        broadcast.send(1);

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(subscription.missed()).isZero();
    }

    @Test
    void everyMessageIsReceivedOrMissed() throws Exception {
        Broadcast<Integer> broadcast = broadcast(3);
        List<Subscription<Integer>> all = new ArrayList<>();
        List<Running<List<Integer>>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Subscription<Integer> subscription = subscribe(broadcast);
            all.add(subscription);
            receivers.add(threads.start(() -> subscription.stream().toList()));
        }

        for (int i = 0; i < 3_000; i++) {
            broadcast.send(i);
        }
        broadcast.close();

        long received = 0;
        long missed = 0;
        for (int i = 0; i < 3; i++) {
            List<Integer> messages = receivers.get(i).result();
            assertThat(messages).isSorted().doesNotHaveDuplicates().endsWith(2_999);
            assertThat(messages.size() + all.get(i).missed()).isEqualTo(3_000);
            received += messages.size();
            missed += all.get(i).missed();
        }
        assertThat(countsOf(broadcast))
                .isEqualTo("sent 3000, received %d, dropped %d, returned 0, size 0".formatted(received, missed));
    }
}
