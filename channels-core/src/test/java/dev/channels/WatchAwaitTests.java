package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting until the value of a watch fits. */
@EveryKindOfThread
class WatchAwaitTests {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Parameter
    private Threads threads;

    private final Watch<Integer> watch = Watch.of(1);

    @Test
    void aValueThatIsThereFitsAtOnce() throws Exception {
        assertThat(watch.await(value -> value == 1)).isEqualTo(1);
        assertThat(watch.await(value -> value == 1, Duration.ZERO)).isEqualTo(1);
        assertThat(watch.await(value -> value == 1, Duration.ofSeconds(Long.MIN_VALUE)))
                .isEqualTo(1);
        assertThat(watch.await(value -> value == 1, LONG)).isEqualTo(1);
    }

    @Test
    void waitsUntilAValueFits() throws Exception {
        List<Running<Integer>> waiting = List.of(
                threads.start(() -> watch.await(value -> value >= 3)),
                threads.start(() -> watch.await(value -> value >= 3, LONG)),
                threads.start(() -> watch.await(value -> value >= 3, FOR_EVER)));
        receiversWait(watch, 3);

        watch.set(2);
        receiversWait(watch, 3);
        watch.set(3);

        for (Running<Integer> running : waiting) {
            assertThat(running.result()).isEqualTo(3);
        }
        assertThat(watch.stats().blockedReceivers()).isZero();
        assertThat(watch.waiters()).isEmpty();
    }

    @Test
    void everybodyIsAskedAboutAValueAndOnlyThoseItFitsGoOn() throws Exception {
        Running<Integer> two = threads.start(() -> watch.await(value -> value == 2));
        Running<Integer> three = threads.start(() -> watch.await(value -> value == 3));
        receiversWait(watch, 2);

        watch.set(2);

        assertThat(two.result()).isEqualTo(2);
        receiversWait(watch, 1);
        watch.set(3);
        assertThat(three.result()).isEqualTo(3);
    }

    @Test
    void allTheLookingIsOneWait() throws Exception {
        Running<Integer> waiting = threads.start(() -> watch.await(value -> value == 3));
        receiversWait(watch, 1);
        Duration before = watch.waiters().get(0).waited();
        eventually(() -> watch.waiters().get(0).waited().compareTo(before.plusMillis(5)) > 0);

        watch.set(2);
        receiversWait(watch, 1);

        assertThat(watch.waiters().get(0).waited()).isGreaterThan(before.plusMillis(5));
        watch.set(3);
        assertThat(waiting.result()).isEqualTo(3);
    }

    @Test
    void theConditionIsNotAskedAboutAMissingValue() throws Exception {
        Watch<Integer> empty = Watch.empty();
        List<Integer> asked = new CopyOnWriteArrayList<>();

        assertThat(empty.await(value -> asked.add(value), Duration.ZERO)).isNull();
        Running<Integer> waiting = threads.start(() -> empty.await(value -> asked.add(value)));
        receiversWait(empty, 1);
        assertThat(asked).isEmpty();

        empty.set(5);

        assertThat(waiting.result()).isEqualTo(5);
        assertThat(asked).containsExactly(5);
    }

    @Test
    void theConditionIsAskedInTheCallersThreadAndOutsideAnyLock() throws Exception {
        AtomicReference<Thread> asked = new AtomicReference<>();
        Running<Integer> waiting = threads.start(() -> watch.await(value -> {
            asked.set(Thread.currentThread());
            if (value == 2) {
                watch.set(3);
            }
            return value == 3;
        }));
        receiversWait(watch, 1);

        watch.set(2);

        assertThat(waiting.result()).isEqualTo(3);
        assertThat(asked).hasValue(waiting.thread());
    }

    @Test
    void whatTheConditionThrowsReachesTheCaller() throws Exception {
        RuntimeException failure = new RuntimeException();
        Running<Integer> waiting = threads.start(() -> watch.await(value -> {
            if (value == 2) {
                throw failure;
            }
            return false;
        }));
        receiversWait(watch, 1);

        watch.set(2);

        assertThat(waiting.failure()).isSameAs(failure);
        assertThat(watch.stats().blockedReceivers()).isZero();
    }

