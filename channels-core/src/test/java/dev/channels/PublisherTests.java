package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.eventuallyAsserted;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel's messages for reactive code: a subscriber is one more receiver, and takes what it has asked for. */
@EveryKindOfThread
class PublisherTests {

    @Parameter
    private Threads threads;

    private static <T> RecordingSubscriber<T> subscribe(Receiver<T> channel, long demand) {
        return subscribe(channel, RecordingSubscriber.asking(demand));
    }

    private static <T> RecordingSubscriber<T> subscribe(Receiver<T> channel, RecordingSubscriber<T> subscriber) {
        channel.publisher().subscribe(subscriber);
        return subscriber;
    }

    private static <T> void gets(RecordingSubscriber<T> subscriber, List<T> messages) {
        eventuallyAsserted(() -> assertThat(subscriber.messages()).containsExactlyElementsOf(messages));
    }

    private static void ends(RecordingSubscriber<?> subscriber, String how) {
        eventuallyAsserted(() -> assertThat(subscriber.signals()).containsExactly("subscribe", how));
        assertThat(subscriber.hasOverlapped()).isFalse();
    }

    /** Gives what should not happen a chance to. */
    private static void nothingMoreComes(RecordingSubscriber<?> subscriber) throws InterruptedException {
        List<?> messages = subscriber.messages();
        List<String> signals = subscriber.signals();
        Thread.sleep(20);
        assertThat((Object) subscriber.messages()).isEqualTo(messages);
        assertThat(subscriber.signals()).isEqualTo(signals);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static void send(Channel<Integer> channel, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            channel.send(i);
        }
    }

    // demand

    @EveryCapacity
    void everythingComesInOrderAndThenTheEnd(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, Long.MAX_VALUE);

        Running<Void> sender = threads.run(() -> {
            send(channel, 500);
            channel.close();
        });

