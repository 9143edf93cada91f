package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sending for callers that must not block: a pending send keeps its place and can be taken back. */
@EveryKindOfThread
class AsyncSendTests {

    @Parameter
    private Threads threads;

    @EveryLimitedBuffer
    void completesAtOnceWhileThereIsRoom(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();

        for (Integer message : capacity.contents()) {
            assertThat(channel.sendAsync(message)).isCompletedWithValue(null);
        }

        assertThat(channel.size()).isEqualTo(capacity.limit());
        assertThat(channel.sendAsync(99)).isNotDone();
    }

    @EveryLimit
    void isPendingWhileTheChannelIsFull(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();

        CompletableFuture<Void> send = channel.sendAsync(99);

        assertThat(send).isNotDone();
        assertThat(channel.blockedSenders()).isOne();
        assertThat(channel.size()).isEqualTo(capacity.limit());
        channel.receive();
        send.get();
        assertThat(send).isCompletedWithValue(null);
        assertThat(channel.blockedSenders()).isZero();
        int n = capacity.limit() + 1;
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 1, dropped 0, returned 0, size %d".formatted(n, n - 1));
    }

    @EveryLimit
    void keepsItsPlaceAmongBlockedSenders(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> first = threads.run(() -> channel.send(97));
        sendersWait(channel, 1);
        CompletableFuture<Void> second = channel.sendAsync(98);
        Running<Void> third = threads.run(() -> channel.send(99));
        sendersWait(channel, 3);

        for (Integer message : capacity.contentsAnd(97, 98, 99)) {
            assertThat(channel.receive()).isEqualTo(message);
        }

        first.result();
        second.join();
        third.result();
    }

