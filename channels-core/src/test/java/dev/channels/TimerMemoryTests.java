package dev.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/** A forgotten timer costs nothing, and nobody who has stopped waiting for one is remembered. */
class TimerMemoryTests {

    private static final Duration LONG = Duration.ofHours(1);
    private static final int MANY = 100_000;

    private static List<Receiver<Instant>> everyKind() {
        return List.of(Channel.after(LONG), Channel.tick(LONG), Channel.never());
    }

    @Test
    void aTimerThatNobodyHasWaitedForIsForgotten() {
        List<WeakReference<?>> timers =
                everyKind().stream().map(TimerMemoryTests::unused).toList();

        assertForgotten(timers);
    }

    @Test
    void aTimerThatNobodyWaitsForAnyMoreIsForgotten() throws Exception {
        assertForgotten(timersThatWereWaitedFor());
    }

    @Test
    void aTimerThatWasDueIsForgotten() throws Exception {
        assertForgotten(timersThatWereDue());
    }

    @Test
    void whatWaitsForEverIsForgottenWithWhatItWaitsFor() {
        assertForgotten(List.of(new WeakReference<>(Channel.never().receiveAsync())));
    }

    @Test
    void whoHasStoppedWaitingIsForgottenThoughTheTimerIsNot() {
        List<Receiver<Instant>> timers = everyKind();
        List<WeakReference<?>> waiters = new ArrayList<>();
        for (Receiver<Instant> timer : timers) {
            waiters.add(cancelled(timer));
        }

        assertForgottenBy(timers, waiters);
    }

    @Test
    void manyForgottenTimersLeaveNothingBehind() {
        long before = usedMemory();

        for (int i = 0; i < MANY; i++) {
            Channel.after(LONG).tryReceive();
            Channel.tick(LONG).tryReceive();
            Channel.never().tryReceive();
        }

        eventuallyUnder(1_000_000, null, () -> usedMemory() - before);
    }

    @Test
    void manyWithdrawnWaitsLeaveNothingBehind() {
        List<Receiver<Instant>> timers = everyKind();
        timers.forEach(timer -> timer.receiveAsync().cancel(true));
        long before = usedMemory();

        for (int i = 0; i < MANY; i++) {
            for (Receiver<Instant> timer : timers) {
                timer.receiveAsync().cancel(true);
            }
        }

        assertThat(timers.toString()).doesNotContain("blockedReceivers=1");
        eventuallyUnder(1_000_000, timers, () -> usedMemory() - before);
    }

    @Test
    void manyTimedOutWaitsLeaveNothingBehind() throws Exception {
        Receiver<Instant> timer = Channel.after(LONG);
        timer.tryReceive(Duration.ofNanos(1));
        long before = usedMemory();

        for (int i = 0; i < 20_000; i++) {
            timer.tryReceive(Duration.ofNanos(1));
        }

        eventuallyUnder(500_000, timer, () -> usedMemory() - before);
    }

    @Test
    void manyWaitsAtOnceLeaveNothingBehindOnceWithdrawn() {
        Receiver<Instant> timer = Channel.tick(LONG);
        long before = usedMemory();

        List<CompletableFuture<Instant>> pending = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            pending.add(timer.receiveAsync());
        }
        pending.forEach(future -> future.cancel(true));
        pending.clear();

        assertThat(timer).hasToString("Timer[tick(PT1H), blockedReceivers=0]");
        eventuallyUnder(1_500_000, timer, () -> usedMemory() - before);
    }

    @Test
    void nobodyWhoWaitsForATimerNeedsAThread() throws Exception {
        Channel.after(Duration.ofMillis(1)).receive();
        int before = Thread.getAllStackTraces().size();

        List<CompletableFuture<Instant>> pending = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            pending.add(Channel.after(LONG).receiveAsync());
            pending.add(Channel.tick(LONG).receiveAsync());
        }

        assertThat(Thread.getAllStackTraces().size()).isLessThan(before + 20);
        pending.forEach(future -> assertThat(future.cancel(true)).isTrue());
    }

    // Below here: each in a method of its own, so that no local variable keeps what should be forgotten.

    private static WeakReference<?> unused(Receiver<Instant> timer) {
        assertThat(timer.tryReceive()).isNull();
        return inside(timer);
    }

    /** What an alarm would keep. */
    private static WeakReference<?> inside(Receiver<Instant> timer) {
        return new WeakReference<>(((Receives<Instant>) timer).receiving().outlet());
    }

    private static List<WeakReference<?>> timersThatWereWaitedFor() throws Exception {
        List<WeakReference<?>> timers = new ArrayList<>();
        for (Receiver<Instant> timer : everyKind()) {
            assertThat(timer.tryReceive(Duration.ofMillis(1))).isNull();
            assertThat(timer.receiveAsync().cancel(true)).isTrue();
            RecordingSubscriber<Instant> subscriber = RecordingSubscriber.asking(1);
            timer.publisher().subscribe(subscriber);
            subscriber.subscription().cancel();
            Select<String> select = Select.fair(
                    Select.receive(timer, instant -> "due"), Select.timeout(Duration.ofMillis(1), () -> "too late"));
            assertThat(select.await()).isEqualTo("too late");
            timers.add(inside(timer));
        }
        return timers;
    }

    private static List<WeakReference<?>> timersThatWereDue() throws Exception {
        Receiver<Instant> after = Channel.after(Duration.ofMillis(1));
        Receiver<Instant> tick = Channel.tick(Duration.ofMillis(1));
        after.receive();
        tick.receive();
        tick.receiveAsync().join();
        return List.of(inside(after), inside(tick));
    }

    private static WeakReference<?> cancelled(Receiver<Instant> timer) {
        CompletableFuture<Instant> future = timer.receiveAsync();
        assertThat(future.cancel(true)).isTrue();
        return new WeakReference<>(future);
    }

    private static void assertForgotten(List<? extends WeakReference<?>> references) {
        assertForgottenBy(null, references);
    }

    /** Waits until nothing that is referred to can be reached any more, though the keeper can. */
    private static void assertForgottenBy(Object keeper, List<? extends WeakReference<?>> references) {
        eventually(keeper, () -> {
            System.gc();
            for (int i = 0; i < references.size(); i++) {
                assertThat((Object) references.get(i).get()).as("number " + i).isNull();
            }
        });
    }

    /** Waits until so little memory is used, though the keeper is still there. */
    private static void eventuallyUnder(long limit, Object keeper, LongSupplier bytes) {
        eventually(keeper, () -> assertThat(bytes.getAsLong()).isLessThan(limit));
    }

    private static void eventually(Object keeper, ThrowingRunnable assertions) {
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(assertions);
        } finally {
            Reference.reachabilityFence(keeper);
        }
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