        sender.result();
        gets(subscriber, numbers(500));
        ends(subscriber, "complete");
        assertThat(countsOf(channel)).isEqualTo("sent 500, received 500, dropped 0, returned 0, size 0");
    }

    @EveryLimit
    void withoutDemandNothingIsTaken(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        RecordingSubscriber<Integer> subscriber = subscribe(channel, 0);

        nothingMoreComes(subscriber);
        assertThat(subscriber.signals()).containsExactly("subscribe");
        assertThat(subscriber.messages()).isEmpty();
        assertThat(channel.size()).isEqualTo(capacity.limit());
        assertThat(channel.blockedSenders()).isOne();
        assertThat(channel.drainTo(new ArrayList<>(), 100)).isEqualTo(capacity.limit() + 1);
        sender.result();
    }

    @EveryCapacity
    void withoutDemandNobodyWaits(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        RecordingSubscriber<Integer> subscriber = subscribe(channel, 0);

        nothingMoreComes(subscriber);
        assertThat(channel.blockedReceivers()).isZero();
        assertThat(channel.trySend(1)).isEqualTo(capacity != Capacity.ZERO);
    }

    @EveryCapacity
    void whoAsksForMoreThanThereIsWaitsAsOneReceiver(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 2);
        receiversWait(channel, 1);
        subscriber.subscription().request(1);

        assertThat(channel.blockedReceivers()).isOne();
        assertThat(channel.waiters())
                .singleElement()
                .satisfies(waiter -> assertThat(waiter.thread()).isNull());
        send(channel, 3);
        gets(subscriber, numbers(3));
        nothingMoreComes(subscriber);
        assertThat(channel.blockedReceivers()).isZero();
        assertThat(countsOf(channel)).isEqualTo("sent 3, received 3, dropped 0, returned 0, size 0");
    }

    @Test
    void itTakesJustWhatItHasAskedFor() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        send(channel, 10);
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 3);

        gets(subscriber, numbers(3));
        nothingMoreComes(subscriber);
        assertThat(channel.size()).isEqualTo(7);

        subscriber.subscription().request(1);
        subscriber.subscription().request(2);
        gets(subscriber, numbers(6));
        nothingMoreComes(subscriber);
        assertThat(channel.size()).isEqualTo(4);
        assertThat(channel.blockedReceivers()).isZero();
    }

    @EveryCapacity
    void itMayAskForTheNextWhenItHasGotOne(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber =
                subscribe(channel, RecordingSubscriber.asking(1, (message, subscription) -> subscription.request(1)));

        Running<Void> sender = threads.run(() -> {
            send(channel, 500);
            channel.close();
        });

        sender.result();
        gets(subscriber, numbers(500));
        ends(subscriber, "complete");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, Long.MAX_VALUE})
    void askingAgainAndAgainNeverUsesUpTheStack(long demand) throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        send(channel, 100_000);
        channel.close();
        CountDownLatch end = new CountDownLatch(1);
        List<Integer> count = new ArrayList<>();

        channel.publisher().subscribe(new Flow.Subscriber<>() {

            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription = given;
                given.request(demand);
            }

            @Override
            public void onNext(Integer message) {
                count.add(message);
                subscription.request(demand);
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {
                end.countDown();
            }
        });

        Uninterrupted.await(end);
        assertThat(count).hasSize(100_000).isSorted();
    }

    @Test
    void noDemandIsTooHigh() throws Exception {
        Channel<Integer> channel = Channel.bounded(2);
        RecordingSubscriber<Integer> subscriber = subscribe(channel, Long.MAX_VALUE);
        subscriber.subscription().request(Long.MAX_VALUE);
        subscriber.subscription().request(1);

        send(channel, 50);

        gets(subscriber, numbers(50));
        assertThat(subscriber.signals()).containsExactly("subscribe");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void askingForLessThanOneIsAnError(long demand) throws Exception {
        for (long first : List.of(0L, 5L)) {
            Channel<Integer> channel = Channel.bounded(2);
            RecordingSubscriber<Integer> subscriber = subscribe(channel, first);
            receiversWait(channel, first == 0 ? 0 : 1);

            subscriber.subscription().request(demand);

            assertThat(channel.blockedReceivers()).isZero();
            channel.send(1);
            ends(subscriber, "error");
            assertThat(subscriber.error()).isInstanceOf(IllegalArgumentException.class);
            subscriber.subscription().request(1);
            subscriber.subscription().request(demand);
            nothingMoreComes(subscriber);
            assertThat(subscriber.messages()).isEmpty();
            assertThat(channel.size()).isOne();
        }
    }

    @Test
    void askingForLessThanOneWhenItHasGotSomethingIsTheLastThing() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        send(channel, 5);

        RecordingSubscriber<Integer> subscriber =
                subscribe(channel, RecordingSubscriber.asking(3, (message, subscription) -> subscription.request(0)));

        ends(subscriber, "error");
        assertThat(subscriber.messages()).containsExactly(0);
        assertThat(channel.size()).isEqualTo(4);
    }

    // competition

    @EveryCapacity
    void eachMessageGoesToOneSubscriber(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Flow.Publisher<Integer> publisher = channel.publisher();
        List<RecordingSubscriber<Integer>> subscribers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RecordingSubscriber<Integer> subscriber = RecordingSubscriber.asking(Long.MAX_VALUE);
            publisher.subscribe(subscriber);
            subscribers.add(subscriber);
        }
        Running<List<Integer>> receiver = threads.start(() -> channel.stream().toList());

        send(channel, 1_000);
        channel.close();

        List<Integer> all = new ArrayList<>(receiver.result());
        for (RecordingSubscriber<Integer> subscriber : subscribers) {
            ends(subscriber, "complete");
            assertThat(subscriber.messages()).isSorted();
            all.addAll(subscriber.messages());
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers(1_000));
    }

    @EveryCapacity
    void subscribersAndReceiversThatWaitAreServedInTurn(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> first = subscribe(channel, 1);
        receiversWait(channel, 1);
        Running<Integer> second = threads.start(() -> channel.receive());
        receiversWait(channel, 2);
        RecordingSubscriber<Integer> third = subscribe(channel, 1);
        receiversWait(channel, 3);

        send(channel, 3);

        gets(first, List.of(0));
        assertThat(second.result()).isOne();
        gets(third, List.of(2));
    }

    // the end

    @EveryLimit
    void theEndComesOnceEverythingIsTakenAlsoFromBlockedSenders(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = channel.sendAsync(99);
        channel.close();

        RecordingSubscriber<Integer> subscriber = subscribe(channel, Long.MAX_VALUE);

        gets(subscriber, capacity.contentsAnd(98, 99));
        ends(subscriber, "complete");
        sender.result();
        pending.join();
    }

    @EveryCapacity
    void whoWaitsFindsTheEnd(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 1);
        receiversWait(channel, 1);

        channel.close();

        ends(subscriber, "complete");
        assertThat(channel.blockedReceivers()).isZero();
    }

    @EveryCapacity
    void whoSubscribesToAClosedChannelFindsTheEndWithoutDemand(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.close();

        ends(subscribe(channel, 0), "complete");
        ends(subscribe(channel, 1), "complete");
    }

    @EveryLimitedBuffer
    void withTheLastMessageOfAClosedChannelComesTheEndWithoutMoreDemand(Capacity capacity) {
        Channel<Integer> channel = capacity.full();
        channel.close();

        RecordingSubscriber<Integer> subscriber = subscribe(channel, capacity.limit());

        ends(subscriber, "complete");
        assertThat(subscriber.messages()).containsExactlyElementsOf(capacity.contents());
    }

    @EveryCapacity
    void whoHasNoDemandAtTheEndFindsItWhenItAsks(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 1);
        channel.send(0);
        gets(subscriber, List.of(0));
        channel.close();

        subscriber.subscription().request(1);

        ends(subscriber, "complete");
    }

    @EveryCapacity
    void aFailureIsAnErrorOnceEverythingIsTaken(Capacity capacity) throws Exception {
        IOException cause = new IOException("disk full");
        Channel<Integer> channel = capacity.channel();
        CompletableFuture<Void> sent = channel.sendAsync(7);
        channel.close(cause);

        RecordingSubscriber<Integer> subscriber = subscribe(channel, 5);

        ends(subscriber, "error");
        assertThat(subscriber.messages()).containsExactly(7);
        assertThat(subscriber.error())
                .isInstanceOf(ChannelClosedException.class)
                .hasMessageContaining(channel.name())
                .hasCause(cause);
        sent.join();
        RecordingSubscriber<Integer> late = subscribe(channel, 0);
        ends(late, "error");
        assertThat(late.error()).hasCause(cause);
    }

    @EveryCapacity
    void aFailureIsAnErrorForWhoWaits(Capacity capacity) {
        IOException cause = new IOException("disk full");
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 1);
        receiversWait(channel, 1);

        channel.close(cause);

        ends(subscriber, "error");
        assertThat(subscriber.error())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    @EveryCapacity
    void closingAtOnceIsAnError(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> waiting = subscribe(channel, 1);
        receiversWait(channel, 1);
        RecordingSubscriber<Integer> idle = subscribe(channel, 0);

        channel.closeNow();
        idle.subscription().request(1);

        for (RecordingSubscriber<Integer> subscriber : List.of(waiting, idle, subscribe(channel, 0))) {
            ends(subscriber, "error");
            assertThat(subscriber.error())
                    .isInstanceOf(ChannelClosedException.class)
                    .hasNoCause();
        }
    }

    @Test
    void afterTheEndNothingHappensAnyMore() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        channel.close();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 1);
        ends(subscriber, "complete");

        subscriber.subscription().request(1);
        subscriber.subscription().request(-1);
        subscriber.subscription().cancel();

        nothingMoreComes(subscriber);
    }

    @Test
    void theSubscriberOfAHandleFindsTheEndWhenThatIsClosed() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        ReceiverHandle<Integer> other = channel.newReceiver();
        RecordingSubscriber<Integer> subscriber = subscribe(handle, 1);
        receiversWait(channel, 1);

        handle.close();

        ends(subscriber, "complete");
        channel.send(1);
        assertThat(other.receive()).isOne();
        other.close();
    }

    @Test
    void theSubscriberOfASubscriptionGetsItsMessages() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(2);
        Subscription<Integer> subscription = broadcast.subscribe();
        RecordingSubscriber<Integer> subscriber = subscribe(subscription, Long.MAX_VALUE);
        for (int i = 0; i < 20; i++) {
            broadcast.send(i);
        }

        gets(subscriber, numbers(20));
        subscription.close();
        ends(subscriber, "complete");
    }

    @Test
    void theSubscriberOfATimerGetsItsInstants() {
        RecordingSubscriber<Instant> once = subscribe(Channel.after(Duration.ofMillis(5)), 1);
        RecordingSubscriber<Instant> again = subscribe(Channel.tick(Duration.ofMillis(1)), 3);
        RecordingSubscriber<Instant> never = subscribe(Channel.never(), 1);

        ends(once, "complete");
        assertThat(once.messages()).hasSize(1);
        eventually(() -> again.messages().size() == 3);
        assertThat(again.messages()).isSorted().doesNotHaveDuplicates();
        assertThat(never.signals()).containsExactly("subscribe");
    }

    // cancelling

    @EveryCapacity
    void whoCancelsWhileItWaitsTakesNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> before = subscribe(channel, 1);
        receiversWait(channel, 1);
        RecordingSubscriber<Integer> cancelled = subscribe(channel, 1);
        receiversWait(channel, 2);

        cancelled.subscription().cancel();

        assertThat(channel.blockedReceivers()).isOne();
        before.subscription().cancel();
        assertThat(channel.blockedReceivers()).isZero();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        channel.send(1);
        assertThat(receiver.result()).isOne();
        nothingMoreComes(cancelled);
        assertThat(cancelled.signals()).containsExactly("subscribe");
    }

    @Test
    void whoCancelsWithAMessageGetsNoMore() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        send(channel, 10);
        RecordingSubscriber<Integer> subscriber =
                subscribe(channel, RecordingSubscriber.asking(Long.MAX_VALUE, (message, subscription) -> {
                    if (message == 3) {
                        subscription.cancel();
                        subscription.request(5);
                    }
                }));

        gets(subscriber, numbers(4));
        nothingMoreComes(subscriber);
        assertThat(channel.size()).isEqualTo(6);
        channel.close();
        nothingMoreComes(subscriber);
        assertThat(subscriber.signals()).containsExactly("subscribe");
    }

    @Test
    void whoCancelsAtOnceGetsNothing() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        channel.send(1);
        List<String> signals = new CopyOnWriteArrayList<>();

        channel.publisher().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
                subscription.cancel();
            }

            @Override
            public void onNext(Integer message) {
                signals.add("next");
            }

            @Override
            public void onError(Throwable failure) {
                signals.add("error");
            }

            @Override
            public void onComplete() {
                signals.add("complete");
            }
        });

        Thread.sleep(20);
        assertThat(signals).isEmpty();
        assertThat(channel.size()).isOne();
    }

    @Test
    void cancellingTwiceIsCancellingOnce() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 1);
        receiversWait(channel, 1);

        subscriber.subscription().cancel();
        subscriber.subscription().cancel();
        subscriber.subscription().request(1);
        subscriber.subscription().request(-1);
        channel.send(1);

        nothingMoreComes(subscriber);
        assertThat(subscriber.signals()).containsExactly("subscribe");
        assertThat(channel.size()).isOne();
    }

    // how the signals come

    @Test
    void nothingComesBeforeOnSubscribeHasReturned() throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        channel.send(1);
        channel.close();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> signals = new CopyOnWriteArrayList<>();
        Running<Void> subscribing = threads.run(() -> channel.publisher().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
                asked.countDown();
                Uninterrupted.await(release);
                signals.add("subscribed");
            }

            @Override
            public void onNext(Integer message) {
                signals.add("next");
            }

            @Override
            public void onError(Throwable failure) {
                signals.add("error");
            }

            @Override
            public void onComplete() {
                signals.add("complete");
            }
        }));
        asked.await();

        Thread.sleep(20);
        assertThat(signals).isEmpty();
        assertThat(channel.size()).isOne();
        release.countDown();

        subscribing.result();
        eventuallyAsserted(() -> assertThat(signals).containsExactly("subscribed", "next", "complete"));
    }

    @EveryCapacity
    void signalsComeOneAtATime(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        RecordingSubscriber<Integer> subscriber =
                subscribe(channel, RecordingSubscriber.asking(1, (message, subscription) -> {
                    subscription.request(2);
                    Thread.onSpinWait();
                }));
        List<Running<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            senders.add(threads.run(() -> send(channel, 200)));
            senders.add(threads.run(() -> {
                for (int request = 0; request < 200; request++) {
                    subscriber.subscription().request(1);
                }
            }));
        }
        for (Running<Void> sender : senders) {
            sender.result();
        }

        channel.close();

        ends(subscriber, "complete");
        assertThat(subscriber.messages()).hasSize(800);
    }

    @Test
    void aSlowSubscriberHoldsUpNobodyElse() throws Exception {
        Channel<Integer> channel = Channel.bounded(2);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        RecordingSubscriber<Integer> subscriber =
                subscribe(channel, RecordingSubscriber.asking(Long.MAX_VALUE, (message, subscription) -> {
                    entered.countDown();
                    Uninterrupted.await(release);
                }));

        Running<Void> sender = threads.run(() -> send(channel, 3));

        entered.await();
        sender.result();
        assertThat(channel.receive()).isOne();
        assertThat(channel.receive()).isEqualTo(2);
        Running<Void> asking = threads.run(() -> subscriber.subscription().request(1));
        asking.result();
        Running<Void> cancelling = threads.run(() -> subscriber.subscription().cancel());
        cancelling.result();
        release.countDown();
    }

    @Test
    void aSubscriberMayUseTheChannel() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        RecordingSubscriber<Integer> subscriber =
                subscribe(channel, RecordingSubscriber.asking(Long.MAX_VALUE, (message, subscription) -> {
                    if (message < 100) {
                        channel.trySend(message + 1);
                    } else {
                        channel.close();
                    }
                }));

        channel.send(0);

        ends(subscriber, "complete");
        assertThat(subscriber.messages()).hasSize(101).isSorted();
    }

    @Test
    void whoWaitsNeedsNoThread() throws Exception {
        Channel<Integer> channel = Channel.rendezvous();
        RecordingSubscriber<Integer> first = subscribe(channel, 1);
        receiversWait(channel, 1);
        int before = Thread.getAllStackTraces().size();

        for (int i = 0; i < 1_000; i++) {
            subscribe(channel, 1);
            subscribe(channel, 0);
        }
        receiversWait(channel, 1_001);

        assertThat(Thread.getAllStackTraces().size()).isLessThan(before + 20);
        channel.close();
        ends(first, "complete");
    }

    // what is thrown

    @Test
    void aSubscriberThatThrowsHasCancelled() throws Exception {
        Channel<Integer> channel = Channel.unbounded();
        send(channel, 3);
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        for (Error thrown : List.of(new Error("no"), new AssertionError("no"))) {
            RecordingSubscriber<Integer> subscriber =
                    subscribe(channel, RecordingSubscriber.asking(5, (message, subscription) -> {
                        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
                        throw thrown;
                    }));

            eventually(() -> uncaught.contains(thrown));
            subscriber.subscription().request(1);
            subscriber.subscription().request(-1);
            nothingMoreComes(subscriber);
            assertThat(subscriber.messages()).hasSize(1);
            assertThat(subscriber.signals()).containsExactly("subscribe");
        }
        assertThat(channel.size()).isOne();
        assertThat(channel.blockedReceivers()).isZero();
        assertThat(countsOf(channel)).isEqualTo("sent 3, received 2, dropped 0, returned 0, size 1");
    }

    @Test
    void whatIsThrownFromTheOtherSignalsIsReportedToo() throws Exception {
        Channel<Integer> open = Channel.bounded(1);
        open.send(1);
        Channel<Integer> completed = Channel.bounded(1);
        completed.close();
        Channel<Integer> failed = Channel.bounded(1);
        failed.closeNow();
        for (Channel<Integer> channel : List.of(open, completed, failed)) {
            List<Throwable> uncaught = new CopyOnWriteArrayList<>();
            IllegalStateException thrown = new IllegalStateException();
            Running<Void> subscribing = threads.run(() -> channel.publisher().subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(1);
                    if (channel.equals(open)) {
                        throwReported();
                    }
                }

                @Override
                public void onNext(Integer message) {
                    throw new AssertionError("it has cancelled");
                }

                @Override
                public void onError(Throwable failure) {
                    throwReported();
                }

                @Override
                public void onComplete() {
                    throwReported();
                }

                private void throwReported() {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
                    throw thrown;
                }
            }));

            subscribing.result();
            eventuallyAsserted(() -> assertThat(uncaught).containsExactly(thrown));
        }
        assertThat(open.size()).isOne();
    }

    @Test
    void nullIsRefused() {
        Channel<Integer> channel = Channel.bounded(1);

        assertThatNullPointerException().isThrownBy(() -> channel.publisher().subscribe(null));
        channel.close();
        assertThatNullPointerException().isThrownBy(() -> channel.publisher().subscribe(null));
    }

    // interceptors

    @EveryCapacity
    void theInterceptorRunsOnceForEachMessageInTheThreadThatGetsIt(Capacity capacity) throws Exception {
        List<Thread> intercepting = new CopyOnWriteArrayList<>();
        List<Thread> receiving = new CopyOnWriteArrayList<>();
        Channel<Integer> channel = capacity.builder()
                .<Integer>interceptor(new ChannelInterceptor<>() {
                    @Override
                    public void onReceive(Integer message, Object attachment) {
                        intercepting.add(Thread.currentThread());
                    }
                })
                .build();
        RecordingSubscriber<Integer> subscriber =
                subscribe(channel, RecordingSubscriber.asking(Long.MAX_VALUE, (message, subscription) -> {
                    receiving.add(Thread.currentThread());
                }));

        send(channel, 50);

        gets(subscriber, numbers(50));
        eventually(() -> receiving.size() == 50);
        assertThat(intercepting).isEqualTo(receiving).doesNotContain(Thread.currentThread());
    }

    @EveryCapacity
    void whatTheInterceptorThrowsIsAnError(Capacity capacity) throws Exception {
        IllegalStateException thrown = new IllegalStateException();
        Channel<Integer> channel = capacity.builder()
                .<Integer>interceptor(new ChannelInterceptor<>() {
                    @Override
                    public void onReceive(Integer message, Object attachment) {
                        throw thrown;
                    }
                })
                .build();
        RecordingSubscriber<Integer> subscriber = subscribe(channel, 5);
        receiversWait(channel, 1);

        channel.send(1);

        ends(subscriber, "error");
        assertThat(subscriber.error()).isSameAs(thrown);
        assertThat(subscriber.messages()).isEmpty();
        assertThat(channel.blockedReceivers()).isZero();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }
}
