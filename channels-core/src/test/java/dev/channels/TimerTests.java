package dev.channels;

import static dev.channels.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers that time alone serves. */
@EveryKindOfThread
class TimerTests {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    /** Forms of receiving that wait, and all that comes until the end. */
    enum Reading {
        ITERATOR {
            @Override
            List<Instant> of(Receiver<Instant> timer) {
                List<Instant> instants = new ArrayList<>();
                timer.forEach(instants::add);
                return instants;
            }
        },
        STREAM {
            @Override
            List<Instant> of(Receiver<Instant> timer) {
                return timer.stream().toList();
            }
        },
        ASYNC {
            @Override
            List<Instant> of(Receiver<Instant> timer) throws Exception {
                return List.of(timer.receiveAsync().get());
            }
        },
        PUBLISHER {
            @Override
            List<Instant> of(Receiver<Instant> timer) {
                RecordingSubscriber<Instant> subscriber = RecordingSubscriber.asking(Long.MAX_VALUE);
                timer.publisher().subscribe(subscriber);
                eventually(() -> subscriber.signals().contains("complete"));
                return subscriber.messages();
            }
        },
        RECEIVE_MANY {
            @Override
            List<Instant> of(Receiver<Instant> timer) throws Exception {
                List<Instant> instants = new ArrayList<>();
                while (timer.receiveMany(instants, 5) > 0) {
                    // goes on
                }
                return instants;
            }
        };

        abstract List<Instant> of(Receiver<Instant> timer) throws Exception;
    }

    // after

