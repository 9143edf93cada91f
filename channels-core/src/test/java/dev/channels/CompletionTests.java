package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What depends on the futures of a channel may use the channel, deep and long. */
class CompletionTests {

    private static final int MANY = 10_000;

    @Test
    void thousandsOfReceiversWhoseDependentsUseTheChannelFindTheEnd() {
        Channel<Integer> channel = Channel.unbounded();
        AtomicInteger dependents = new AtomicInteger();
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            CompletableFuture<Integer> future = channel.receiveAsync();
            future.whenComplete((message, failure) -> {
                channel.size();
                dependents.incrementAndGet();
            });
            futures.add(future);
        }

        channel.close();

        await().until(() -> dependents.get() == MANY);
        assertThat(futures).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void aMessageMayRunThroughThousandsOfDependents() {
        Channel<Integer> channel = Channel.unbounded();
        for (int i = 0; i < MANY; i++) {
            channel.receiveAsync().thenAccept(message -> channel.trySend(message + 1));
        }

        channel.trySend(0);

        await().untilAsserted(() -> assertThat(channel.peek()).isEqualTo(MANY));
        ChannelStats stats = channel.stats();
        assertThat(stats.sent()).isEqualTo(MANY + 1);
        assertThat(stats.received()).isEqualTo(MANY);
        assertThat(stats.blockedReceivers()).isZero();
    }

    @Test
    void whatDependsOnASendMayWaitForAnotherThatIsDecidedAtOnce() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        CompletableFuture<Boolean> chained = channel.sendAsync(1)
                .handle((sent, closed) -> channel.sendAsync(2)
                        .handle((again, stillClosed) -> stillClosed != null)
                        .join());

        Thread closing = Thread.startVirtualThread(channel::closeNow);

        assertThat(chained.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void whatDependsOnASendMayWaitForTheNextThatIsDecidedWithIt() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        CompletableFuture<Void> first = channel.sendAsync(1);
        CompletableFuture<Boolean> next = channel.sendAsync(2).handle((sent, closed) -> closed != null);
        CompletableFuture<Boolean> chained = first.handle((sent, closed) -> next.join());

        Thread closing = Thread.startVirtualThread(channel::closeNow);

        assertThat(chained.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void whatDependsOnAFutureMayWaitForAThreadThatIsWokenWithIt() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        CompletableFuture<Integer> future = channel.receiveAsync();
        Running<Integer> receiver = Threads.VIRTUAL.start(() -> channel.receive());
        receiversWait(channel, 2);
        CompletableFuture<Throwable> chained = future.handle((message, closed) -> {
            eventually(receiver::isDone);
            return closed;
        });

        Thread closing = Thread.startVirtualThread(channel::close);

        assertThat(chained.get(20, TimeUnit.SECONDS)).isInstanceOf(ChannelClosedException.class);
        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void anInterceptorThatFailsOnAWaitDoesNotLeaveACancelledFuturePending() {
        Channel<Integer> channel = failingOnWaits();
        CompletableFuture<Void> cancelled = channel.sendAsync(1);
        CompletableFuture<Void> timedOut = channel.sendAsync(2).orTimeout(10, TimeUnit.MILLISECONDS);

        cancelled.cancel(true);

        assertThat(cancelled).isCompletedExceptionally();
        await().until(timedOut::isDone);
        assertThat(channel.blockedSenders()).isZero();
    }

    @Test
    void anInterceptorThatFailsOnAWaitDoesNotHideTheInterrupt() throws Exception {
        Channel<Integer> channel = failingOnWaits();
        Running<Void> sender = Threads.VIRTUAL.run(() -> channel.send(1));
        await().until(() -> channel.blockedSenders() == 1);

        sender.interrupt();

        assertThat(sender.failure())
                .isInstanceOf(InterruptedException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    private static Channel<Integer> failingOnWaits() {
        return Channel.builder("failing")
                .interceptor(new ChannelInterceptor<Integer>() {
                    @Override
                    public void onSendWaited(long nanos) {
                        throw new IllegalStateException("interceptor");
                    }
                })
                .build();
    }

    @Test
    void obtrudingAValueTakesTheReceiveBack() {
        Channel<Integer> channel = Channel.bounded(1);
        CompletableFuture<Integer> future = channel.receiveAsync();

        future.obtrudeValue(99);
        channel.trySend(1);

        assertThat(channel.peek()).isEqualTo(1);
        assertThat(future).isCompletedWithValue(99);
    }

    @Test
    void obtrudingReplacesTheMessageThatIsThere() {
        Channel<Integer> channel = Channel.bounded(1);
        channel.trySend(1);
        CompletableFuture<Integer> future = channel.receiveAsync();

        future.obtrudeValue(99);
        assertThat(future).isCompletedWithValue(99);
        future.obtrudeException(new IllegalArgumentException());
        assertThat(future).isCompletedExceptionally();

        assertThat(channel.stats().received()).isOne();
    }

    @Test
    void completingByNothingIsRefusedAtOnce() {
        CompletableFuture<Integer> future = Channel.<Integer>rendezvous().receiveAsync();
        assertThatThrownBy(() -> future.completeAsync(null)).isInstanceOf(NullPointerException.class);
        assertThat(future).isNotDone();
    }

    @Test
    void aMessageThatTheTargetRefusesCountsAsReceivedAndTheOthersStay() {
        Channel<Integer> channel = Channel.bounded(5);
        for (int message = 0; message < 5; message++) {
            channel.trySend(message);
        }
        ArrayBlockingQueue<Integer> two = new ArrayBlockingQueue<>(2);

        assertThatThrownBy(() -> channel.drainTo(two, 5)).isInstanceOf(IllegalStateException.class);

        assertThat(two).containsExactly(0, 1);
        assertThat(channel.stats().received()).isEqualTo(3);
        assertThat(channel.peek()).isEqualTo(3);
    }
}
