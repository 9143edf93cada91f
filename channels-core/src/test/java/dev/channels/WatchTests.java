package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A watch holds the latest value: it can be read at any time, and replaced in three ways. */
class WatchTests {

    private final Watch<Integer> watch = Watch.of(1);
    private final Watch<Integer> empty = Watch.empty();

    @Test
    void beginsWithItsInitialValue() {
        assertThat(watch.get()).isEqualTo(1);
        assertThat(watch.get()).isEqualTo(1);
    }

    @Test
    void hasNoValueUntilTheFirstIsSet() {
        assertThat(empty.get()).isNull();

        empty.set(7);

        assertThat(empty.get()).isEqualTo(7);
    }

    @Test
    void theLastValueSetIsTheOne() {
        watch.set(2);
        watch.set(3);

        assertThat(watch.get()).isEqualTo(3);
    }

    @Test
    void updateMakesTheNewValueOfTheLatest() {
        assertThat(watch.update(value -> value + 10)).isEqualTo(11);

        assertThat(watch.get()).isEqualTo(11);
    }

    @Test
    void updateOfAnEmptyWatchGetsNull() {
        List<Integer> asked = new ArrayList<>();

        assertThat(empty.update(value -> {
                    asked.add(value);
                    return 5;
                }))
                .isEqualTo(5);

        assertThat(asked).containsExactly((Integer) null);
        assertThat(empty.get()).isEqualTo(5);
    }

    @Test
    void updateRunsAgainWhenAnotherWriteCameBetween() {
        AtomicInteger runs = new AtomicInteger();

        int result = watch.update(value -> {
            if (runs.incrementAndGet() == 1) {
                watch.set(value);
            }
            return value + 1;
        });

        assertThat(result).isEqualTo(2);
        assertThat(runs).hasValue(2);
        assertThat(watch.get()).isEqualTo(2);
    }

    @Test
    void updateThatReturnsNullChangesNothing() {
        Watcher<Integer> watcher = watch.watcher();

        assertThatNullPointerException().isThrownBy(() -> watch.update(value -> null));

        assertThat(watch.get()).isEqualTo(1);
        assertThat(watcher.hasChanged()).isFalse();
    }

    @Test
    void updateThatThrowsChangesNothing() {
        Watcher<Integer> watcher = watch.watcher();
        RuntimeException failure = new RuntimeException();

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> watch.update(value -> {
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(watch.get()).isEqualTo(1);
        assertThat(watcher.hasChanged()).isFalse();
        watch.set(2);
        assertThat(watch.get()).isEqualTo(2);
    }

    @Test
    void compareAndSetComparesWithEquals() {
        Watch<List<Integer>> lists = Watch.of(new ArrayList<>(List.of(1)));

        assertThat(lists.compareAndSet(new ArrayList<>(List.of(1)), List.of(2))).isTrue();
        assertThat(lists.compareAndSet(List.of(1), List.of(3))).isFalse();

        assertThat(lists.get()).containsExactly(2);
    }

    @Test
    void compareAndSetExpectsNullOnAnEmptyWatch() {
        assertThat(empty.compareAndSet(1, 2)).isFalse();
        assertThat(empty.get()).isNull();
        assertThat(empty.compareAndSet(null, 3)).isTrue();
        assertThat(empty.compareAndSet(null, 4)).isFalse();
        assertThat(empty.get()).isEqualTo(3);
    }

    @Test
    void compareAndSetLooksAgainWhenAnotherWriteCameBetween() {
        Watch<Object> things = Watch.empty();
        AtomicInteger asked = new AtomicInteger();
        Object value = new Object() {
            @Override
            public boolean equals(Object other) {
                if (asked.incrementAndGet() == 1) {
                    things.set(this);
                }
                return true;
            }

            @Override
            public int hashCode() {
                return 0;
            }
        };
        things.set(value);

        assertThat(things.compareAndSet("anything", "new")).isTrue();

        assertThat(asked).hasValue(2);
        assertThat(things.get()).isEqualTo("new");
    }

    @Test
    void everyWriteIsAChangeAlsoAnEqualOne() {
        Watcher<Integer> watcher = watch.watcher();

        watch.set(1);
        assertThat(watcher.hasChanged()).isTrue();
        watcher.get();
        watch.update(value -> value);
        assertThat(watcher.hasChanged()).isTrue();
        watcher.get();
        watch.compareAndSet(1, 1);
        assertThat(watcher.hasChanged()).isTrue();
    }

    @Test
    void aCompareAndSetThatDoesNotReplaceIsNoChange() {
        Watcher<Integer> watcher = watch.watcher();

        watch.compareAndSet(2, 3);

        assertThat(watcher.hasChanged()).isFalse();
    }

    @Test
    void aClosedWatchStillHasItsValueAndRefusesWrites() {
        watch.close();
        List<ThrowingCallable> writes = List.of(
                () -> watch.set(2),
                () -> watch.update(value -> value + 1),
                () -> watch.compareAndSet(1, 2),
                () -> watch.compareAndSet(99, 2));

        for (ThrowingCallable write : writes) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(write)
                    .withNoCause()
                    .withMessageContaining(watch.name());
        }

        assertThat(watch.get()).isEqualTo(1);
    }

    @Test
    void updateAsksNothingOnAClosedWatch() {
        watch.close();
        AtomicInteger asked = new AtomicInteger();

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> watch.update(value -> asked.incrementAndGet()));

        assertThat(asked).hasValue(0);
    }