    @ParameterizedTest
    @EnumSource
    void afterATimeComesTheInstantAtWhichThatWas(BlockingReceive form) throws Exception {
        Instant before = Instant.now();
        long from = System.nanoTime();
        Receiver<Instant> timer = Channel.after(SHORT);
        Instant made = Instant.now();

        Running<Instant> receiver = threads.start(() -> form.from(timer));

        assertThat(receiver.result()).isBetween(before.plus(SHORT), made.plus(SHORT));
        assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @ParameterizedTest
    @EnumSource
    void afterATimeComesOneInstantAndThenTheEnd(Reading reading) throws Exception {
        long from = System.nanoTime();
        Receiver<Instant> timer = Channel.after(SHORT);

        Running<List<Instant>> reader = threads.start(() -> reading.of(timer));

        assertThat(reader.result()).hasSize(1);
        assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(timer.isClosedForReceive()).isTrue();
    }

    @Test
    void beforeTheTimeThereIsNothing() throws Exception {
        Receiver<Instant> timer = Channel.after(LONG);
        List<Instant> target = new ArrayList<>();

        assertThat(timer.tryReceive()).isNull();
        assertThat(timer.tryReceive(Duration.ZERO)).isNull();
        assertThat(timer.tryReceive(Duration.ofMillis(1))).isNull();
        assertThat(timer.peek()).isNull();
        assertThat(timer.drainTo(target, 5)).isZero();
        assertThat(target).isEmpty();
        assertThat(timer.isClosedForReceive()).isFalse();
    }

    @Test
    void theInstantStaysUntilItIsTaken() throws Exception {
        Instant before = Instant.now();
        Receiver<Instant> timer = Channel.after(SHORT);
        Instant made = Instant.now();
        Thread.sleep(SHORT.multipliedBy(3));

        Instant seen = timer.peek();

        assertThat(seen).isBetween(before.plus(SHORT), made.plus(SHORT));
        assertThat(timer.peek()).isEqualTo(seen);
        assertThat(timer.isClosedForReceive()).isFalse();
        assertThat(timer.tryReceive()).isEqualTo(seen);
        assertThat(timer.isClosedForReceive()).isTrue();
        assertThat(timer.peek()).isNull();
    }

    @Test
    void theFormsThatNeverWaitTakeItToo() throws Exception {
        List<Instant> target = new ArrayList<>();

        assertThat(Channel.after(Duration.ZERO).tryReceive()).isNotNull();
        assertThat(Channel.after(Duration.ZERO).tryReceive(Duration.ZERO)).isNotNull();
        assertThat(Channel.after(Duration.ZERO).drainTo(target, 0)).isZero();
        assertThat(Channel.after(Duration.ZERO).drainTo(target, 5)).isOne();
        assertThat(Channel.after(Duration.ZERO).receiveAsync()).isCompleted();
        assertThat(target).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1H", "PT-9223372036854775808S"})
    void zeroAndNegativeMeanNow(Duration delay) {
        Instant before = Instant.now();
        Receiver<Instant> timer = Channel.after(delay);

        assertThat(timer.tryReceive()).isBetween(before, Instant.now());
        assertThat(timer.isClosedForReceive()).isTrue();
    }

    @Test
    void onceTakenEveryFormFindsTheEnd() throws Exception {
        Receiver<Instant> timer = Channel.after(Duration.ofNanos(1));
        timer.receive();

        List<ThrowingCallable> receives = List.of(
                timer::receive, timer::tryReceive, () -> timer.tryReceive(Duration.ZERO), () -> timer.tryReceive(LONG));
        for (ThrowingCallable receive : receives) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(receive)
                    .withNoCause()
                    .withMessageContaining("after(PT0.000000001S)");
        }
        assertThat(timer.receiveAsync().exceptionNow()).isInstanceOf(ChannelClosedException.class);
        assertThat(timer.receiveMany(new ArrayList<>(), 5)).isZero();
        assertThat(timer.receiveMany(new ArrayList<>(), 5, LONG)).isZero();
        assertThat(timer.drainTo(new ArrayList<>(), 5)).isZero();
        assertThat(timer.peek()).isNull();
        assertThat(timer.iterator().hasNext()).isFalse();
        assertThat(timer.stream()).isEmpty();
    }

    @Test
    void whoHasWaitedLongestGetsItAndTheOthersFindTheEnd() throws Exception {
        Receiver<Instant> timer = Channel.after(Duration.ofMillis(500));
        Running<Instant> first = threads.start(timer::receive);
        receiversWait(timer, 1);
        CompletableFuture<Instant> second = timer.receiveAsync();
        Running<Instant> third = threads.start(() -> timer.tryReceive(LONG));

        assertThat(first.result()).isNotNull();
        assertThat(second)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(ChannelClosedException.class);
        assertThat(third.failure()).isInstanceOf(ChannelClosedException.class);
        receiversWait(timer, 0);
    }

    @Test
    void whoWaitsJustAsLongAsTheTimerAlwaysGetsIt() throws Exception {
        for (int i = 0; i < 20; i++) {
            Duration time = Duration.ofMillis(i % 3).plusNanos(1);
            Receiver<Instant> timer = Channel.after(time);

            Running<Instant> receiver = threads.start(() -> timer.tryReceive(time));

            assertThat(receiver.result()).isNotNull();
        }
    }

    @Test
    void whoGivesUpTakesNothing() throws Exception {
        Receiver<Instant> timer = Channel.after(Duration.ofMillis(300));

        Running<Instant> interrupted = threads.start(timer::receive);
        receiversWait(timer, 1);
        interrupted.interrupt();
        assertThat(interrupted.failure()).isInstanceOf(InterruptedException.class);
        for (ByHand byHand : ByHand.values()) {
            byHand.end(timer.receiveAsync(), Instant.EPOCH);
        }
        receiversWait(timer, 0);

        assertThat(timer.receive()).isNotEqualTo(Instant.EPOCH);
        assertThat(timer.isClosedForReceive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT9223372036854775807S", "P106751DT23H47M16.854775807S", "PT2562048H"})
    void aTimeLongerThanAnyMeansForEver(Duration time) throws Exception {
        for (Receiver<Instant> timer : List.of(Channel.after(time), Channel.tick(time))) {
            CompletableFuture<Instant> pending = timer.receiveAsync();

            assertThat(timer.tryReceive()).isNull();
            assertThat(timer.tryReceive(Duration.ofMillis(1))).isNull();
            assertThat(timer.peek()).isNull();
            assertThat(timer.isClosedForReceive()).isFalse();
            assertThat(pending.cancel(true)).isTrue();
        }
    }

    @Test
    void aTimeAlmostAsLongMeansTheSame() throws Exception {
        for (Duration time : List.of(Duration.ofNanos(Long.MAX_VALUE - 1), Duration.ofNanos(Long.MAX_VALUE / 2 + 1))) {
            for (Receiver<Instant> timer : List.of(Channel.after(time), Channel.tick(time))) {
                assertThat(timer.tryReceive(Duration.ofMillis(2))).isNull();
                CompletableFuture<Instant> pending = timer.receiveAsync();
                Thread.sleep(2);
                assertThat(pending).isNotDone();
                assertThat(pending.cancel(true)).isTrue();
            }
        }
    }

    @Test
    void whatDependsOnOneTimerHoldsUpNoOther() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> busy = Channel.after(SHORT).receiveAsync().thenAccept(instant -> {
            entered.countDown();
            Uninterrupted.await(release);
        });
        entered.await();

        assertThat(Channel.after(SHORT).receive()).isNotNull();
        assertThat(Channel.after(SHORT).receiveAsync()).succeedsWithin(Duration.ofSeconds(10));

        release.countDown();
        assertThat(busy).succeedsWithin(Duration.ofSeconds(10));
    }

    // tick

    @Test
    void theFirstTickComesAfterOnePeriod() throws Exception {
        Instant before = Instant.now();
        long from = System.nanoTime();
        Receiver<Instant> ticks = Channel.tick(SHORT);
        Instant made = Instant.now();

        assertThat(ticks.tryReceive()).isNull();
        Running<Instant> receiver = threads.start(ticks::receive);

        assertThat(receiver.result()).isBetween(before.plus(SHORT), made.plus(SHORT));
        assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void ticksDoNotDrift() throws Exception {
        Duration period = Duration.ofMillis(10);
        long from = System.nanoTime();
        Receiver<Instant> ticks = Channel.tick(period);

        Running<List<Instant>> reader = threads.start(() -> {
            List<Instant> instants = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                instants.add(ticks.receive());
                Thread.sleep(4);
            }
            return instants;
        });

        List<Instant> instants = reader.result();
        assertThat(System.nanoTime() - from).isGreaterThanOrEqualTo(20 * period.toNanos());
        for (int i = 1; i < instants.size(); i++) {
            Duration sinceTheLast = Duration.between(instants.get(i - 1), instants.get(i));
            assertThat(sinceTheLast).isPositive();
            assertThat(sinceTheLast.toNanos() % period.toNanos()).isZero();
        }
    }

    @Test
    void aSlowReaderFindsOneTickAndNoBurst() throws Exception {
        Duration period = Duration.ofMillis(50);
        Instant before = Instant.now();
        Receiver<Instant> ticks = Channel.tick(period);
        Instant made = Instant.now();
        Thread.sleep(period.multipliedBy(5).plusMillis(10));

        Instant seen = ticks.peek();
        Instant first = ticks.receive();
        Instant second = ticks.receive();

        assertThat(seen).isEqualTo(first);
        assertThat(first).isBetween(before.plus(period), made.plus(period));
        assertThat(second).isAfterOrEqualTo(first.plus(period.multipliedBy(5)));
    }

    @Test
    void aDrainFindsOneTickAtMost() throws Exception {
        Receiver<Instant> ticks = Channel.tick(Duration.ofNanos(1));
        Thread.sleep(1);
        List<Instant> target = new ArrayList<>();

        assertThat(ticks.drainTo(target, 1_000)).isOne();
        assertThat(target).hasSize(1);
    }

    @Test
    void eachTickGoesToOneReceiver() throws Exception {
        Receiver<Instant> ticks = Channel.tick(Duration.ofMillis(2));
        List<Running<List<Instant>>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(threads.start(() -> ticks.stream().limit(10).toList()));
        }

        Set<Instant> all = new HashSet<>();
        for (Running<List<Instant>> reader : readers) {
            assertThat(reader.result()).hasSize(10).isSorted();
            all.addAll(reader.result());
        }
        assertThat(all).hasSize(40);
    }

    @Test
    void whoeverWaitsGetsATickOfHisOwn() throws Exception {
        Receiver<Instant> ticks = Channel.tick(Duration.ofMillis(100));
        Running<Instant> first = threads.start(ticks::receive);
        receiversWait(ticks, 1);
        CompletableFuture<Instant> second = ticks.receiveAsync();
        Running<Instant> third = threads.start(() -> ticks.tryReceive(LONG));

        assertThat(second.get(10, TimeUnit.SECONDS)).isAfter(first.result());
        assertThat(third.result()).isAfter(second.get());
    }

    @ParameterizedTest
    @EnumSource
    void everyFormOfReceiveGetsTicks(BlockingReceive form) throws Exception {
        Receiver<Instant> ticks = Channel.tick(Duration.ofMillis(1));

        Running<Boolean> reader = threads.start(() -> form.from(ticks).isBefore(form.from(ticks)));

        assertThat(reader.result()).isTrue();
    }

    @Test
    void theShortestPeriodServesEveryone() throws Exception {
        Receiver<Instant> ticks = Channel.tick(Duration.ofNanos(1));
        Running<List<Instant>> reader =
                threads.start(() -> ticks.stream().limit(1_000).toList());

        assertThat(reader.result()).hasSize(1_000).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void ticksNeverEnd() throws Exception {
        Receiver<Instant> ticks = Channel.tick(Duration.ofMillis(1));
        ticks.receive();
        Iterator<Instant> iterator = ticks.iterator();

        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(ticks.isClosedForReceive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1H", "PT-9223372036854775808S"})
    void aPeriodOfZeroOrLessIsRefused(Duration period) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channel.tick(period))
                .withMessageContaining(period.toString());
    }

    @Test
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> Channel.after(null));
        assertThatNullPointerException().isThrownBy(() -> Channel.tick(null));
        assertThatNullPointerException()
                .isThrownBy(() -> Channel.never().publisher().subscribe(null));
        for (Receiver<Instant> timer : everyKind()) {
            assertThatNullPointerException().isThrownBy(() -> timer.tryReceive(null));
            assertThatNullPointerException().isThrownBy(() -> timer.drainTo(null, 1));
            assertThatNullPointerException().isThrownBy(() -> timer.receiveMany(null, 1));
        }
    }