    @EveryLimit
    void completedByHandItIsTakenBack(Capacity capacity) throws Exception {
        for (ByHand byHand : ByHand.values()) {
            Channel<Integer> channel = capacity.full();
            CompletableFuture<Void> first = channel.sendAsync(98);
            CompletableFuture<Void> second = channel.sendAsync(99);

            byHand.end(first, null);

            assertThat(channel.blockedSenders()).as(byHand.name()).isOne();
            assertThat(second).isNotDone();
            for (Integer message : capacity.contentsAnd(99)) {
                assertThat(channel.tryReceive()).as(byHand.name()).isEqualTo(message);
            }
            assertThat(channel.tryReceive()).isNull();
            second.join();
            int n = capacity.limit() + 1;
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(n, n));
        }
    }

    @EveryLimit
    void onceAcceptedItCannotBeTakenBack(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        CompletableFuture<Void> send = channel.sendAsync(99);
        channel.receive();
        send.join();

        assertThat(send.cancel(true)).isFalse();
        assertThat(send.complete(null)).isFalse();
        assertThat(send.completeExceptionally(new IllegalArgumentException())).isFalse();

        assertThat(send).isCompletedWithValue(null);
        List<Integer> messages = new ArrayList<>();
        channel.drainTo(messages, Integer.MAX_VALUE);
        assertThat(messages).hasSize(capacity.limit());
        int n = capacity.limit() + 1;
        assertThat(countsOf(channel)).isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(n, n));
    }

    @EveryLimit
    void onceAcceptedItCannotBeTakenBackThoughItsFutureIsNotDoneYet(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        channel.sendAsync(98).thenRun(() -> {
            entered.countDown();
            Uninterrupted.await(release);
        });
        CompletableFuture<Void> send = channel.sendAsync(99);
        Running<Integer> receiver = threads.start(() -> channel.receive());
        entered.await();
        List<Integer> messages = new ArrayList<>();
        assertThat(channel.drainTo(messages, 100)).isEqualTo(capacity.limit() + 1);

        assertThat(send.cancel(true)).isFalse();
        assertThat(send.completeExceptionally(new IllegalArgumentException())).isFalse();
        assertThat(send.complete(null)).isFalse();

        release.countDown();
        receiver.result();
        send.get(10, TimeUnit.SECONDS);
        assertThat(messages).endsWith(99);
    }

    @Test
    void theFutureTellsHowItWasEnded() {
        Channel<Integer> channel = Channel.rendezvous();

        CompletableFuture<Void> cancelled = channel.sendAsync(1);
        cancelled.cancel(false);
        assertThat(cancelled).isCancelled();

        CompletableFuture<Void> late = channel.sendAsync(2).orTimeout(1, TimeUnit.MILLISECONDS);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(late::join)
                .withCauseInstanceOf(TimeoutException.class);

        CompletableFuture<Void> failed = channel.sendAsync(3);
        failed.completeExceptionally(new IllegalArgumentException("by hand"));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(failed::get)
                .havingCause()
                .withMessage("by hand");

        assertThat(channel.blockedSenders()).isZero();
        assertThat(channel.tryReceive()).isNull();
    }

    @Test
    void cancellingWhatDependsOnItTakesNothingBack() {
        Channel<Integer> channel = Channel.rendezvous();
        CompletableFuture<Void> send = channel.sendAsync(1);

        send.thenRun(() -> {}).cancel(true);
        send.copy().cancel(true);

        assertThat(send).isNotDone();
        assertThat(channel.tryReceive()).isEqualTo(1);
        send.join();
    }

    @EveryLimit
    void closingServesItAndClosingAtOnceFailsIt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        CompletableFuture<Void> first = channel.sendAsync(98);
        CompletableFuture<Void> second = channel.sendAsync(99);

        channel.close();
        assertThat(first).isNotDone();
        assertThat(channel.receive()).isEqualTo(capacity.contentsAnd(98).get(0));
        first.join();
        assertThat(second).isNotDone();

        channel.closeNow();
        assertThat(second.exceptionNow()).isInstanceOf(ChannelClosedException.class);
    }

    @EveryCapacity
    void onAClosedChannelItFailsAndThrowsNothing(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.close();

        CompletableFuture<Void> send = channel.sendAsync(1);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(send::get)
                .withCauseInstanceOf(ChannelClosedException.class);
    }

    @EveryLimit
    void pendingSendsCompleteInOrder(Capacity capacity) throws Exception {
        int count = 300;
        Channel<Integer> channel = capacity.full();
        List<Integer> completed = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            sends.add(channel.sendAsync(i).thenRun(() -> completed.add(number)));
        }

        List<Running<Void>> receivers = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(count + capacity.limit());
        for (int i = 0; i < 3; i++) {
            receivers.add(threads.run(() -> {
                while (left.getAndDecrement() > 0) {
                    channel.receive();
                }
            }));
        }
        for (Running<Void> receiver : receivers) {
            receiver.result();
        }

        CompletableFuture.allOf(sends.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(completed).hasSize(count).isSorted();
    }

    @EveryLimit
    void noFutureIsDoneBeforeAnEarlierOne(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> sends = new CopyOnWriteArrayList<>();
        List<Running<Void>> receivers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            receivers.add(threads.run(() -> {
                for (Integer message : channel) {
                    assertThat(message).isNotNegative();
                }
            }));
        }
        Running<Void> observer = threads.run(() -> {
            while (!over.get()) {
                int newest = sends.size() - 1;
                for (int i = newest; i > Math.max(0, newest - 20); i--) {
                    if (sends.get(i).isDone()) {
                        assertThat(sends.get(i - 1)).isDone();
                    }
                }
            }
        });

        for (int i = 0; i < 500; i++) {
            sends.add(channel.sendAsync(i));
        }
        channel.close();
        for (Running<Void> receiver : receivers) {
            receiver.result();
        }
        over.set(true);

        observer.result();
        sends.forEach(CompletableFuture::join);
    }

    @EveryLimit
    void aSendersLaterOperationsDoNotOvertakeIt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        CompletableFuture<Void> pending = channel.sendAsync(97);
        List<Integer> received = new ArrayList<>();

        if (capacity != Capacity.ZERO) {
            received.add(channel.receive());
        }
        boolean sent = channel.trySend(98);
        CompletableFuture<Void> last = channel.sendAsync(99);
        channel.drainTo(received, Integer.MAX_VALUE);

        assertThat(received)
                .containsExactlyElementsOf(sent ? capacity.contentsAnd(97, 98, 99) : capacity.contentsAnd(97, 99));
        pending.join();
        last.join();
    }

    @EveryLimit
    void aSenderThatMixesItsFormsKeepsItsOrder(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<List<Integer>> sender = threads.start(() -> {
            List<Integer> sent = new ArrayList<>();
            for (int i = 0; i < 1_500; i++) {
                boolean taken = true;
                switch (i % 5) {
                    case 0, 1 -> channel.sendAsync(i);
                    case 2 -> taken = channel.trySend(i);
                    case 3 -> taken = channel.trySend(i, Duration.ofNanos(i * 10L));
                    default -> channel.send(i);
                }
                if (taken) {
                    sent.add(i);
                }
            }
            channel.close();
            return sent;
        });

        List<Integer> received = new ArrayList<>();
        for (Integer message : channel) {
            received.add(message);
        }

        assertThat(received).isEqualTo(sender.result());
    }

    @EveryLimit
    void whatDependsOnItMayUseTheChannel(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        CompletableFuture<Integer> next =
                channel.sendAsync(98).thenApply(nothing -> channel.size() + channel.blockedSenders());
        CompletableFuture<Void> chain = channel.sendAsync(99).thenCompose(nothing -> channel.sendAsync(100));

        for (Integer message : capacity.contentsAnd(98, 99, 100)) {
            assertThat(channel.receive()).isEqualTo(message);
        }

        assertThat(next.get(10, TimeUnit.SECONDS)).isNotNegative();
        chain.get(10, TimeUnit.SECONDS);
    }

    @EveryLimitedBuffer
    void othersUseTheChannelWhileWhatDependsOnItIsBusy(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> first = channel.sendAsync(98).thenRun(() -> {
            entered.countDown();
            Uninterrupted.await(release);
        });
        CompletableFuture<Void> second = channel.sendAsync(99);
        Running<Integer> receiver = threads.start(() -> channel.receive());
        entered.await();

        Running<List<Integer>> other = threads.start(() -> {
            channel.stats();
            channel.waiters();
            List<Integer> messages = new ArrayList<>();
            messages.add(channel.receive());
            messages.add(channel.tryReceive(Duration.ofSeconds(5)));
            channel.drainTo(messages, Integer.MAX_VALUE);
            channel.send(100);
            messages.add(channel.tryReceive());
            return messages;
        });

        List<Integer> all = capacity.contentsAnd(98, 99, 100);
        List<Integer> expected = all.subList(1, all.size());
        assertThat(other.result()).isEqualTo(expected);
        release.countDown();
        assertThat(receiver.result()).isEqualTo(1);
        first.join();
        second.get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("closes")
    void othersUseTheChannelWhileWhatDependsOnAFailedOneIsBusy(Consumer<Channel<Integer>> close) throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> send = channel.sendAsync(1);
        send.whenComplete((nothing, failure) -> {
            entered.countDown();
            Uninterrupted.await(release);
        });
        Running<Void> closer = threads.run(() -> {
            close.accept(channel);
            send.cancel(true);
        });
        entered.await();

        Running<Integer> other = threads.start(() -> {
            channel.close();
            channel.closeNow();
            return channel.stats().blockedSenders();
        });

        assertThat(other.result()).isZero();
        release.countDown();
        closer.result();
    }

    static List<Consumer<Channel<Integer>>> closes() {
        return List.of(Channel::closeNow, channel -> {});
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
    void neverWaitsWhereMessagesAreDropped(Overflow overflow) {
        Channel<Integer> channel =
                Channel.builder("numbers").capacity(1).overflow(overflow).build();

        assertThat(channel.sendAsync(1)).isCompleted();
        assertThat(channel.sendAsync(2)).isCompleted();

        assertThat(channel.peek()).isEqualTo(overflow == Overflow.DROP_OLDEST ? 2 : 1);
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 1, returned 0, size 1");
    }
}
