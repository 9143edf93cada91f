package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel may limit how long its senders wait. */
@EveryOrder
class SendTimeoutTests {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofHours(1);

    @Parameter(0)
    private Threads threads;

    @Parameter(1)
    private Order order;

    private Channel<Integer> full(Capacity capacity, Duration timeout) {
        // Without a buffer there is no order.
        Channel.Builder<Object> builder = capacity == Capacity.ZERO ? capacity.builder() : order.builder(capacity);
        Channel<Integer> channel = builder.sendTimeout(timeout).build();
        capacity.fill(channel);
        return channel;
    }

    private void assertNothingWasSent(Channel<Integer> channel, Capacity capacity) {
        assertThat(channel.blockedSenders()).isZero();
        assertThat(channel.waiters()).isEmpty();
        List<Integer> messages = new ArrayList<>();
        channel.drainTo(messages, Integer.MAX_VALUE);
        assertThat(messages).containsExactlyElementsOf(order.of(capacity.contents()));
        assertThat(channel.tryReceive()).isNull();
        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(n, n));
    }

    @EveryLimit
    void aSendGivesUpWhenTheTimeIsOver(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, SHORT);
        Running<Duration> sender = threads.start(() -> {
            long start = System.nanoTime();
            assertThatExceptionOfType(ChannelFullException.class)
                    .isThrownBy(() -> channel.send(99))
                    .withMessage("Channel 'channel-%s' is full, and was for PT0.02S", capacity);
            return Duration.ofNanos(System.nanoTime() - start);
        });

        assertThat(sender.result()).isBetween(SHORT, LONG);

        assertNothingWasSent(channel, capacity);
    }

    @EveryLimit
    void trySendGivesUpWhenTheShorterOfBothTimesIsOver(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, SHORT);
        Channel<Integer> patient = full(capacity, LONG);

        Running<Void> sender = threads.run(() -> {
            assertThat(channel.trySend(97, LONG)).isFalse();
            assertThat(channel.trySend(98, Duration.ofSeconds(Long.MAX_VALUE))).isFalse();
            assertThat(channel.trySend(99, Duration.ofNanos(1))).isFalse();
            assertThat(patient.trySend(99, SHORT)).isFalse();
        });

        sender.result();
        assertNothingWasSent(channel, capacity);
        assertNothingWasSent(patient, capacity);
    }

    @EveryLimitedBuffer
    void reserveGivesUpAndTakesNoRoom(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, SHORT);

        Running<Permit<Integer>> sender = threads.start(channel::reserve);

        assertThat(sender.failure())
                .isInstanceOf(ChannelFullException.class)
                .hasMessage("Channel 'channel-%s' is full, and was for PT0.02S", capacity);
        assertThat(channel.blockedSenders()).isZero();
        channel.drainTo(new ArrayList<>(), Integer.MAX_VALUE);
        capacity.fill(channel);
        assertThat(channel.trySend(99)).isFalse();
    }

    @EveryLimit
    void aPendingSendGivesUpItsPlaceAndItsFutureFails(Capacity capacity) {
        Channel<Integer> channel = full(capacity, SHORT);

        CompletableFuture<Void> send = channel.sendAsync(99);

        eventually(send::isDone);
        assertThat(send.exceptionNow())
                .isInstanceOf(ChannelFullException.class)
                .hasMessage("Channel 'channel-%s' is full, and was for PT0.02S", capacity);
        assertNothingWasSent(channel, capacity);
    }

    @EveryLimit
    void manyPendingSendsGiveUpTogether(Capacity capacity) {
        Channel<Integer> channel = full(capacity, SHORT);
        AtomicInteger ended = new AtomicInteger();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(channel.sendAsync(99).whenComplete((sent, failure) -> ended.incrementAndGet()));
        }

        eventually(() -> all.stream().allMatch(CompletableFuture::isDone));

        assertThat(all).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(ended).hasValue(1_000);
        assertNothingWasSent(channel, capacity);
    }

    @EveryLimit
    void aHandleIsLimitedToo(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, SHORT);
        try (SenderHandle<Integer> handle = channel.newSender()) {
            Running<Void> sender = threads.run(() -> {
                assertThat(handle.trySend(97, LONG)).isFalse();
                handle.send(98);
            });
            CompletableFuture<Void> pending = handle.sendAsync(99);

            assertThat(sender.failure()).isInstanceOf(ChannelFullException.class);
            eventually(pending::isDone);
            assertThat(pending.exceptionNow()).isInstanceOf(ChannelFullException.class);
            assertNothingWasSent(channel, capacity);
        }
    }

    @EveryLimit
    void whoIsServedInTimeHasSent(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, LONG);
        Running<Void> first = threads.run(() -> channel.send(96));
        sendersWait(channel, 1);
        CompletableFuture<Void> second = channel.sendAsync(97);
        Running<Boolean> third = threads.start(() -> channel.trySend(98, LONG));
        sendersWait(channel, 3);

        List<Integer> messages = new ArrayList<>();
        for (int i = 0; i < capacity.limit() + 3; i++) {
            messages.add(channel.receive());
        }

        first.result();
        second.join();
        assertThat(third.result()).isTrue();
        assertThat(messages).containsExactlyInAnyOrderElementsOf(capacity.contentsAnd(96, 97, 98));
    }

    @EveryLimit
    void whoFindsRoomSendsAtOnce(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, LONG);
        for (int i = 0; i < capacity.limit(); i++) {
            channel.receive();
        }
        if (capacity == Capacity.ZERO) {
            CompletableFuture<Integer> receive = channel.receiveAsync();
            channel.send(1);
            assertThat(receive.join()).isEqualTo(1);
            return;
        }

        channel.send(1);
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(channel.trySend(2, LONG)).isTrue();
        assertThat(channel.receive()).isEqualTo(2);
        assertThat(channel.sendAsync(3)).isCompleted();
        assertThat(channel.receive()).isEqualTo(3);
        try (Permit<Integer> permit = channel.reserve()) {
            permit.send(4);
        }
        assertThat(channel.receive()).isEqualTo(4);
    }

    @EveryLimit
    void pendingSendsThatWereTakenBackStayAsTheyWereEnded(Capacity capacity) {
        Channel<Integer> channel = full(capacity, Duration.ofMillis(200));
        Map<ByHand, CompletableFuture<Void>> sends = new EnumMap<>(ByHand.class);
        for (ByHand byHand : ByHand.values()) {
            CompletableFuture<Void> send = channel.sendAsync(99);
            byHand.end(send, null);
            sends.put(byHand, send);
        }

        CompletableFuture<Void> later = channel.sendAsync(98);
        eventually(later::isDone);

        assertThat(later.exceptionNow()).isInstanceOf(ChannelFullException.class);
        sends.forEach((byHand, send) -> {
            assertThat(send.isCancelled()).isEqualTo(byHand == ByHand.CANCEL);
            if (send.isCompletedExceptionally() && !send.isCancelled()) {
                assertThat(send.exceptionNow()).isNotInstanceOf(ChannelFullException.class);
            }
        });
        assertNothingWasSent(channel, capacity);
    }

    @Test
    void whoGivesUpLetsTheOneBehindPass() {
        Channel<Integer> channel = full(Capacity.ONE, Duration.ofMillis(400));
        CompletableFuture<Void> first = channel.sendAsync(98);
        eventually(() -> channel.waiters().get(0).waited().toMillis() > 300);
        CompletableFuture<Void> second = channel.sendAsync(99);

        eventually(first::isDone);
        assertThat(first).isCompletedExceptionally();
        List<Integer> messages = new ArrayList<>();
        channel.drainTo(messages, Integer.MAX_VALUE);
        second.join();

        assertThat(messages).containsExactly(1, 99);
    }

    @EveryLimit
    void aCloseEndsTheWaitingAsWithoutALimit(Capacity capacity) throws Exception {
        Channel<Integer> served = full(capacity, LONG);
        CompletableFuture<Void> pending = served.sendAsync(99);
        served.close();
        List<Integer> messages = new ArrayList<>();
        served.forEach(messages::add);
        pending.join();
        assertThat(messages).containsExactlyInAnyOrderElementsOf(capacity.contentsAnd(99));

        Channel<Integer> channel = full(capacity, LONG);
        Running<Void> sender = threads.run(() -> channel.send(98));
        CompletableFuture<Void> failed = channel.sendAsync(99);
        sendersWait(channel, 2);
        channel.closeNow();
        assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(failed.exceptionNow()).isInstanceOf(ChannelClosedException.class);
    }

    @EveryLimit
    void theTimeMayBeOverAfterTheClose(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, SHORT);
        Running<Void> sender = threads.run(() -> channel.send(98));
        eventually(() -> channel.blockedSenders() == 1 || sender.isDone());
        CompletableFuture<Void> pending = channel.sendAsync(99);

        channel.close();

        assertThat(sender.failure()).isInstanceOf(ChannelFullException.class);
        eventually(pending::isDone);
        assertThat(pending.exceptionNow()).isInstanceOf(ChannelFullException.class);
        assertThat(channel).containsExactlyElementsOf(order.of(capacity.contents()));
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimit
    void anInterruptEndsTheWaitingAsWithoutALimit(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, LONG);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        sender.interrupt();

        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertNothingWasSent(channel, capacity);
    }

    @EveryLimit
    void aSelectIsNotLimitedByIt(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Duration.ofMillis(1));
        Duration time = Duration.ofMillis(60);
        Select<String> select =
                Select.fair(Select.send(channel, () -> 99, () -> "sent"), Select.timeout(time, () -> "late"));
        Running<Duration> waiting = threads.start(() -> {
            long start = System.nanoTime();
            assertThat(select.await()).isEqualTo("late");
            return Duration.ofNanos(System.nanoTime() - start);
        });

        assertThat(waiting.result()).isGreaterThanOrEqualTo(time);
        assertNothingWasSent(channel, capacity);
    }

    @ParameterizedTest
    @EnumSource(names = "BLOCK", mode = EnumSource.Mode.EXCLUDE)
    void itMeansNothingWhereNoSendWaits(Overflow overflow) throws Exception {
        Channel<Integer> channel =
                order.builder(Capacity.ONE).overflow(overflow).sendTimeout(LONG).build();
        channel.send(1);

        if (overflow == Overflow.FAIL) {
            assertThatExceptionOfType(ChannelFullException.class)
                    .isThrownBy(() -> channel.send(2))
                    .withMessage("Channel 'channel-ONE' is full");
            assertThat(channel.sendAsync(2).exceptionNow()).hasMessage("Channel 'channel-ONE' is full");
        } else {
            channel.send(2);
            assertThat(channel.sendAsync(3)).isCompleted();
        }
    }

    @EveryLimitedBuffer
    void anInterceptorThatThrowsAfterAReserveThatGaveUpLosesNoRoom(Capacity capacity) throws Exception {
        RuntimeException failure = new RuntimeException();
        Channel<Integer> channel = order.builder(capacity)
                .sendTimeout(SHORT)
                .<Integer>interceptor(new ChannelInterceptor<>() {
                    @Override
                    public void onSendWaited(long nanos) {
                        throw failure;
                    }
                })
                .build();
        capacity.fill(channel);

        Running<Permit<Integer>> sender = threads.start(channel::reserve);
        assertThat(sender.failure()).isSameAs(failure);
        CompletableFuture<Void> pending = channel.sendAsync(99);
        eventually(pending::isDone);
        assertThat(pending.exceptionNow()).isSameAs(failure);

        channel.drainTo(new ArrayList<>(), Integer.MAX_VALUE);
        capacity.fill(channel);
        assertThat(channel.trySend(99)).isFalse();
    }

    @Test
    void whatDependsOnAFutureThatFailedDoesNotHoldUpOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        CompletableFuture<Void> held = full(Capacity.ZERO, SHORT).sendAsync(1).exceptionally(failure -> {
            entered.countDown();
            Uninterrupted.await(release);
            return null;
        });
        entered.await();

        CompletableFuture<Void> other = full(Capacity.ZERO, SHORT).sendAsync(1);

        eventually(other::isDone);
        assertThat(held).isNotDone();
        release.countDown();
        held.join();
    }

    @Test
    void forEverIsNoLimit() throws Exception {
        Channel<Integer> channel = full(Capacity.ONE, Duration.ofSeconds(Long.MAX_VALUE));
        Running<Void> sender = threads.run(() -> channel.send(98));
        CompletableFuture<Void> pending = channel.sendAsync(99);
        sendersWait(channel, 2);

        channel.drainTo(new ArrayList<>(), 3);

        sender.result();
        pending.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1S", "PT-9223372036854775808S"})
    void aLimitThatIsNotGreaterThanZeroIsRefused(Duration timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channel.builder("orders").sendTimeout(timeout))
                .withMessage("A send timeout must be greater than zero, not %s", timeout);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Broadcast.builder("orders").sendTimeout(timeout))
                .withMessage("A send timeout must be greater than zero, not %s", timeout);
    }
}
