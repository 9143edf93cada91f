package dev.channels;

import static dev.channels.Eventually.eventuallyAsserted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reading half as a receiver: one receive gives the value as often as it is asked, all there is is one value. */
@EveryKindOfThread
class OneShotReceiverTests {

    @Parameter
    private Threads threads;

    private final OneShot<String> oneShot = OneShot.create();
    private final Receiver<String> receiver = oneShot.receiver();
    private final List<String> target = new ArrayList<>();
    private final Throwable cause = new IOException("disk full");

    @Test
    void everyReceiveGivesTheValue() throws Exception {
        assertThat(receiver.tryReceive()).isNull();
        assertThat(receiver.peek()).isNull();

        oneShot.send("a");

        assertThat(receiver.receive()).isEqualTo("a");
        assertThat(receiver.receive()).isEqualTo("a");
        assertThat(receiver.tryReceive()).isEqualTo("a");
        assertThat(receiver.tryReceive(Duration.ZERO)).isEqualTo("a");
        assertThat(receiver.receiveAsync()).isCompletedWithValue("a");
        assertThat(receiver.peek()).isEqualTo("a");
        assertThat(receiver.isClosedForReceive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void everyFormWaitsForTheValue(BlockingReceive form) throws Exception {
        Running<String> first = threads.start(() -> form.from(receiver));
        Running<String> second = threads.start(() -> form.from(oneShot.receiver()));
        CompletableFuture<String> third = receiver.receiveAsync();

        oneShot.send("a");

        assertThat(first.result()).isEqualTo("a");
        assertThat(second.result()).isEqualTo("a");
        assertThat(third).isCompletedWithValue("a");
    }

    @Test
    void aBatchIsTheValueOnce() throws Exception {
        assertThat(receiver.drainTo(target, 5)).isZero();
        oneShot.send("a");

        assertThat(receiver.receiveMany(target, 5)).isOne();
        assertThat(receiver.receiveMany(target, 5, Duration.ofHours(1))).isOne();
        assertThat(receiver.drainTo(target, 5)).isOne();
        assertThat(receiver.drainTo(target, 5)).isOne();

        assertThat(target).containsExactly("a", "a", "a", "a");
    }

    @Test
    void aBatchThatLingersEndsWithTheValue() throws Exception {
        Running<Integer> batch = threads.start(() -> receiver.receiveMany(target, 5, Duration.ofHours(1)));

        oneShot.send("a");

        assertThat(batch.result()).isOne();
        assertThat(target).containsExactly("a");
    }

    @Test
    void eachIteratorGivesTheValueOnceAndEnds() {
        oneShot.send("a");

        Iterator<String> iterator = receiver.iterator();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isEqualTo("a");
        assertThat(iterator.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);

        assertThat(receiver).containsExactly("a");
        assertThat(oneShot.receiver()).containsExactly("a");
    }

    @Test
    void eachStreamGivesTheValueOnceAndEnds() {
        oneShot.send("a");

        assertThat(receiver.stream()).containsExactly("a");
        assertThat(receiver.stream().map(String::length).toList()).containsExactly(1);
    }

    @Test
    void anIteratorThatWaitsGetsTheValueOnce() throws Exception {
        Running<List<String>> stream = threads.start(() -> receiver.stream().toList());
        Running<List<String>> loop = threads.start(() -> {
            List<String> all = new ArrayList<>();
            receiver.forEach(all::add);
            return all;
        });

        oneShot.send("a");

        assertThat(stream.result()).containsExactly("a");
        assertThat(loop.result()).containsExactly("a");
    }

    @Test
    void eachSubscriberGetsTheValueOnceAndThenTheEnd() {
        Flow.Publisher<String> publisher = receiver.publisher();
        RecordingSubscriber<String> early = RecordingSubscriber.asking(5);
        RecordingSubscriber<String> late = RecordingSubscriber.asking(1);
        publisher.subscribe(early);

        oneShot.send("a");
        publisher.subscribe(late);

        for (RecordingSubscriber<String> subscriber : List.of(early, late)) {
            eventuallyAsserted(() -> assertThat(subscriber.signals()).containsExactly("subscribe", "complete"));
            assertThat(subscriber.messages()).containsExactly("a");
        }
    }

    @Test
    void eachSubscriberGetsTheFailure() {
        RecordingSubscriber<String> early = RecordingSubscriber.asking(5);
        RecordingSubscriber<String> late = RecordingSubscriber.asking(1);
        receiver.publisher().subscribe(early);

        oneShot.fail(cause);
        receiver.publisher().subscribe(late);

        for (RecordingSubscriber<String> subscriber : List.of(early, late)) {
            eventuallyAsserted(() -> assertThat(subscriber.signals()).containsExactly("subscribe", "error"));
            assertThat(subscriber.error())
                    .isInstanceOf(ChannelClosedException.class)
                    .hasCause(cause);
            assertThat(subscriber.messages()).isEmpty();
        }
    }

    @Test
    void anInterruptedIteratorHasNotHadTheValue() throws Exception {
        Iterator<String> iterator = receiver.iterator();
        Running<Boolean> interrupted = threads.start(() -> {
            Thread.currentThread().interrupt();
            return iterator.hasNext();
        });
        assertThat(interrupted.failure()).isInstanceOf(CancellationException.class);

        oneShot.send("a");

        assertThat(iterator.next()).isEqualTo("a");
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void everyFormThrowsTheFailure() {
        oneShot.fail(cause);

        for (ThrowingCallable receive : throwing()) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(receive)
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        }
        assertThat(receiver.receiveAsync().exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        hasNothing();
    }

    @Test
    void everyFormThrowsAfterACancel() {
        oneShot.cancel();

        for (ThrowingCallable receive : throwing()) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(receive)
                    .withCauseInstanceOf(CancellationException.class);
        }
        hasNothing();
    }

    private List<ThrowingCallable> throwing() {
        return List.of(
                receiver::receive,
                receiver::tryReceive,
                () -> receiver.tryReceive(Duration.ofHours(1)),
                () -> receiver.receiveMany(target, 1),
                () -> receiver.receiveMany(target, 1, Duration.ofHours(1)),
                () -> receiver.iterator().hasNext(),
                () -> receiver.iterator().next(),
                () -> receiver.stream().toList());
    }

    private void hasNothing() {
        assertThat(receiver.isClosedForReceive()).isTrue();
        assertThat(receiver.peek()).isNull();
        assertThat(receiver.drainTo(target, 1)).isZero();
        assertThat(target).isEmpty();
    }

    @Test
    void wrongArgumentsAreRefused() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> receiver.receiveMany(target, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> receiver.receiveMany(target, 0, Duration.ZERO));
        assertThatNullPointerException().isThrownBy(() -> receiver.receiveMany(null, 1));
        assertThatNullPointerException().isThrownBy(() -> receiver.receiveMany(target, 1, null));
        assertThatNullPointerException().isThrownBy(() -> receiver.drainTo(null, 1));
        assertThatNullPointerException().isThrownBy(() -> receiver.publisher().subscribe(null));
        assertThat(receiver.drainTo(target, 0)).isZero();

        oneShot.send("a");
        assertThat(receiver.receive()).isEqualTo("a");
    }
}