    @Test
    void updateThatIsOvertakenByACloseChangesNothing() {
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> watch.update(value -> {
                    watch.close();
                    return 2;
                }));

        assertThat(watch.get()).isEqualTo(1);
    }

    @Test
    void anEmptyWatchThatIsClosedHasNoValue() {
        empty.close();

        assertThat(empty.get()).isNull();
        assertThat(empty.stats().size()).isZero();
    }

    @Test
    void closingIsIdempotent() {
        watch.close();
        watch.close();

        assertThat(watch.stats().closed()).isTrue();
    }

    @Test
    void isClosedAtTheEndOfATryStatement() {
        try (watch) {
            watch.set(2);
        }

        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> watch.set(3));
    }

    @Test
    void countsValuesThatWereReplacedAsReceivedIfSomebodyReadThem() {
        assertThat(countsOf(empty)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
        assertThat(countsOf(watch)).isEqualTo("sent 1, received 0, dropped 0, returned 0, size 1");

        watch.set(2);
        assertThat(countsOf(watch)).isEqualTo("sent 2, received 0, dropped 1, returned 0, size 1");

        assertThat(watch.get()).isEqualTo(2);
        assertThat(watch.get()).isEqualTo(2);
        watch.set(3);
        assertThat(countsOf(watch)).isEqualTo("sent 3, received 1, dropped 1, returned 0, size 1");

        Watcher<Integer> watcher = watch.watcher();
        watch.set(4);
        assertThat(watcher.get()).isEqualTo(4);
        watch.close();
        assertThat(countsOf(watch)).isEqualTo("sent 4, received 1, dropped 2, returned 0, size 1");
    }

    @Test
    void tellsItsNumbers() {
        Watch<Integer> prices = Watch.builder("prices").build();

        assertThat(prices.name()).isEqualTo("prices");
        assertThat(prices.capacity()).isOne();
        assertThat(prices.waiters()).isEmpty();
        assertThat(prices.stats()).isEqualTo(new ChannelStats("prices", 1, 0, 0, 0, 0, 0, 0, 0, false));
        assertThat(prices).hasToString("Watch[prices, size=0, capacity=1, blockedSenders=0, blockedReceivers=0]");

        prices.set(1);
        prices.close();

        assertThat(prices.stats()).isEqualTo(new ChannelStats("prices", 1, 1, 0, 0, 1, 0, 0, 0, true));
        assertThat(prices).asString().endsWith("closed]");
    }

    @Test
    void unnamedWatchesHaveNamesOfTheirOwn() {
        assertThat(watch.name()).startsWith("watch-").isNotEqualTo(empty.name());
        assertThat(empty.name()).startsWith("watch-");
    }

    @Test
    void aBuilderBuildsManyTimes() {
        Watch.Builder<String> builder = Watch.builder("greeting").initial("hello");

        Watch<String> one = builder.build();
        Watch<String> other = builder.build();
        one.set("bye");

        assertThat(one.get()).isEqualTo("bye");
        assertThat(other.get()).isEqualTo("hello");
        assertThat(other.name()).isEqualTo("greeting");
    }

    @Test
    void nullIsRefusedBeforeAnythingChanges() {
        List<ThrowingCallable> calls = List.of(
                () -> Watch.of(null),
                () -> Watch.builder(null),
                () -> Watch.builder("name").initial(null),
                () -> watch.set(null),
                () -> watch.update(null),
                () -> watch.compareAndSet(1, null),
                () -> watch.await(null),
                () -> watch.await(null, Duration.ZERO),
                () -> watch.await(value -> true, null),
                () -> watch.watcher().awaitChange(null));

        for (ThrowingCallable call : calls) {
            assertThatNullPointerException().isThrownBy(call);
        }
        watch.close();
        assertThatNullPointerException().isThrownBy(() -> watch.set(null));
        assertThatNullPointerException().isThrownBy(() -> watch.compareAndSet(1, null));
        assertThatNullPointerException().isThrownBy(() -> watch.update(null));
        assertThat(watch.get()).isEqualTo(1);
    }
}
