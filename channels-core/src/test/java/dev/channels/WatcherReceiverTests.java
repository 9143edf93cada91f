package dev.channels;

import static dev.channels.Eventually.eventuallyAsserted;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A watcher as a receiver: what it receives are the changes. */
@EveryKindOfThread
class WatcherReceiverTests {

    @Parameter
    private Threads threads;

    private final Watch<Integer> watch = Watch.of(1);
    private final Watcher<Integer> watcher = watch.watcher();
    private final Receiver<Integer> receiver = watcher.receiver();

    @Test
    void givesTheNewestUnseenValueOnce() throws Exception {
        assertThat(receiver.tryReceive()).isNull();
        assertThat(receiver.tryReceive(Duration.ZERO)).isNull();

        watch.set(2);
        watch.set(3);

        assertThat(receiver.receive()).isEqualTo(3);
        assertThat(receiver.tryReceive()).isNull();
        assertThat(watcher.hasChanged()).isFalse();
    }

    @Test
    void whatTheWatcherHasSeenIsNotReceived() {
        watch.set(2);

        assertThat(watcher.get()).isEqualTo(2);

        assertThat(receiver.tryReceive()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void everyFormWaitsForAChange(BlockingReceive form) throws Exception {
        Running<Integer> waiting = threads.start(() -> form.from(receiver));
        receiversWait(watch, 1);

        watch.set(2);

        assertThat(waiting.result()).isEqualTo(2);
        assertThat(watcher.hasChanged()).isFalse();
        assertThat(watch.stats().blockedReceivers()).isZero();
    }

    @Test
    void aBatchIsTheNewestValue() throws Exception {
        watch.set(2);
        watch.set(3);
        List<Integer> target = new ArrayList<>();

        assertThat(receiver.receiveMany(target, 10)).isOne();
        watch.set(4);
        assertThat(receiver.drainTo(target, 10)).isOne();
        assertThat(receiver.drainTo(target, 10)).isZero();

        assertThat(target).containsExactly(3, 4);
    }

    @Test
    void peekLeavesTheValueUnseen() {
        assertThat(receiver.peek()).isNull();

        watch.set(2);

        assertThat(receiver.peek()).isEqualTo(2);
        assertThat(watcher.hasChanged()).isTrue();
        assertThat(receiver.tryReceive()).isEqualTo(2);
        assertThat(receiver.peek()).isNull();
    }

    @Test
    void isClosedAndDrainedOnceTheLastValueWasSeen() throws Exception {
        watch.set(2);
        assertThat(receiver.isClosedForReceive()).isFalse();

        watch.close();

        assertThat(receiver.isClosedForReceive()).isFalse();
        assertThat(receiver.receive()).isEqualTo(2);
        assertThat(receiver.isClosedForReceive()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(receiver::receive);
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(receiver::tryReceive);
        assertThat(receiver.receiveMany(new ArrayList<>(), 1)).isZero();
        assertThat(receiver.drainTo(new ArrayList<>(), 1)).isZero();
        assertThat(receiver.peek()).isNull();
        assertThat(receiver.receiveAsync().exceptionNow()).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void iterationEndsNormallyAfterTheLastValue() {
        watch.set(2);
        Iterator<Integer> iterator = receiver.iterator();
        assertThat(iterator.next()).isEqualTo(2);
        watch.set(3);
        watch.set(4);
        watch.close();

        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isEqualTo(4);
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void aStreamOfChangesNeverGoesBackAndHasTheLast() throws Exception {
        Running<List<Integer>> stream = threads.start(() -> receiver.stream().toList());
        receiversWait(watch, 1);

        for (int value = 2; value <= 500; value++) {
            watch.set(value);
        }
        watch.close();

        assertThat(stream.result()).isSorted().doesNotHaveDuplicates().endsWith(500);
    }

    @Test
    void aSubscriberGetsChangesAndTheEnd() {
        RecordingSubscriber<Integer> subscriber = RecordingSubscriber.asking(Long.MAX_VALUE);
        receiver.publisher().subscribe(subscriber);

        for (int value = 2; value <= 4; value++) {
            int last = value;
            watch.set(value);
            eventuallyAsserted(() -> assertThat(subscriber.messages()).endsWith(last));
        }
        watch.close();

        eventuallyAsserted(() -> assertThat(subscriber.signals()).containsExactly("subscribe", "complete"));
        assertThat(subscriber.messages()).containsExactly(2, 3, 4);
        assertThat(watch.waiters()).isEmpty();
    }

    @Test
    void receiveAsyncIsCompletedByTheNextChange() {
        CompletableFuture<Integer> change = receiver.receiveAsync();
        assertThat(change).isNotDone();
        assertThat(watch.stats().blockedReceivers()).isOne();
        assertThat(watch.waiters()).extracting(Waiter::thread).containsExactly((Thread) null);

        watch.set(2);

        assertThat(change).isCompletedWithValue(2);
        assertThat(watch.stats().blockedReceivers()).isZero();
    }

    @Test
    void whatDependsOnAChangeRunsOutsideAnyLock() {
        CompletableFuture<Integer> seen = receiver.receiveAsync().thenApply(value -> {
            watch.set(value + 1);
            return watch.stats().size();
        });

        watch.set(2);

        assertThat(seen).isCompletedWithValue(1);
        assertThat(watch.get()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aReceiveThatIsEndedByHandSeesNothing(ByHand byHand) {
        CompletableFuture<Integer> change = receiver.receiveAsync();

        byHand.end(change, -1);

        assertThat(watch.stats().blockedReceivers()).isZero();
        watch.set(2);
        assertThat(watcher.hasChanged()).isTrue();
    }

    @Test
    void anInterruptedReceiverHasSeenNothing() throws Exception {
        Running<Integer> waiting = threads.start(receiver::receive);
        receiversWait(watch, 1);

        waiting.interrupt();

        assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
        watch.set(2);
        assertThat(receiver.tryReceive()).isEqualTo(2);
    }
}
