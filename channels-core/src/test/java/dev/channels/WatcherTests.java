package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A watcher knows what it has seen, and waits for what it has not. */
@EveryKindOfThread
class WatcherTests {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Parameter
    private Threads threads;

    private final Watch<Integer> watch = Watch.of(1);
    private final Watcher<Integer> watcher = watch.watcher();

    @Test
    void hasSeenTheValueOfItsMaking() throws Exception {
        assertThat(watcher.hasChanged()).isFalse();
        assertThat(watcher.awaitChange(Duration.ZERO)).isNull();
        assertThat(watcher.get()).isEqualTo(1);

        watch.set(2);

        assertThat(watch.watcher().hasChanged()).isFalse();
    }

    @Test
    void seesTheFirstValueOfAnEmptyWatchAsAChange() throws Exception {
        Watch<Integer> empty = Watch.empty();
        Watcher<Integer> early = empty.watcher();
        assertThat(early.hasChanged()).isFalse();
        assertThat(early.get()).isNull();
        assertThat(early.awaitChange(Duration.ZERO)).isNull();

        empty.set(1);

        assertThat(early.awaitChange()).isEqualTo(1);
    }

    @Test
    void gettingTheMissingValueOfAnEmptyWatchHidesNoChange() {
        Watch<Integer> empty = Watch.empty();
        Watcher<Integer> early = empty.watcher();
        assertThat(early.get()).isNull();

        empty.set(1);

        assertThat(early.hasChanged()).isTrue();
    }

    @Test
    void getsTheNewestAndThenHasSeenThoseBefore() throws Exception {
        watch.set(2);
        watch.set(3);

        assertThat(watcher.awaitChange()).isEqualTo(3);

        assertThat(watcher.hasChanged()).isFalse();
        assertThat(watcher.awaitChange(Duration.ZERO)).isNull();
    }

    @Test
    void hasChangedCountsNothingAsSeen() throws Exception {
        watch.set(2);

        for (int i = 0; i < 3; i++) {
            assertThat(watcher.hasChanged()).isTrue();
        }
        assertThat(watcher.awaitChange(LONG)).isEqualTo(2);
    }

    @Test
    void getCountsTheValueAsSeen() throws Exception {
        watch.set(2);

        assertThat(watcher.get()).isEqualTo(2);

        assertThat(watcher.hasChanged()).isFalse();
        assertThat(watcher.awaitChange(Duration.ZERO)).isNull();
        assertThat(watcher.get()).isEqualTo(2);
    }

    @Test
    void readingTheWatchItselfCountsNothingAsSeen() {
        watch.set(2);

        assertThat(watch.get()).isEqualTo(2);

        assertThat(watcher.hasChanged()).isTrue();
    }

