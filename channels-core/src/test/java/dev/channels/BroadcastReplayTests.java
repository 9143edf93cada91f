package dev.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A new subscription may begin with the newest messages that were sent before it. */
class BroadcastReplayTests {

    private final List<Subscription<?>> subscriptions = new ArrayList<>();

    private static Broadcast<Integer> broadcast(int capacity, int replay) {
        return Broadcast.builder("prices").capacity(capacity).replay(replay).build();
    }

    private Subscription<Integer> subscribe(Broadcast<Integer> broadcast) {
        Subscription<Integer> subscription = broadcast.subscribe();
        subscriptions.add(subscription);
        return subscription;
    }

    private static List<Integer> drain(Subscription<Integer> subscription) {
        List<Integer> messages = new ArrayList<>();
        subscription.drainTo(messages, 100);
        return messages;
    }

    @AfterEach
    void closeSubscriptions() {
        subscriptions.forEach(Subscription::close);
    }

    @Test
    void aNewSubscriptionBeginsWithTheNewestMessages() throws Exception {
        Broadcast<Integer> broadcast = broadcast(5, 2);
        for (int i = 1; i <= 4; i++) {
            broadcast.send(i);
        }

        Subscription<Integer> subscription = subscribe(broadcast);
        broadcast.send(5);

        assertThat(drain(subscription)).containsExactly(3, 4, 5);
        assertThat(subscription.missed()).isZero();
    }

    @Test
    void itBeginsWithWhatThereIsIfThatIsLess() throws Exception {
        Broadcast<Integer> broadcast = broadcast(5, 3);
        assertThat(drain(subscribe(broadcast))).isEmpty();
        broadcast.send(1);

        assertThat(drain(subscribe(broadcast))).containsExactly(1);
    }

    @Test
    void everyNewSubscriptionGetsTheReplay() throws Exception {
        Broadcast<Integer> broadcast = broadcast(5, 1);
        Subscription<Integer> first = subscribe(broadcast);
        broadcast.send(1);
        assertThat(drain(first)).containsExactly(1);

        assertThat(drain(subscribe(broadcast))).containsExactly(1);
        assertThat(drain(subscribe(broadcast))).containsExactly(1);
    }

    @Test
    void unlessToldOtherwiseNothingIsReplayed() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(5);
        broadcast.send(1);

        assertThat(drain(subscribe(broadcast))).isEmpty();
    }

    @Test
    void whatIsReplayedTakesRoomInTheSubscription() throws Exception {
        Broadcast<Integer> broadcast = broadcast(2, 2);
        broadcast.send(1);
        broadcast.send(2);

        Subscription<Integer> subscription = subscribe(broadcast);

        assertThat(broadcast.trySend(3)).isFalse();
        assertThat(subscription.receive()).isEqualTo(1);
        assertThat(broadcast.trySend(3)).isTrue();
        assertThat(drain(subscription)).containsExactly(2, 3);
    }

    @Test
    void aSubscriptionToAClosedBroadcastGetsTheReplayAndThenTheEnd() throws Exception {
        Broadcast<Integer> broadcast = broadcast(5, 2);
        for (int i = 1; i <= 3; i++) {
            broadcast.send(i);
        }
        broadcast.close();

        Subscription<Integer> subscription = subscribe(broadcast);

        assertThat(subscription.isClosedForReceive()).isFalse();
        assertThat(subscription.receive()).isEqualTo(2);
        assertThat(subscription.tryReceive()).isEqualTo(3);
        assertThat(subscription.isClosedForReceive()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(subscription::receive);
    }

    @Test
    void whatWasMissedIsReplayedAllTheSame() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.builder("prices")
                .capacity(2)
                .overflow(Overflow.DROP_OLDEST)
                .replay(2)
                .build();
        Subscription<Integer> slow = subscribe(broadcast);
        for (int i = 1; i <= 4; i++) {
            broadcast.send(i);
        }

        Subscription<Integer> late = subscribe(broadcast);

        assertThat(drain(late)).containsExactly(3, 4);
        assertThat(late.missed()).isZero();
        assertThat(slow.missed()).isEqualTo(2);
    }

    @Test
    void noMoreIsReplayedThanASubscriptionHolds() {
        Broadcast.Builder<Object> builder =
                Broadcast.builder("prices").capacity(2).replay(3);

        assertThatIllegalArgumentException().isThrownBy(builder::build);
        assertThat(builder.replay(2).<Integer>build().capacity()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.replay(2).capacity(1).build());
    }

    @Test
    void aNegativeNumberIsRefused() {
        Broadcast.Builder<Object> builder = Broadcast.builder("prices");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.replay(-1));
    }
}
