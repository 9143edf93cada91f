package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Iteration takes message by message and ends when the channel does. */
@EveryKindOfThread
class IterationTests {

    @Parameter
    private Threads threads;

    @EveryCapacity
    void aLoopTakesEveryMessageUntilTheClose(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<List<Integer>> loop = threads.start(() -> {
            List<Integer> messages = new ArrayList<>();
            for (Integer message : channel) {
                messages.add(message);
            }
            return messages;
        });

        for (int i = 1; i <= 5; i++) {
            channel.send(i);
        }
        channel.close();

        assertThat(loop.result()).containsExactly(1, 2, 3, 4, 5);
        assertThat(countsOf(channel)).isEqualTo("sent 5, received 5, dropped 0, returned 0, size 0");
    }

    @EveryLimitedBuffer
    void afterAFailureTheLoopFailsWhenNothingIsLeft(Capacity capacity) {
        IOException cause = new IOException();
        Channel<Integer> channel = capacity.full();
        channel.close(cause);
        Iterator<Integer> iterator = channel.iterator();

        for (Integer message : capacity.contents()) {
            assertThat(iterator.hasNext()).isTrue();
            assertThat(iterator.next()).isEqualTo(message);
        }

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(iterator::hasNext)
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(iterator::next)
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
    }

    @EveryLimitedBuffer
    void hasNextTakesTheMessageAndKeepsIt(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        Iterator<Integer> iterator = channel.iterator();
        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received 0, dropped 0, returned 0, size %d".formatted(n, n));

        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();

        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 1, dropped 0, returned 0, size %d".formatted(n, n - 1));
        assertThat(iterator.next()).isEqualTo(1);
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 1, dropped 0, returned 0, size %d".formatted(n, n - 1));
    }

    @EveryLimitedBuffer
    void nextNeedsNoHasNext(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        Iterator<Integer> iterator = channel.iterator();

        for (Integer message : capacity.contents()) {
            assertThat(iterator.next()).isEqualTo(message);
        }

        channel.close();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
        assertThat(iterator.hasNext()).isFalse();
    }

    @EveryCapacity
    void hasNextWaitsForAMessage(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Iterator<Integer> iterator = channel.iterator();
        Running<Boolean> step = threads.start(iterator::hasNext);
        receiversWait(channel, 1);

        channel.send(1);

        assertThat(step.result()).isTrue();
        assertThat(iterator.next()).isEqualTo(1);
    }

    @EveryCapacity
    void aWaitingHasNextIsFalseWhenTheChannelCloses(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Boolean> step = threads.start(() -> channel.iterator().hasNext());
        receiversWait(channel, 1);

        channel.close();

        assertThat(step.result()).isFalse();
    }

    @EveryLimit
    void iterationTakesFromBlockedSendersAlsoAfterTheClose(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> first = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        Running<Void> second = threads.run(() -> channel.send(99));
        sendersWait(channel, 2);

        channel.close();

        assertThat(channel).containsExactlyElementsOf(capacity.contentsAnd(98, 99));
        first.result();
        second.result();
    }

    @EveryCapacity
    void anInterruptedStepIsACancellationThatTakesNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<Callable<?>> steps = List.of(
                () -> channel.iterator().hasNext(),
                () -> channel.iterator().next(),
                () -> channel.spliterator().tryAdvance(message -> {}));

        for (Callable<?> step : steps) {
            Running<?> waiting = threads.start(step);
            receiversWait(channel, 1);

            waiting.interrupt();

            assertThat(waiting.failure())
                    .isInstanceOf(CancellationException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(waiting.endedInterrupted()).isTrue();
            assertThat(channel.blockedReceivers()).isZero();
        }

        assertThat(channel.trySend(1)).isEqualTo(capacity != Capacity.ZERO);
        assertThat(channel.tryReceive()).isEqualTo(capacity != Capacity.ZERO ? 1 : null);
    }

    @EveryBuffer
    void aStepOfAnInterruptedThreadTakesNothingThoughThereIsAMessage(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.send(1);

        Running<Boolean> step = threads.start(() -> {
            Thread.currentThread().interrupt();
            return channel.iterator().hasNext();
        });

        assertThat(step.failure())
                .isInstanceOf(CancellationException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(step.endedInterrupted()).isTrue();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 0, dropped 0, returned 0, size 1");
    }

    @EveryBuffer
    void anIteratorGoesOnAfterAnInterrupt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Iterator<Integer> iterator = channel.iterator();
        Running<Boolean> step = threads.start(iterator::hasNext);
        receiversWait(channel, 1);
        step.interrupt();
        assertThat(step.failure()).isInstanceOf(CancellationException.class);

        channel.send(1);

        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isEqualTo(1);
    }

    @EveryBuffer
    void aMessageThatHasNextHasTakenIsNotLostByAnInterrupt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.send(1);

        Running<Integer> step = threads.start(() -> {
            Iterator<Integer> iterator = channel.iterator();
            iterator.hasNext();
            Thread.currentThread().interrupt();
            return iterator.next();
        });

        assertThat(step.result()).isEqualTo(1);
        assertThat(step.endedInterrupted()).isTrue();
    }

    @EveryLimitedBuffer
    void severalIteratorsCompete(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        Iterator<Integer> one = channel.iterator();
        Iterator<Integer> other = channel.iterator();

        assertThat(one.hasNext()).isTrue();
        channel.close();

        List<Integer> rest = new ArrayList<>();
        other.forEachRemaining(rest::add);
        assertThat(rest).containsExactlyElementsOf(capacity.contents().subList(1, capacity.limit()));
        assertThat(one.next()).isEqualTo(1);
        assertThat(one.hasNext()).isFalse();
    }

    @Test
    void makingAnIteratorTakesNothing() {
        Channel<Integer> channel = Capacity.TWO.full();

        channel.iterator();
        channel.spliterator();
        channel.stream();

        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 0, size 2");
    }

    @EveryCapacity
    void theSpliteratorIsOrderedAndWithoutNullAndNeverSplits(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        for (Spliterator<Integer> spliterator :
                List.of(channel.spliterator(), channel.stream().spliterator())) {
            assertThat(spliterator.characteristics()).isEqualTo(Spliterator.ORDERED | Spliterator.NONNULL);
            assertThat(spliterator.trySplit()).isNull();
            assertThat(spliterator.estimateSize()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @EveryLimitedBuffer
    void theSpliteratorTakesMessageByMessage(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        channel.close();
        Spliterator<Integer> spliterator = channel.spliterator();
        List<Integer> messages = new ArrayList<>();

        assertThat(spliterator.tryAdvance(messages::add)).isTrue();
        assertThat(messages).containsExactly(1);
        assertThat(channel.size()).isEqualTo(capacity.limit() - 1);
        spliterator.forEachRemaining(messages::add);

        assertThat(messages).containsExactlyElementsOf(capacity.contents());
        assertThat(spliterator.tryAdvance(messages::add)).isFalse();
    }

    @Test
    void theSpliteratorRefusesNullBeforeItTakesAnything() {
        Channel<Integer> channel = Capacity.TWO.full();

        assertThatNullPointerException().isThrownBy(() -> channel.spliterator().tryAdvance(null));
        assertThatNullPointerException().isThrownBy(() -> channel.spliterator().forEachRemaining(null));

        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 0, size 2");
    }
}