    @Test
    void anEqualValueIsAChange() throws Exception {
        watch.set(1);

        assertThat(watcher.awaitChange(Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void eachWatcherSeesForItself() throws Exception {
        Watcher<Integer> other = watch.watcher();
        watch.set(2);

        assertThat(watcher.awaitChange()).isEqualTo(2);

        assertThat(other.hasChanged()).isTrue();
        assertThat(other.awaitChange()).isEqualTo(2);
    }

    @Test
    void waitsForAChange() throws Exception {
        Running<Integer> waiting = threads.start(watcher::awaitChange);
        receiversWait(watch, 1);
        assertThat(waiting.isDone()).isFalse();

        watch.set(2);

        assertThat(waiting.result()).isEqualTo(2);
        assertThat(watcher.hasChanged()).isFalse();
        assertThat(watch.stats().blockedReceivers()).isZero();
    }

    @Test
    void everyWayOfWritingWakesEveryWatcher() throws Exception {
        Watcher<Integer> other = watch.watcher();
        List<Runnable> writes =
                List.of(() -> watch.set(5), () -> watch.update(value -> 5), () -> watch.compareAndSet(5, 5));
        for (Runnable write : writes) {
            Running<Integer> one = threads.start(watcher::awaitChange);
            Running<Integer> two = threads.start(() -> other.awaitChange(LONG));
            receiversWait(watch, 2);

            write.run();

            assertThat(one.result()).isEqualTo(5);
            assertThat(two.result()).isEqualTo(5);
        }
    }

    @Test
    void threadsThatShareAWatcherGetEachChangeOnceOldestFirst() throws Exception {
        Running<Integer> first = threads.start(watcher::awaitChange);
        receiversWait(watch, 1);
        Running<Integer> second = threads.start(() -> watcher.awaitChange(FOR_EVER));
        receiversWait(watch, 2);

        watch.set(2);

        assertThat(first.result()).isEqualTo(2);
        assertThat(watch.stats().blockedReceivers()).isOne();
        watch.set(3);
        assertThat(second.result()).isEqualTo(3);
    }

    @Test
    void whoGivesUpLeavesTheOtherWatchersWaiting() throws Exception {
        Watcher<Integer> other = watch.watcher();
        Running<Integer> waiting = threads.start(() -> other.awaitChange());
        receiversWait(watch, 1);

        assertThat(watcher.awaitChange(Duration.ofMillis(2))).isNull();

        assertThat(watch.stats().blockedReceivers()).isOne();
        watch.set(2);
        assertThat(waiting.result()).isEqualTo(2);
    }

    @Test
    void awaitChangeIsNullWhenTheTimeRunsOut() throws Exception {
        assertThat(watcher.awaitChange(Duration.ofMillis(2))).isNull();
        assertThat(watcher.awaitChange(Duration.ofSeconds(Long.MIN_VALUE))).isNull();
        assertThat(watch.waiters()).isEmpty();

        watch.set(2);
        assertThat(watcher.awaitChange(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(2);
    }

    @Test
    void anInterruptOnEntryThrowsAndCountsNothingAsSeen() throws Exception {
        watch.set(2);
        for (Duration timeout : List.of(Duration.ZERO, LONG, FOR_EVER)) {
            Running<Integer> timed = threads.start(() -> {
                Thread.currentThread().interrupt();
                return watcher.awaitChange(timeout);
            });
            assertThat(timed.failure()).isInstanceOf(InterruptedException.class);
        }
        Running<Integer> untimed = threads.start(() -> {
            Thread.currentThread().interrupt();
            return watcher.awaitChange();
        });

        assertThat(untimed.failure()).isInstanceOf(InterruptedException.class);
        assertThat(untimed.endedInterrupted()).isFalse();
        assertThat(watcher.hasChanged()).isTrue();
    }

    @Test
    void anInterruptWhileWaitingCountsNothingAsSeen() throws Exception {
        Running<Integer> waiting = threads.start(watcher::awaitChange);
        receiversWait(watch, 1);

        waiting.interrupt();

        assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
        assertThat(waiting.endedInterrupted()).isFalse();
        assertThat(watch.waiters()).isEmpty();
        watch.set(2);
        assertThat(watcher.hasChanged()).isTrue();
    }

    @Test
    void formsThatNeverWaitIgnoreAnInterrupt() throws Exception {
        watch.set(2);
        Running<Integer> reader = threads.start(() -> {
            Thread.currentThread().interrupt();
            return watcher.hasChanged() ? watcher.get() : watch.get();
        });

        assertThat(reader.result()).isEqualTo(2);
        assertThat(reader.endedInterrupted()).isTrue();
    }

    @Test
    void afterACloseItGetsAnUnseenValueOnceAndThenTheEnd() throws Exception {
        watch.set(2);
        watch.close();

        assertThat(watcher.hasChanged()).isTrue();
        assertThat(watcher.awaitChange()).isEqualTo(2);

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(watcher::awaitChange)
                .withMessageContaining(watch.name())
                .withNoCause();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> watcher.awaitChange(Duration.ZERO));
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> watcher.awaitChange(LONG));
        assertThat(watcher.get()).isEqualTo(2);
        assertThat(watcher.hasChanged()).isFalse();
    }

    @Test
    void aCloseEndsTheWaiting() throws Exception {
        Running<Integer> one = threads.start(watcher::awaitChange);
        receiversWait(watch, 1);
        Running<Integer> sharing = threads.start(() -> watcher.awaitChange(LONG));
        receiversWait(watch, 2);
        Running<Integer> other = threads.start(() -> watch.watcher().awaitChange());
        receiversWait(watch, 3);

        watch.close();

        for (Running<Integer> waiting : List.of(one, sharing, other)) {
            assertThat(waiting.failure()).isInstanceOf(ChannelClosedException.class);
        }
        assertThat(watch.waiters()).isEmpty();
    }

    @Test
    void aWatcherMadeAfterTheCloseHasSeenTheLastValue() {
        watch.close();
        Watcher<Integer> late = watch.watcher();

        assertThat(late.get()).isEqualTo(1);
        assertThat(late.hasChanged()).isFalse();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(late::awaitChange);
    }

    @Test
    void theWatchNamesWhoWaitsLongestFirst() throws Exception {
        Running<Integer> first = threads.start(watcher::awaitChange);
        receiversWait(watch, 1);
        Running<Integer> second = threads.start(() -> watch.await(value -> false));
        receiversWait(watch, 2);
        Running<Integer> third = threads.start(() -> watch.watcher().awaitChange());
        receiversWait(watch, 3);
        eventually(() ->
                watch.waiters().stream().noneMatch(waiter -> waiter.waited().isZero()));

        List<Waiter> waiters = watch.waiters();

        assertThat(waiters)
                .extracting(Waiter::thread)
                .containsExactlyInAnyOrder(first.thread(), second.thread(), third.thread());
        assertThat(waiters).extracting(Waiter::side).containsOnly(Waiter.Side.RECEIVE);
        assertThat(waiters).extracting(Waiter::waited).isSortedAccordingTo((a, b) -> b.compareTo(a));
        watch.close();
        first.join();
        second.join();
        third.join();
    }

    @Test
    void tellsWhetherItHasChanged() {
        assertThat(watcher).hasToString("Watcher[" + watch.name() + "]");
        watch.set(2);
        assertThat(watcher).hasToString("Watcher[" + watch.name() + ", changed]");
        watcher.get();
        watch.close();
        assertThat(watcher).hasToString("Watcher[" + watch.name() + ", closed]");
    }

    @Test
    void aForgottenWatcherIsGoneAndSoIsAReplacedValue() throws Exception {
        Watch<Object> things = Watch.of(new Object());
        WeakReference<Object> initial = new WeakReference<>(things.get());
        WeakReference<Watcher<Object>> forgotten = forgottenWatcher(things);
        Watcher<Object> behind = things.watcher();

        things.set("new");

        eventually(() -> {
            System.gc();
            return initial.get() == null && forgotten.get() == null;
        });
        assertThat(behind.hasChanged()).isTrue();
    }

    /** A watcher on which a thread has waited in vain. */
    private WeakReference<Watcher<Object>> forgottenWatcher(Watch<Object> things) throws Exception {
        Watcher<Object> used = things.watcher();
        threads.start(() -> used.awaitChange(Duration.ofMillis(1))).join();
        return new WeakReference<>(used);
    }
}
