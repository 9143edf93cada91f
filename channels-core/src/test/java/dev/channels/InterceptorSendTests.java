package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.Parameter;

/** An interceptor sees each message in the thread that sends it, before anybody can take it. */
@EveryKindOfThread
class InterceptorSendTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private final RecordingInterceptor recorder = new RecordingInterceptor();

    @EveryBuffer
    void runsOnceForEachSendInTheSendersThread(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.channel(capacity);

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
        assertThat(recorder.entered())
                .extracting(RecordingInterceptor.Seen::message)
                .containsExactly(1, 2, 3, 4);
        assertThat(recorder.entered())
                .extracting(RecordingInterceptor.Seen::thread)
                .containsOnly(sender.thread());
    }

    @EveryLimit
    void runsInTheSendersThreadAlsoWhenItHasToWait(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.full(capacity);
        recorder.entered().clear();
        Running<Void> sender = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        Running<CompletableFuture<Void>> async = threads.start(() -> channel.sendAsync(99));
        sendersWait(channel, 2);

        channel.drainTo(new ArrayList<>(), 100);

        sender.result();
        async.result().join();
        assertThat(recorder.entered())
                .extracting(RecordingInterceptor.Seen::message)
                .containsExactly(98, 99);
        assertThat(recorder.entered())
                .extracting(RecordingInterceptor.Seen::thread)
                .containsExactly(sender.thread(), async.thread());
    }

    @EveryLimit
    void runsAtMostOnceForASendThatDoesNotEnter(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.full(capacity);
        recorder.entered().clear();
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

        assertThat(recorder.entered())
                .extracting(RecordingInterceptor.Seen::message)
                .doesNotHaveDuplicates();
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
