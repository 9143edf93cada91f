package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** An interceptor sees each message in the thread that receives it, with what was attached to it. */
@EveryKindOfThread
class InterceptorReceiveTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private final RecordingInterceptor recorder = new RecordingInterceptor();

    @EveryCapacity
    void runsInTheReceivingThreadBeforeTheReceiveReturns(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.channel(capacity);
        Running<List<Integer>> receiver = threads.start(() -> {
            List<Integer> seen = new ArrayList<>();
            for (BlockingReceive form : BlockingReceive.values()) {
                form.from(channel);
                seen.add(recorder.left().size());
            }
            return seen;
        });

        for (int i = 1; i <= BlockingReceive.values().length; i++) {
            receiversWait(channel, 1);
            channel.send(i);
        }

        assertThat(receiver.result()).containsExactly(1, 2, 3, 4, 5);
        assertThat(recorder.received()).containsExactly(1, 2, 3, 4, 5);
        assertThat(recorder.left())
                .extracting(RecordingInterceptor.Seen::thread)
                .containsOnly(receiver.thread());
        recorder.assertAttachmentsArrived();
    }

    @Test
    void runsOnceForEachMessageOfABatch() throws Exception {
        Channel<Integer> channel = recorder.full(Capacity.TEN);

        Running<Void> receiver = threads.run(() -> {
            channel.receiveMany(new ArrayList<>(), 3);
            channel.receiveMany(new ArrayList<>(), 3, LONG);
            channel.drainTo(new ArrayList<>(), 100);
        });

        receiver.result();
        assertThat(recorder.received()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(recorder.left())
                .extracting(RecordingInterceptor.Seen::thread)
                .containsOnly(receiver.thread());
        recorder.assertAttachmentsArrived();
    }

    @Test
    void runsOnceForEachStepOfAnIterationAndOfAStream() throws Exception {
        Channel<Integer> channel = recorder.full(Capacity.TEN);

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
        assertThat(recorder.left())
                .extracting(RecordingInterceptor.Seen::thread)
                .containsOnly(receiver.thread());
        recorder.assertAttachmentsArrived();
    }

    @EveryLimit
    void runsInTheThreadThatTakesFromABlockedSender(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.full(capacity);
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
        assertThat(recorder.left())
                .extracting(RecordingInterceptor.Seen::thread)
                .containsOnly(receiver.thread());
        recorder.assertAttachmentsArrived();
    }

    @EveryCapacity
    void runsForReceiveAsyncInTheThreadThatCompletesTheFuture(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.channel(capacity);
        AtomicReference<Thread> completing = new AtomicReference<>();
        AtomicReference<Integer> seenBefore = new AtomicReference<>();
        CompletableFuture<Void> receive = channel.receiveAsync().thenAccept(message -> {
            completing.set(Thread.currentThread());
            seenBefore.set(recorder.left().size());
        });

        Running<Void> sender = threads.run(() -> channel.send(1));

        sender.result();
        receive.join();
        assertThat(recorder.received()).containsExactly(1);
        assertThat(recorder.left().get(0).thread()).isSameAs(completing.get());
        assertThat(seenBefore).hasValue(1);
        recorder.assertAttachmentsArrived();
    }

    @EveryBuffer
    void runsForReceiveAsyncInTheCallersThreadIfAMessageIsThere(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.channel(capacity);
        channel.send(1);

        Running<CompletableFuture<Integer>> receiver = threads.start(channel::receiveAsync);

        assertThat(receiver.result()).isCompletedWithValue(1);
        assertThat(recorder.left())
                .extracting(RecordingInterceptor.Seen::thread)
                .containsExactly(receiver.thread());
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
        Channel<Integer> channel = recorder.full(capacity);

        channel.peek();
        assertThat(channel.closeNow()).containsExactlyElementsOf(capacity.contents());

        assertThat(recorder.left()).isEmpty();
    }

    @Test
    void neverRunsWhereNothingWasReceived() throws Exception {
        Channel<Integer> channel = recorder.channel(Capacity.TEN);

        channel.tryReceive();
        channel.tryReceive(Duration.ofMillis(1));
        channel.drainTo(new ArrayList<>(), 1);
        channel.receiveAsync().cancel(true);

        assertThat(recorder.left()).isEmpty();
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
