package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A broadcast gives every subscription every message; the slowest one holds the sender. */
@EveryKindOfThread
class BroadcastTests {

    @Parameter
    private Threads threads;

    private final List<Subscription<?>> subscriptions = new ArrayList<>();

    private <T> Subscription<T> subscribe(Broadcast<T> broadcast) {
        Subscription<T> subscription = broadcast.subscribe();
        subscriptions.add(subscription);
        return subscription;
    }

    @AfterEach
    void closeSubscriptions() {
        subscriptions.forEach(Subscription::close);
    }

    @Test
    void everySubscriptionGetsEveryMessage() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(3);
        Subscription<Integer> one = subscribe(broadcast);
        Subscription<Integer> other = subscribe(broadcast);

        broadcast.send(1);
        assertThat(broadcast.trySend(2)).isTrue();
        assertThat(broadcast.sendAsync(3)).isCompleted();

        for (int i = 1; i <= 3; i++) {
            assertThat(one.receive()).isEqualTo(i);
        }
        for (int i = 1; i <= 3; i++) {
            assertThat(other.tryReceive()).isEqualTo(i);
        }
        assertThat(one.tryReceive()).isNull();
        assertThat(other.tryReceive()).isNull();
        assertThat(countsOf(broadcast)).isEqualTo("sent 3, received 6, dropped 0, returned 0, size 0");
    }

    @Test
    void aSubscriptionGetsWhatIsSentAfterItWasMade() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(3);
        Subscription<Integer> early = subscribe(broadcast);
        broadcast.send(1);

        Subscription<Integer> late = subscribe(broadcast);
        broadcast.send(2);

        assertThat(early.receive()).isEqualTo(1);
        assertThat(early.receive()).isEqualTo(2);
        assertThat(late.receive()).isEqualTo(2);
        assertThat(late.tryReceive()).isNull();
    }

    @Test
    void aMessageForNobodyIsDroppedAndCounted() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);

        broadcast.send(1);
        broadcast.send(2);
        assertThat(broadcast.sendAsync(3)).isCompleted();

        assertThat(countsOf(broadcast)).isEqualTo("sent 3, received 0, dropped 3, returned 0, size 0");
        assertThat(subscribe(broadcast).tryReceive()).isNull();
    }

    @Test
    void trySendForNobodyIsCountedIfItSaysThatTheMessageWasTaken() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);

        int taken = (broadcast.trySend(1) ? 1 : 0) + (broadcast.trySend(2, Duration.ofHours(1)) ? 1 : 0);

        assertThat(countsOf(broadcast))
                .isEqualTo("sent %d, received 0, dropped %d, returned 0, size 0".formatted(taken, taken));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void everySubscriptionHoldsExactlyTheCapacity(int capacity) throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(capacity);
        Subscription<Integer> one = subscribe(broadcast);
        Subscription<Integer> other = subscribe(broadcast);
        assertThat(broadcast.capacity()).isEqualTo(capacity);

        for (int i = 1; i <= capacity; i++) {
            assertThat(broadcast.trySend(i)).isTrue();
            assertThat(broadcast.stats().size()).isEqualTo(i);
        }
        assertThat(broadcast.trySend(99)).isFalse();

        assertThat(one.receive()).isEqualTo(1);
        assertThat(broadcast.trySend(99)).isFalse();
        assertThat(other.receive()).isEqualTo(1);
        assertThat(broadcast.trySend(capacity + 1)).isTrue();

        List<Integer> messages = new ArrayList<>();
        one.drainTo(messages, 100);
        assertThat(messages).hasSize(capacity).isSorted().doesNotContain(99).endsWith(capacity + 1);
    }

    @Test
    void trySendThatIsTurnedAwayReachesNobody() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> slow = subscribe(broadcast);
        Subscription<Integer> fast = subscribe(broadcast);
        broadcast.send(1);
        assertThat(fast.receive()).isEqualTo(1);

        assertThat(broadcast.trySend(2)).isFalse();
        assertThat(broadcast.trySend(3, Duration.ZERO)).isFalse();
        assertThat(broadcast.trySend(4, Duration.ofMillis(5))).isFalse();

        assertThat(fast.tryReceive()).isNull();
        assertThat(slow.receive()).isEqualTo(1);
        assertThat(slow.tryReceive()).isNull();
        assertThat(countsOf(broadcast)).isEqualTo("sent 1, received 2, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource
    void aSlowSubscriptionHoldsTheSenderUntilItReads(BlockingSend form) throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(2);
        Subscription<Integer> slow = subscribe(broadcast);
        Subscription<Integer> fast = subscribe(broadcast);
        broadcast.send(1);
        broadcast.send(2);
        fast.drainTo(new ArrayList<>(), 2);

        Running<Void> sender = threads.run(() -> form.send(broadcast, 3));
        sendersWait(broadcast, 1);
        assertThat(fast.tryReceive()).isNull();

        assertThat(slow.receive()).isEqualTo(1);

        sender.result();
        assertThat(fast.receive()).isEqualTo(3);
        assertThat(slow.receive()).isEqualTo(2);
        assertThat(slow.receive()).isEqualTo(3);
        assertThat(slow.missed()).isZero();
    }

    @Test
    void aSlowSubscriptionHoldsTheSenderUntilItCloses() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> slow = subscribe(broadcast);
        Subscription<Integer> fast = subscribe(broadcast);
        broadcast.send(1);
        assertThat(fast.receive()).isEqualTo(1);
        Running<Void> sender = threads.run(() -> broadcast.send(2));
        sendersWait(broadcast, 1);

        slow.close();

        sender.result();
        assertThat(fast.receive()).isEqualTo(2);
    }

    @Test
    void whenTheLastSubscriptionClosesASenderThatWaitsGoesOn() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> only = subscribe(broadcast);
        broadcast.send(1);
        Running<Void> sender = threads.run(() -> broadcast.send(2));
        sendersWait(broadcast, 1);

        only.close();

        sender.result();
        assertThat(broadcast.isClosedForSend()).isFalse();
        assertThat(broadcast.stats().blockedSenders()).isZero();
        assertThat(countsOf(broadcast)).isEqualTo("sent 2, received 0, dropped 2, returned 0, size 0");
    }

    @Test
    void blockedSendersAreServedOldestFirst() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> subscription = subscribe(broadcast);
        broadcast.send(1);
        Running<Void> second = threads.run(() -> broadcast.send(2));
        sendersWait(broadcast, 1);
        CompletableFuture<Void> third = broadcast.sendAsync(3);
        Running<Void> fourth = threads.run(() -> broadcast.send(4));
        sendersWait(broadcast, 3);

        for (int i = 1; i <= 4; i++) {
            assertThat(subscription.receive()).isEqualTo(i);
        }

        second.result();
        third.join();
        fourth.result();
    }

    @Test
    void aPendingSendCanBeTakenBack() throws Exception {
        for (ByHand byHand : ByHand.values()) {
            Broadcast<Integer> broadcast = Broadcast.create(1);
            Subscription<Integer> slow = subscribe(broadcast);
            Subscription<Integer> fast = subscribe(broadcast);
            broadcast.send(1);
            fast.receive();
            CompletableFuture<Void> send = broadcast.sendAsync(2);
            assertThat(broadcast.stats().blockedSenders()).isOne();

            byHand.end(send, null);

            assertThat(broadcast.stats().blockedSenders()).isZero();
            slow.receive();
            assertThat(slow.tryReceive()).as(byHand.name()).isNull();
            assertThat(fast.tryReceive()).as(byHand.name()).isNull();
            assertThat(broadcast.trySend(3)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBlockedSenderThatIsInterruptedHasSentNothing(BlockingSend form) throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> slow = subscribe(broadcast);
        Subscription<Integer> fast = subscribe(broadcast);
        broadcast.send(1);
        fast.receive();
        Running<Void> sender = threads.run(() -> form.send(broadcast, 2));
        sendersWait(broadcast, 1);

        sender.interrupt();

        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertThat(sender.endedInterrupted()).isFalse();
        slow.receive();
        assertThat(slow.tryReceive()).isNull();
        assertThat(fast.tryReceive()).isNull();
        assertThat(countsOf(broadcast)).isEqualTo("sent 1, received 2, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource
    void aSendOfAnInterruptedThreadThrows(BlockingSend form) throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> subscription = subscribe(broadcast);

        Running<Void> sender = threads.run(() -> {
            Thread.currentThread().interrupt();
            form.send(broadcast, 1);
        });

        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertThat(subscription.tryReceive()).isNull();
    }

    @Test
    void itsWaitersAreNamedSendersFirst() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> slow = subscribe(broadcast);
        Subscription<Integer> fast = subscribe(broadcast);
        broadcast.send(1);
        fast.receive();
        Running<Integer> receiver = threads.start(() -> fast.receive());
        receiversWait(broadcast, 1);
        Running<Void> sender = threads.run(() -> broadcast.send(2));
        sendersWait(broadcast, 1);

        assertThat(broadcast.waiters()).extracting(Waiter::side).containsExactly(Waiter.Side.SEND, Waiter.Side.RECEIVE);
        assertThat(broadcast.waiters()).extracting(Waiter::thread).containsExactly(sender.thread(), receiver.thread());

        assertThat(slow.receive()).isEqualTo(1);
        sender.result();
        assertThat(receiver.result()).isEqualTo(2);
        assertThat(broadcast.waiters()).isEmpty();
    }

    @Test
    void itsReceiversAreNamedLongestFirstWhateverTheirSubscription() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> one = subscribe(broadcast);
        Subscription<Integer> other = subscribe(broadcast);
        Running<Integer> first = threads.start(() -> other.receive());
        receiversWait(broadcast, 1);
        Running<Integer> second = threads.start(() -> one.receive());
        receiversWait(broadcast, 2);
        Running<Integer> third = threads.start(() -> other.receive());
        receiversWait(broadcast, 3);

        assertThat(broadcast.waiters())
                .extracting(Waiter::thread)
                .containsExactly(first.thread(), second.thread(), third.thread());

        broadcast.close();
        first.join();
        second.join();
        third.join();
    }

    @Test
    void itsNumbersAreTheLongestBacklogAndTheDeliveries() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(5);
        Subscription<Integer> slow = subscribe(broadcast);
        Subscription<Integer> fast = subscribe(broadcast);
        for (int i = 1; i <= 4; i++) {
            broadcast.send(i);
        }
        fast.drainTo(new ArrayList<>(), 3);
        slow.receive();

        assertThat(broadcast.stats()).isEqualTo(new ChannelStats(broadcast.name(), 5, 3, 0, 0, 4, 4, 0, 0, false));
    }

    @Test
    void allSubscriptionsSeeOneOrder() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(4);
        List<Running<List<Integer>>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Subscription<Integer> subscription = subscribe(broadcast);
            receivers.add(threads.start(() -> subscription.stream().toList()));
        }
        List<Running<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int first = i * 1_000;
            senders.add(Threads.alternating(i).run(() -> {
                for (int message = first; message < first + 300; message++) {
                    broadcast.send(message);
                }
            }));
        }

        for (Running<Void> sender : senders) {
            sender.result();
        }
        broadcast.close();

        List<Integer> order = receivers.get(0).result();
        assertThat(order).hasSize(900).doesNotHaveDuplicates();
        assertThat(receivers.get(1).result()).isEqualTo(order);
        assertThat(receivers.get(2).result()).isEqualTo(order);
        for (int sender = 0; sender < 3; sender++) {
            int first = sender * 1_000;
            assertThat(order.stream().filter(message -> message / 1_000 * 1_000 == first))
                    .isSorted();
        }
    }

    @Test
    void whoSubscribesWhileMessagesAreSentGetsTheRestOfThemWithoutAGap() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(4);
        Running<Void> sender = threads.run(() -> {
            for (int i = 0; i < 2_000; i++) {
                broadcast.send(i);
            }
            broadcast.close();
        });
        List<Running<List<Integer>>> receivers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Subscription<Integer> subscription = subscribe(broadcast);
            receivers.add(threads.start(() -> subscription.stream().toList()));
        }

        sender.result();
        for (Running<List<Integer>> receiver : receivers) {
            List<Integer> messages = receiver.result();
            for (int i = 0; i < messages.size(); i++) {
                assertThat(messages.get(i)).isEqualTo(2_000 - messages.size() + i);
            }
        }
    }

    @Test
    void severalReceiversOfOneSubscriptionCompete() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(4);
        Subscription<Integer> subscription = subscribe(broadcast);
        List<Running<List<Integer>>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            receivers.add(threads.start(() -> subscription.stream().toList()));
        }

        for (int i = 0; i < 300; i++) {
            broadcast.send(i);
        }
        broadcast.close();

        List<Integer> all = new ArrayList<>();
        for (Running<List<Integer>> receiver : receivers) {
            all.addAll(receiver.result());
        }
        assertThat(all).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void unlessToldOtherwiseItHoldsSixteenMessagesAndSendersWait() {
        Broadcast<String> broadcast = Broadcast.builder("prices").build();
        Subscription<String> subscription = subscribe(broadcast);

        assertThat(broadcast.capacity()).isEqualTo(16);
        for (int i = 0; i < 16; i++) {
            assertThat(broadcast.trySend("price " + i)).isTrue();
        }
        assertThat(broadcast.trySend("one more")).isFalse();
        assertThat(subscription.missed()).isZero();
    }

    @Test
    void aBuilderMayBuildManyTimes() {
        Broadcast.Builder<Object> builder = Broadcast.builder("prices");
        assertThat(builder.capacity(2)).isSameAs(builder);
        assertThat(builder.overflow(Overflow.DROP_OLDEST)).isSameAs(builder);
        assertThat(builder.replay(1)).isSameAs(builder);

        Broadcast<String> strings = builder.build();
        Broadcast<Integer> numbers = builder.build();
        strings.close();

        assertThat(numbers.isClosedForSend()).isFalse();
        assertThat(numbers.name()).isEqualTo("prices");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aSubscriptionHoldsAtLeastOneMessage(int capacity) {
        Broadcast.Builder<Object> builder = Broadcast.builder("prices");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.capacity(capacity));
        assertThatIllegalArgumentException().isThrownBy(() -> Broadcast.create(capacity));
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_LATEST", "FAIL"})
    void otherPoliciesAreRefused(Overflow overflow) {
        Broadcast.Builder<Object> builder = Broadcast.builder("prices");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.overflow(overflow));
    }
}