    @Test
    void eachValueThatIsAskedAboutIsNewerThanTheOneBefore() throws Exception {
        List<Integer> asked = new ArrayList<>();
        Running<Integer> waiting = threads.start(() -> watch.await(value -> {
            asked.add(value);
            return value == 1_000;
        }));

        for (int value = 2; value <= 1_000; value++) {
            watch.set(value);
        }

        assertThat(waiting.result()).isEqualTo(1_000);
        assertThat(asked).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void isNullWhenTheTimeRunsOut() throws Exception {
        assertThat(watch.await(value -> false, Duration.ZERO)).isNull();
        assertThat(watch.await(value -> false, Duration.ofSeconds(Long.MIN_VALUE)))
                .isNull();
        assertThat(watch.await(value -> false, Duration.ofMillis(2))).isNull();
        assertThat(watch.waiters()).isEmpty();
    }

    @Test
    void theTimeRunsOutThoughValuesKeepComing() throws Exception {
        Running<Integer> waiting = threads.start(() -> watch.await(
                value -> {
                    watch.set(value + 1);
                    return false;
                },
                Duration.ofMillis(20)));

        assertThat(waiting.result()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3_600})
    void anInterruptOnEntryThrowsThoughTheValueFits(long seconds) throws Exception {
        Running<Integer> waiting = threads.start(() -> {
            Thread.currentThread().interrupt();
            return watch.await(value -> true, Duration.ofSeconds(seconds));
        });

        assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
        assertThat(waiting.endedInterrupted()).isFalse();
        Running<Integer> untimed = threads.start(() -> {
            Thread.currentThread().interrupt();
            return watch.await(value -> true);
        });
        assertThat(untimed.failure()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        Running<Integer> waiting = threads.start(() -> watch.await(value -> false));
        receiversWait(watch, 1);
        watch.set(2);
        receiversWait(watch, 1);

        waiting.interrupt();

        assertThat(waiting.failure()).isInstanceOf(InterruptedException.class);
        assertThat(waiting.endedInterrupted()).isFalse();
        assertThat(watch.waiters()).isEmpty();
        assertThat(watch.stats().blockedReceivers()).isZero();
    }

    @Test
    void aConditionThatInterruptsItsThreadAndFitsReturnsWithTheFlag() throws Exception {
        Running<Integer> waiting = threads.start(() -> watch.await(value -> {
            Thread.currentThread().interrupt();
            return true;
        }));

        assertThat(waiting.result()).isEqualTo(1);
        assertThat(waiting.endedInterrupted()).isTrue();
    }

    @Test
    void afterACloseTheLastValueMayStillFit() throws Exception {
        watch.close();

        assertThat(watch.await(value -> value == 1)).isEqualTo(1);
        assertThat(watch.await(value -> value == 1, Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void afterACloseAValueThatDoesNotFitIsTheEnd() {
        watch.close();

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> watch.await(value -> value == 2))
                .withMessageContaining(watch.name())
                .withNoCause();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> watch.await(value -> value == 2, Duration.ZERO));
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> watch.await(value -> value == 2, LONG));
    }

    @Test
    void anEmptyWatchThatIsClosedFitsNothing() {
        Watch<Integer> empty = Watch.empty();
        empty.close();

        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> empty.await(value -> true));
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> empty.await(value -> true, Duration.ZERO));
    }

    @Test
    void aCloseEndsTheWaiting() throws Exception {
        Running<Integer> waiting = threads.start(() -> watch.await(value -> value == 2));
        Running<Integer> timed = threads.start(() -> watch.await(value -> value == 2, LONG));
        receiversWait(watch, 2);

        watch.close();

        assertThat(waiting.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(timed.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(watch.waiters()).isEmpty();
    }

    @Test
    void aValueSetJustBeforeTheCloseIsNotMissed() throws Exception {
        Running<Integer> waiting = threads.start(() -> watch.await(value -> value == 3));
        receiversWait(watch, 1);

        watch.set(2);
        watch.set(3);
        watch.close();

        assertThat(waiting.result()).isEqualTo(3);
    }
}