    // never

    @Test
    void neverGivesNothingAndNeverEnds() throws Exception {
        Receiver<String> never = Channel.never();
        List<String> target = new ArrayList<>();

        assertThat(never.tryReceive()).isNull();
        assertThat(never.tryReceive(Duration.ZERO)).isNull();
        assertThat(never.tryReceive(Duration.ofMillis(5))).isNull();
        assertThat(never.peek()).isNull();
        assertThat(never.drainTo(target, 5)).isZero();
        assertThat(never.receiveAsync()).isNotDone();
        assertThat(never.isClosedForReceive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForEverCanBeInterrupted(BlockingReceive form) throws Exception {
        for (Receiver<Instant> timer : everyKind()) {
            Running<Instant> receiver = threads.start(() -> form.from(timer));
            receiversWait(timer, 1);

            receiver.interrupt();

            assertThat(receiver.failure()).isInstanceOf(InterruptedException.class);
            receiversWait(timer, 0);
        }
    }

    @Test
    void whoWaitsForEverCanGiveUp() throws Exception {
        for (Receiver<Instant> timer : everyKind()) {
            CompletableFuture<Instant> before = timer.receiveAsync();
            CompletableFuture<Instant> cancelled = timer.receiveAsync();
            Running<Instant> after = threads.start(() -> timer.tryReceive(SHORT));

            assertThat(cancelled.cancel(true)).isTrue();

            assertThat(after.result()).isNull();
            assertThat(before).isNotDone();
            receiversWait(timer, 1);
            assertThat(before.cancel(true)).isTrue();
            receiversWait(timer, 0);
        }
    }

    // toString

    @ParameterizedTest
    @MethodSource
    void aTimerTellsWhatItIs(Receiver<?> timer, String description) {
        assertThat(timer).hasToString(description);
    }

    static List<Object[]> aTimerTellsWhatItIs() throws Exception {
        Receiver<Instant> over = Channel.after(Duration.ZERO);
        over.receive();
        Receiver<Instant> awaited = Channel.tick(LONG);
        awaited.receiveAsync();
        return List.of(
                new Object[] {Channel.after(LONG), "Timer[after(PT1H), blockedReceivers=0]"},
                new Object[] {over, "Timer[after(PT0S), blockedReceivers=0, closed]"},
                new Object[] {awaited, "Timer[tick(PT1H), blockedReceivers=1]"},
                new Object[] {Channel.never(), "Timer[never(), blockedReceivers=0]"});
    }

    static List<Receiver<Instant>> everyKind() {
        return List.of(Channel.after(LONG), Channel.tick(LONG), Channel.never());
    }

    /** Waits until so many wait for the timer. */
    static void receiversWait(Receiver<?> timer, int count) {
        eventually(() -> timer.toString().contains("blockedReceivers=" + count));
    }
}
