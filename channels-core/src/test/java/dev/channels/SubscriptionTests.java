package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A subscription is a receiver like any other. */
@EveryKindOfThread
class SubscriptionTests {

    @Parameter
    private Threads threads;

    private final Broadcast<Integer> broadcast = Broadcast.create(10);
    private final Subscription<Integer> subscription = broadcast.subscribe();

    @AfterEach
    void close() {
        subscription.close();
    }

    private void send(int... messages) throws InterruptedException {
        for (int message : messages) {
            broadcast.send(message);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWaitingFormOfReceiveIsServed(BlockingReceive form) throws Exception {
        Running<Integer> receiver = threads.start(() -> form.from(subscription));
        receiversWait(broadcast, 1);

        send(1);

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(subscription.tryReceive()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aBlockedReceiverThatIsInterruptedHasTakenNothing(BlockingReceive form) throws Exception {
        Running<Integer> receiver = threads.start(() -> form.from(subscription));
        receiversWait(broadcast, 1);

        receiver.interrupt();

        assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
        assertThat(receiver.endedInterrupted()).isFalse();
        send(1);
        assertThat(subscription.tryReceive()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aReceiveOfAnInterruptedThreadThrows(BlockingReceive form) throws Exception {
        send(1);

        Running<Integer> receiver = threads.start(() -> {
            Thread.currentThread().interrupt();
            return form.from(subscription);
        });

        assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
        assertThat(subscription.peek()).isEqualTo(1);
    }

    @Test
    void aReceiveThatTimesOutHasTakenNothing() throws Exception {
        assertThat(subscription.tryReceive(Duration.ZERO)).isNull();
        assertThat(subscription.tryReceive(Duration.ofSeconds(-1))).isNull();
        assertThat(subscription.tryReceive(Duration.ofMillis(5))).isNull();
        assertThat(broadcast.waiters()).isEmpty();

        send(1);
        assertThat(subscription.tryReceive(Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void blockedReceiversAreServedOldestFirst() throws Exception {
        Running<Integer> first = threads.start(() -> subscription.receive());
        receiversWait(broadcast, 1);
        CompletableFuture<Integer> second = subscription.receiveAsync();
        Running<Integer> third = threads.start(() -> subscription.receive());
        receiversWait(broadcast, 3);

        send(1, 2, 3);

        assertThat(first.result()).isEqualTo(1);
        assertThat(second.join()).isEqualTo(2);
        assertThat(third.result()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aPendingReceiveCanBeTakenBack(ByHand byHand) throws Exception {
        CompletableFuture<Integer> receive = subscription.receiveAsync();

        byHand.end(receive, -1);
        send(1);

        assertThat(subscription.tryReceive()).isEqualTo(1);
    }

    @Test
    void aReceiveThatWasServedCannotBeTakenBackThoughItIsNotDoneYet() throws Exception {
        try (Subscription<Integer> other = broadcast.subscribe()) {
            CompletableFuture<Integer> first = subscription.receiveAsync();
            CompletableFuture<Integer> second = other.receiveAsync();
            // The message reaches both at one instant; then one future is completed after the other.
            CompletableFuture<Boolean> takenBack = first.thenApply(message -> second.cancel(true));

            send(1);

            assertThat(takenBack.join()).isFalse();
            assertThat(second.join()).isEqualTo(1);
        }
    }

    @Test
    void manyMessagesAreTakenAtATime() throws Exception {
        send(1, 2, 3, 4, 5);
        List<Integer> target = new ArrayList<>();

        assertThat(subscription.receiveMany(target, 2)).isEqualTo(2);
        assertThat(subscription.receiveMany(target, 1, Duration.ofHours(1))).isEqualTo(1);
        assertThat(subscription.peek()).isEqualTo(4);
        assertThat(subscription.drainTo(target, 10)).isEqualTo(2);

        assertThat(target).containsExactly(1, 2, 3, 4, 5);
        assertThat(subscription.drainTo(target, 10)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> subscription.receiveMany(target, 0));
    }

    @Test
    void iterationAndStreamsTakeMessageByMessage() throws Exception {
        send(1, 2, 3, 4);
        Iterator<Integer> iterator = subscription.iterator();

        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(subscription.peek()).isEqualTo(2);
        assertThat(iterator.next()).isEqualTo(1);
        assertThat(subscription.stream().limit(2).toList()).containsExactly(2, 3);
        assertThat(subscription.peek()).isEqualTo(4);
        broadcast.close();
        assertThat(iterator.next()).isEqualTo(4);
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void anInterruptedStepIsACancellation() throws Exception {
        Running<Boolean> step = threads.start(() -> subscription.iterator().hasNext());
        receiversWait(broadcast, 1);

        step.interrupt();

        assertThat(step.failure())
                .isInstanceOf(CancellationException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(step.endedInterrupted()).isTrue();
        assertThat(broadcast.stats().blockedReceivers()).isZero();
    }

    @Test
    void itsSpliteratorIsOrderedAndWithoutNullAndNeverSplits() {
        Spliterator<Integer> spliterator = subscription.spliterator();

        assertThat(spliterator.characteristics()).isEqualTo(Spliterator.ORDERED | Spliterator.NONNULL);
        assertThat(spliterator.trySplit()).isNull();
    }
}
