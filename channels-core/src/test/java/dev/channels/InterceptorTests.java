package dev.channels;

import static dev.channels.Eventually.eventuallyAsserted;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interceptor may use its channel, holds up nobody but its own thread, and sees each message once on each side. */
@EveryKindOfThread
class InterceptorTests {

    @Parameter
    private Threads threads;

    private final RecordingInterceptor recorder = new RecordingInterceptor();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @ParameterizedTest
    @EnumSource
    void everyMessageOfManyIsSeenOnceOnEachSide(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.channel(capacity);
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

        assertThat(recorder.entered())
                .hasSize(600)
                .extracting(RecordingInterceptor.Seen::message)
                .doesNotHaveDuplicates();
        assertThat(recorder.received()).hasSize(600).doesNotHaveDuplicates();
        recorder.assertAttachmentsArrived();
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

    private void beBusy(Integer message) {
        if (message == 1) {
            entered.countDown();
            Uninterrupted.await(release);
        }
    }

    private void assertOthersUse(Channel<Integer> channel) throws Exception {
        Running<Void> sender = threads.run(() -> channel.send(2));
        assertThat(channel.receive()).isEqualTo(2);
        sender.result();
        assertThat(channel.stats().size()).isZero();
        assertThat(channel.waiters()).isEmpty();
    }
}
