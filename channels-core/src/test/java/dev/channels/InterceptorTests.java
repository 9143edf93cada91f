package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.eventuallyAsserted;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interceptor sees messages enter and leave, in the threads that send and receive them. */
@EveryKindOfThread
class InterceptorTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    /** Writes down what it sees; it attaches a note to each message. */
    private static final class Recorder implements ChannelInterceptor<Integer> {

        private record Seen(Integer message, Object attachment, Thread thread) {}

        private final List<Seen> entered = new CopyOnWriteArrayList<>();
        private final List<Seen> left = new CopyOnWriteArrayList<>();
        private final List<Long> waits = new CopyOnWriteArrayList<>();

        @Override
        public Object onSend(Integer message) {
            Object attachment = "attached to " + message;
            entered.add(new Seen(message, attachment, Thread.currentThread()));
            return attachment;
        }

        @Override
        public void onReceive(Integer message, Object attachment) {
            left.add(new Seen(message, attachment, Thread.currentThread()));
        }

        @Override
        public void onSendWaited(long nanos) {
            waits.add(nanos);
        }

        List<Integer> received() {
            return left.stream().map(Seen::message).toList();
        }

        void assertAttachmentsArrived() {
            assertThat(left)
                    .allSatisfy(seen -> assertThat(seen.attachment()).isEqualTo("attached to " + seen.message()));
        }
    }

    private final Recorder recorder = new Recorder();

    private Channel<Integer> channel(Capacity capacity) {
        return capacity.builder().interceptor(recorder).build();
    }

    private Channel<Integer> full(Capacity capacity) {
        Channel<Integer> channel = channel(capacity);
        capacity.fill(channel);
        return channel;
    }

    @Nested
    class OnSend {

        @EveryBuffer
        void runsOnceForEachSendInTheSendersThread(Capacity capacity) throws Exception {
            Channel<Integer> channel = channel(capacity);

            Running<Void> sender = threads.run(() -> {
                channel.send(1);
                channel.tryReceive();
                channel.trySend(2);
                channel.tryReceive();
                channel.trySend(3, LONG);
                channel.tryReceive();
                channel.sendAsync(4);
            });

            sender.result();
            assertThat(recorder.entered).extracting(Recorder.Seen::message).containsExactly(1, 2, 3, 4);
            assertThat(recorder.entered).extracting(Recorder.Seen::thread).containsOnly(sender.thread());
        }

        @EveryLimit
        void runsInTheSendersThreadAlsoWhenItHasToWait(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity);
            recorder.entered.clear();
            Running<Void> sender = threads.run(() -> channel.send(98));
            sendersWait(channel, 1);
            Running<CompletableFuture<Void>> async = threads.start(() -> channel.sendAsync(99));
            sendersWait(channel, 2);

            channel.drainTo(new ArrayList<>(), 100);

            sender.result();
            async.result().join();
            assertThat(recorder.entered).extracting(Recorder.Seen::message).containsExactly(98, 99);
            assertThat(recorder.entered)
                    .extracting(Recorder.Seen::thread)
                    .containsExactly(sender.thread(), async.thread());
        }

        @EveryLimit
        void runsAtMostOnceForASendThatDoesNotEnter(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity);
            recorder.entered.clear();
            Running<Void> sender = threads.run(() -> channel.send(91));
            sendersWait(channel, 1);

            channel.trySend(92);
            channel.trySend(93, Duration.ZERO);
            channel.trySend(94, Duration.ofMillis(1));
            channel.sendAsync(95).cancel(true);
            sender.interrupt();
            sender.join();
            channel.close();
            assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.trySend(96));
            assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.send(97));
            channel.sendAsync(98);

            assertThat(recorder.entered).extracting(Recorder.Seen::message).doesNotHaveDuplicates();
            channel.drainTo(new ArrayList<>(), 100);
            assertThat(recorder.received()).containsExactlyElementsOf(capacity.contents());
            recorder.assertAttachmentsArrived();
        }

        @EveryBuffer
        void runsBeforeTheMessageCanBeTaken(Capacity capacity) throws Exception {
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            Channel<Integer> channel = capacity.builder()
                    .<Integer>interceptor(new ChannelInterceptor<>() {
                        @Override
                        public Object onSend(Integer message) {
                            entered.countDown();
                            Uninterrupted.await(release);
                            return null;
                        }
                    })
                    .build();
            Running<Void> sender = threads.run(() -> channel.send(1));
            entered.await();

            assertThat(channel.tryReceive()).isNull();
            assertThat(channel.peek()).isNull();
            assertThat(channel.size()).isZero();

            release.countDown();
            assertThat(channel.receive()).isEqualTo(1);
            sender.result();
        }

        @EveryCapacity
        void whatItThrowsReachesTheSenderAndTheMessageDoesNotEnter(Capacity capacity) throws Exception {
            IllegalArgumentException refusal = new IllegalArgumentException("refused");
            Channel<Integer> channel = capacity.builder()
                    .<Integer>interceptor(new ChannelInterceptor<>() {
                        @Override
                        public Object onSend(Integer message) {
                            if (message < 0) {
                                throw refusal;
                            }
                            return null;
                        }
                    })
                    .build();
            Running<Integer> receiver = threads.start(() -> channel.receive());
            receiversWait(channel, 1);

            List<ThrowingCallable> sends =
                    List.of(() -> channel.send(-1), () -> channel.trySend(-2), () -> channel.trySend(-3, LONG));
            for (ThrowingCallable send : sends) {
                assertThatIllegalArgumentException().isThrownBy(send).isSameAs(refusal);
            }
            CompletableFuture<Void> async = channel.sendAsync(-4);
            assertThat(async).isCompletedExceptionally();
            assertThat(async.exceptionNow()).isSameAs(refusal);

            assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
            assertThat(channel.blockedReceivers()).isOne();
            channel.send(1);
            assertThat(receiver.result()).isEqualTo(1);
        }

        @EveryLimitedBuffer
        void noPlaceIsLostByWhatItThrows(Capacity capacity) {
            Channel<Integer> channel = capacity.builder()
                    .<Integer>interceptor(new ChannelInterceptor<>() {
                        @Override
                        public Object onSend(Integer message) {
                            if (message < 0) {
                                throw new IllegalArgumentException("refused");
                            }
                            return null;
                        }
                    })
                    .build();
            for (int i = 0; i < 20; i++) {
                assertThatIllegalArgumentException().isThrownBy(() -> channel.trySend(-1));
                assertThatIllegalArgumentException().isThrownBy(() -> channel.send(-1));
            }

            capacity.fill(channel);

            assertThat(channel.trySend(99)).isFalse();
        }
    }

    @Nested
    class OnReceive {

        @EveryCapacity
        void runsInTheReceivingThreadBeforeTheReceiveReturns(Capacity capacity) throws Exception {
            Channel<Integer> channel = channel(capacity);
            Running<List<Integer>> receiver = threads.start(() -> {
                List<Integer> seen = new ArrayList<>();
                for (BlockingReceive form : BlockingReceive.values()) {
                    form.from(channel);
                    seen.add(recorder.left.size());
                }
                return seen;
            });

            for (int i = 1; i <= BlockingReceive.values().length; i++) {
                receiversWait(channel, 1);
                channel.send(i);
            }

            assertThat(receiver.result()).containsExactly(1, 2, 3, 4, 5);
            assertThat(recorder.received()).containsExactly(1, 2, 3, 4, 5);
            assertThat(recorder.left).extracting(Recorder.Seen::thread).containsOnly(receiver.thread());
            recorder.assertAttachmentsArrived();
        }

        @Test
        void runsOnceForEachMessageOfABatch() throws Exception {
            Channel<Integer> channel = full(Capacity.TEN);

            Running<Void> receiver = threads.run(() -> {
                channel.receiveMany(new ArrayList<>(), 3);
                channel.receiveMany(new ArrayList<>(), 3, LONG);
                channel.drainTo(new ArrayList<>(), 100);
            });

            receiver.result();
            assertThat(recorder.received()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            assertThat(recorder.left).extracting(Recorder.Seen::thread).containsOnly(receiver.thread());
            recorder.assertAttachmentsArrived();
        }

        @Test
        void runsOnceForEachStepOfAnIterationAndOfAStream() throws Exception {
            Channel<Integer> channel = full(Capacity.TEN);

            Running<Void> receiver = threads.run(() -> {
                Iterator<Integer> iterator = channel.iterator();
                iterator.hasNext();
                iterator.hasNext();
                iterator.next();
                channel.iterator().next();
                channel.spliterator().tryAdvance(message -> {});
                channel.stream().limit(2).toList();
            });

            receiver.result();
            assertThat(recorder.received()).containsExactly(1, 2, 3, 4, 5);
            assertThat(recorder.left).extracting(Recorder.Seen::thread).containsOnly(receiver.thread());
            recorder.assertAttachmentsArrived();
        }

        @EveryLimit
        void runsInTheThreadThatTakesFromABlockedSender(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity);
            Running<Void> sender = threads.run(() -> channel.send(98));
            sendersWait(channel, 1);
            CompletableFuture<Void> pending = channel.sendAsync(99);

            Running<Void> receiver = threads.run(() -> {
                for (int i = 0; i < capacity.limit() + 2; i++) {
                    channel.tryReceive();
                }
            });

            receiver.result();
            sender.result();
            pending.join();
            assertThat(recorder.received()).containsExactlyElementsOf(capacity.contentsAnd(98, 99));
            assertThat(recorder.left).extracting(Recorder.Seen::thread).containsOnly(receiver.thread());
            recorder.assertAttachmentsArrived();
        }

        @EveryCapacity
        void runsForReceiveAsyncInTheThreadThatCompletesTheFuture(Capacity capacity) throws Exception {
            Channel<Integer> channel = channel(capacity);
            AtomicReference<Thread> completing = new AtomicReference<>();
            AtomicReference<Integer> seenBefore = new AtomicReference<>();
            CompletableFuture<Void> receive = channel.receiveAsync().thenAccept(message -> {
                completing.set(Thread.currentThread());
                seenBefore.set(recorder.left.size());
            });

            Running<Void> sender = threads.run(() -> channel.send(1));

            sender.result();
            receive.join();
            assertThat(recorder.received()).containsExactly(1);
            assertThat(recorder.left.get(0).thread()).isSameAs(completing.get());
            assertThat(seenBefore).hasValue(1);
            recorder.assertAttachmentsArrived();
        }

        @EveryBuffer
        void runsForReceiveAsyncInTheCallersThreadIfAMessageIsThere(Capacity capacity) throws Exception {
            Channel<Integer> channel = channel(capacity);
            channel.send(1);

            Running<CompletableFuture<Integer>> receiver = threads.start(channel::receiveAsync);

            assertThat(receiver.result()).isCompletedWithValue(1);
            assertThat(recorder.left).extracting(Recorder.Seen::thread).containsExactly(receiver.thread());
        }

        @Test
        void neverRunsForDroppedMessages() throws Exception {
            List<Integer> dropped = new ArrayList<>();
            Channel<Integer> channel = Channel.builder("numbers")
                    .capacity(1)
                    .overflow(Overflow.DROP_OLDEST)
                    .<Integer>onDropped(dropped::add)
                    .<Integer>interceptor(recorder)
                    .build();

            channel.send(1);
            channel.send(2);
            assertThat(channel.receive()).isEqualTo(2);

            assertThat(dropped).containsExactly(1);
            assertThat(recorder.received()).containsExactly(2);
            recorder.assertAttachmentsArrived();
        }

        @EveryLimit
        void neverRunsForReturnedMessagesNorForALook(Capacity capacity) {
            Channel<Integer> channel = full(capacity);

            channel.peek();
            assertThat(channel.closeNow()).containsExactlyElementsOf(capacity.contents());

            assertThat(recorder.left).isEmpty();
        }

        @Test
        void neverRunsWhereNothingWasReceived() throws Exception {
            Channel<Integer> channel = channel(Capacity.TEN);

            channel.tryReceive();
            channel.tryReceive(Duration.ofMillis(1));
            channel.drainTo(new ArrayList<>(), 1);
            channel.receiveAsync().cancel(true);

            assertThat(recorder.left).isEmpty();
        }

        @EveryBuffer
        void whatItThrowsReachesTheReceiverAndTheMessageCountsAsReceived(Capacity capacity) throws Exception {
            IllegalArgumentException refusal = new IllegalArgumentException("refused");
            Channel<Integer> channel = capacity.builder()
                    .<Integer>interceptor(new ChannelInterceptor<>() {
                        @Override
                        public void onReceive(Integer message, Object attachment) {
                            throw refusal;
                        }
                    })
                    .build();
            List<ThrowingCallable> receives = List.of(
                    channel::receive,
                    channel::tryReceive,
                    () -> channel.tryReceive(LONG),
                    () -> channel.receiveMany(new ArrayList<>(), 1),
                    () -> channel.receiveMany(new ArrayList<>(), 1, LONG),
                    () -> channel.drainTo(new ArrayList<>(), 1),
                    () -> channel.iterator().hasNext(),
                    () -> channel.iterator().next(),
                    () -> channel.stream().findFirst());

            for (int i = 0; i < receives.size(); i++) {
                channel.send(i);
                assertThatIllegalArgumentException().isThrownBy(receives.get(i)).isSameAs(refusal);
                assertThat(countsOf(channel))
                        .isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(i + 1, i + 1));
            }
            channel.send(99);
            CompletableFuture<Integer> there = channel.receiveAsync();
            CompletableFuture<Integer> coming = channel.receiveAsync();
            channel.send(100);

            assertThat(there.exceptionNow()).isSameAs(refusal);
            eventually(coming::isDone);
            assertThat(coming.exceptionNow()).isSameAs(refusal);
            int all = receives.size() + 2;
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(all, all));
        }

        @EveryCapacity
        void whatItThrowsDoesNotReachTheSender(Capacity capacity) throws Exception {
            Channel<Integer> channel = capacity.builder()
                    .<Integer>interceptor(new ChannelInterceptor<>() {
                        @Override
                        public void onReceive(Integer message, Object attachment) {
                            throw new IllegalArgumentException("refused");
                        }
                    })
                    .build();
            Running<Integer> receiver = threads.start(() -> channel.receive());
            receiversWait(channel, 1);
            channel.send(1);
            assertThat(receiver.failure()).isInstanceOf(IllegalArgumentException.class);

            CompletableFuture<Integer> pending = channel.receiveAsync();
            channel.send(2);

            eventually(pending::isDone);
            assertThat(pending.exceptionNow()).isInstanceOf(IllegalArgumentException.class);
            assertThat(countsOf(channel)).isEqualTo("sent 2, received 2, dropped 0, returned 0, size 0");
        }

        @EveryCapacity
        void getsNothingWhereNothingWasAttached(Capacity capacity) throws Exception {
            List<String> seen = new CopyOnWriteArrayList<>();
            Channel<Integer> channel = capacity.builder()
                    .<Integer>interceptor(new ChannelInterceptor<>() {
                        @Override
                        public void onReceive(Integer message, Object attachment) {
                            seen.add(message + " with " + attachment);
                        }
                    })
                    .build();
            Running<Integer> receiver = threads.start(() -> channel.receive());
            channel.send(1);

            receiver.result();
            assertThat(seen).containsExactly("1 with null");
        }
    }

    @Nested
    class OnSendWaited {

        @EveryLimit
        void runsAfterASendThatWaitedAndTellsHowLong(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity);
            Running<Void> sender = threads.run(() -> channel.send(99));
            sendersWait(channel, 1);
            Duration waited = Duration.ofMillis(5);
            eventually(() -> channel.waiters().get(0).waited().compareTo(waited) >= 0);
            assertThat(recorder.waits).isEmpty();

            channel.receive();
            sender.result();

            eventually(() -> recorder.waits.size() == 1);
            assertThat(recorder.waits.get(0))
                    .isBetween(waited.toNanos(), Duration.ofSeconds(10).toNanos());
        }

        @EveryLimit
        void runsAlsoWhereTheSendThatWaitedDidNotSucceed(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity);

            Running<Boolean> late = threads.start(() -> channel.trySend(97, Duration.ofMillis(5)));
            assertThat(late.result()).isFalse();
            eventually(() -> recorder.waits.size() == 1);
            assertThat(recorder.waits.get(0))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(5).toNanos());

            Running<Void> interrupted = threads.run(() -> channel.send(98));
            sendersWait(channel, 1);
            interrupted.interrupt();
            interrupted.join();
            eventually(() -> recorder.waits.size() == 2);

            Running<Void> closed = threads.run(() -> channel.send(99));
            sendersWait(channel, 1);
            channel.closeNow();
            closed.join();
            eventually(() -> recorder.waits.size() == 3);
        }

        @EveryBuffer
        void doesNotRunForASendThatDidNotWait(Capacity capacity) throws Exception {
            Channel<Integer> channel = channel(capacity);

            channel.send(1);
            channel.receive();
            channel.trySend(2);
            channel.receive();
            channel.trySend(3, LONG);
            channel.receive();
            channel.sendAsync(4).join();
            channel.receive();
            Running<Integer> receiver = threads.start(() -> channel.receive());
            receiversWait(channel, 1);
            channel.send(5);
            receiver.result();

            assertThat(recorder.waits).isEmpty();
        }

        @EveryLimit
        void doesNotRunForASendThatWasTurnedAwayAtOnce(Capacity capacity) throws Exception {
            Channel<Integer> channel = full(capacity);

            channel.trySend(98);
            channel.trySend(99, Duration.ZERO);
            channel.trySend(99, Duration.ofSeconds(-1));

            assertThat(recorder.waits).isEmpty();
        }
    }

    @EveryCapacity
    void everyMethodMayUseTheChannel(Capacity capacity) throws Exception {
        AtomicReference<Channel<Integer>> self = new AtomicReference<>();
        List<String> seen = new CopyOnWriteArrayList<>();
        Channel<Integer> channel = capacity.builder()
                .<Integer>interceptor(new ChannelInterceptor<>() {
                    @Override
                    public Object onSend(Integer message) {
                        return look("sending");
                    }

                    @Override
                    public void onReceive(Integer message, Object attachment) {
                        look("received");
                        self.get().tryReceive();
                    }

                    private Object look(String when) {
                        self.get().stats();
                        self.get().waiters();
                        self.get().peek();
                        seen.add(when);
                        return null;
                    }
                })
                .build();
        self.set(channel);
        Running<Integer> receiver = threads.start(() -> channel.receive());

        channel.send(1);

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(seen).containsExactly("sending", "received");
    }

    @Nested
    class WhileAMethodIsBusy {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        private void beBusy(Integer message) {
            if (message == 1) {
                entered.countDown();
                Uninterrupted.await(release);
            }
        }

        @EveryCapacity
        void othersUseTheChannelThoughASenderIsInOnSend(Capacity capacity) throws Exception {
            Channel<Integer> channel = capacity.builder()
                    .<Integer>interceptor(new ChannelInterceptor<>() {
                        @Override
                        public Object onSend(Integer message) {
                            beBusy(message);
                            return null;
                        }
                    })
                    .build();
            Running<Void> busy = threads.run(() -> channel.send(1));
            entered.await();

            assertOthersUse(channel);
            release.countDown();
            assertThat(channel.receive()).isEqualTo(1);
            busy.result();
        }

        @EveryCapacity
        void othersUseTheChannelThoughAReceiverIsInOnReceive(Capacity capacity) throws Exception {
            Channel<Integer> channel = capacity.builder()
                    .<Integer>interceptor(new ChannelInterceptor<>() {
                        @Override
                        public void onReceive(Integer message, Object attachment) {
                            beBusy(message);
                        }
                    })
                    .build();
            Running<Integer> busy = threads.start(() -> channel.receive());
            receiversWait(channel, 1);
            channel.send(1);
            entered.await();

            assertOthersUse(channel);
            release.countDown();
            assertThat(busy.result()).isEqualTo(1);
        }

        @EveryLimit
        void othersUseTheChannelThoughASenderIsInOnSendWaited(Capacity capacity) throws Exception {
            Channel<Integer> channel = capacity.builder()
                    .<Integer>interceptor(new ChannelInterceptor<>() {
                        @Override
                        public void onSendWaited(long nanos) {
                            if (entered.getCount() > 0) {
                                entered.countDown();
                                Uninterrupted.await(release);
                            }
                        }
                    })
                    .build();
            capacity.fill(channel);
            Running<Void> busy = threads.run(() -> channel.send(99));
            sendersWait(channel, 1);
            channel.drainTo(new ArrayList<>(), 100);
            entered.await();

            eventuallyAsserted(() -> assertThat(channel.blockedSenders()).isZero());
            CompletableFuture<Void> other = channel.sendAsync(100);
            assertThat(channel.receive()).isEqualTo(100);
            other.join();
            release.countDown();
            busy.result();
        }

        private void assertOthersUse(Channel<Integer> channel) throws Exception {
            Running<Void> sender = threads.run(() -> channel.send(2));
            assertThat(channel.receive()).isEqualTo(2);
            sender.result();
            assertThat(channel.stats().size()).isZero();
            assertThat(channel.waiters()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMessageOfManyIsSeenOnceOnEachSide(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity);
        List<Running<Void>> senders = new ArrayList<>();
        List<Running<Long>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int first = i * 200;
            senders.add(threads.run(() -> {
                for (int message = first; message < first + 200; message++) {
                    channel.send(message);
                }
            }));
            receivers.add(threads.start(() -> channel.stream().count()));
        }
        for (Running<Void> sender : senders) {
            sender.result();
        }
        channel.close();
        for (Running<Long> receiver : receivers) {
            receiver.result();
        }

        assertThat(recorder.entered)
                .hasSize(600)
                .extracting(Recorder.Seen::message)
                .doesNotHaveDuplicates();
        assertThat(recorder.received()).hasSize(600).doesNotHaveDuplicates();
        recorder.assertAttachmentsArrived();
    }
}
