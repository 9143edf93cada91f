package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Receiving for callers that must not block: completing the future by hand takes no message. */
@EveryKindOfThread
class AsyncReceiveTests {

    @Parameter
    private Threads threads;

    @EveryBuffer
    void completesAtOnceWithAMessageThatIsThere(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.send(1);

        assertThat(channel.receiveAsync()).isCompletedWithValue(1);

        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryLimit
    void takesFromABlockedSender(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        for (Integer message : capacity.contentsAnd(99)) {
            assertThat(channel.receiveAsync().get()).isEqualTo(message);
        }

        sender.result();
    }

    @EveryCapacity
    void isPendingWhileTheChannelIsEmpty(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        CompletableFuture<Integer> receive = channel.receiveAsync();

        assertThat(receive).isNotDone();
        assertThat(channel.blockedReceivers()).isOne();
        channel.send(1);
        assertThat(receive.get()).isEqualTo(1);
        assertThat(channel.blockedReceivers()).isZero();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryCapacity
    void keepsItsPlaceAmongBlockedReceivers(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> first = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> second = channel.receiveAsync();
        Running<Integer> third = threads.start(() -> channel.receive());
        receiversWait(channel, 3);

        channel.send(1);
        channel.send(2);
        channel.send(3);

        assertThat(first.result()).isEqualTo(1);
        assertThat(second.join()).isEqualTo(2);
        assertThat(third.result()).isEqualTo(3);
    }

    @EveryCapacity
    void completedByHandItTakesNothing(Capacity capacity) throws Exception {
        for (ByHand byHand : ByHand.values()) {
            Channel<Integer> channel = capacity.channel();
            CompletableFuture<Integer> first = channel.receiveAsync();
            CompletableFuture<Integer> second = channel.receiveAsync();

            byHand.end(first, -1);

            assertThat(channel.blockedReceivers()).as(byHand.name()).isOne();
            channel.send(1);
            assertThat(second.get()).as(byHand.name()).isEqualTo(1);
            assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
        }
    }

    @EveryCapacity
    void onceItHasAMessageItCannotBeTakenBack(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        CompletableFuture<Integer> receive = channel.receiveAsync();
        channel.send(1);
        receive.join();

        assertThat(receive.cancel(true)).isFalse();
        assertThat(receive.complete(2)).isFalse();
        assertThat(receive.completeExceptionally(new IllegalArgumentException()))
                .isFalse();

        assertThat(receive).isCompletedWithValue(1);
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryCapacity
    void onceItHasAMessageItCannotBeTakenBackThoughItIsNotDoneYet(Capacity capacity) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Channel<Integer> channel = capacity.builder()
                .<Integer>interceptor(new ChannelInterceptor<>() {
                    @Override
                    public void onReceive(Integer message, Object attachment) {
                        entered.countDown();
                        Uninterrupted.await(release);
                    }
                })
                .build();
        CompletableFuture<Integer> receive = channel.receiveAsync();
        Running<Void> sender = threads.run(() -> channel.send(1));
        entered.await();

        assertThat(receive.cancel(true)).isFalse();
        assertThat(receive.completeExceptionally(new IllegalArgumentException()))
                .isFalse();
        assertThat(receive.complete(2)).isFalse();

        release.countDown();
        sender.result();
        assertThat(receive.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void theFutureTellsHowItWasEnded() {
        Channel<Integer> channel = Channel.rendezvous();

        CompletableFuture<Integer> cancelled = channel.receiveAsync();
        cancelled.cancel(false);
        assertThat(cancelled).isCancelled();

        CompletableFuture<Integer> completed = channel.receiveAsync();
        completed.complete(7);
        assertThat(completed).isCompletedWithValue(7);

        assertThat(channel.receiveAsync()
                        .completeOnTimeout(8, 1, TimeUnit.MILLISECONDS)
                        .join())
                .isEqualTo(8);

        CompletableFuture<Integer> late = channel.receiveAsync().orTimeout(1, TimeUnit.MILLISECONDS);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(late::join)
                .withCauseInstanceOf(TimeoutException.class);

        assertThat(channel.blockedReceivers()).isZero();
        assertThat(channel.trySend(1)).isFalse();
    }

    @Test
    void cancellingWhatDependsOnItTakesNothingBack() {
        Channel<Integer> channel = Channel.rendezvous();
        CompletableFuture<Integer> receive = channel.receiveAsync();

        receive.thenApply(message -> message + 1).cancel(true);
        receive.copy().cancel(true);

        assertThat(channel.trySend(1)).isTrue();
        assertThat(receive.join()).isEqualTo(1);
    }

    @EveryCapacity
    void onAClosedChannelItFailsAndThrowsNothing(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.close();

        CompletableFuture<Integer> receive = channel.receiveAsync();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(receive::join)
                .withCauseInstanceOf(ChannelClosedException.class);
    }

    @EveryCapacity
    void whatDependsOnItMayUseTheChannel(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        CompletableFuture<Integer> sum = channel.receiveAsync()
                .thenCompose(first -> channel.receiveAsync().thenApply(second -> first + second));

        channel.send(1);
        channel.send(2);

        assertThat(sum.get(10, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @EveryCapacity
    void oneThatFollowsAnotherReceivesEverything(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<Integer> received = new ArrayList<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        receiveAgainAndAgain(channel, received, end);

        Running<Void> sender = threads.run(() -> {
            for (int i = 0; i < 500; i++) {
                channel.send(i);
            }
            channel.close();
        });

        sender.result();
        end.get(10, TimeUnit.SECONDS);
        assertThat(received).hasSize(500).isSorted();
    }

    private static void receiveAgainAndAgain(
            Channel<Integer> channel, List<Integer> received, CompletableFuture<Void> end) {
        channel.receiveAsync().whenComplete((message, failure) -> {
            if (failure != null) {
                end.complete(null);
            } else {
                received.add(message);
                receiveAgainAndAgain(channel, received, end);
            }
        });
    }

    @EveryCapacity
    void othersUseTheChannelWhileWhatDependsOnItIsBusy(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> receive = channel.receiveAsync().thenAccept(message -> {
            entered.countDown();
            Uninterrupted.await(release);
        });
        Running<Void> sender = threads.run(() -> channel.send(1));
        entered.await();

        Running<Integer> otherReceiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        Running<Void> otherSender = threads.run(() -> channel.send(2));

        otherSender.result();
        assertThat(otherReceiver.result()).isEqualTo(2);
        release.countDown();
        sender.result();
        receive.join();
    }

    @EveryCapacity
    void othersUseTheChannelWhileWhatDependsOnAFailedOneIsBusy(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        channel.receiveAsync().whenComplete((message, failure) -> {
            entered.countDown();
            Uninterrupted.await(release);
        });
        Running<Void> closer = threads.run(channel::close);
        entered.await();

        Running<Boolean> other = threads.start(() -> {
            channel.close();
            return channel.isClosedForReceive();
        });

        assertThat(other.result()).isTrue();
        release.countDown();
        closer.result();
    }
}
