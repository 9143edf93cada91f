package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.eventuallyAsserted;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.PublisherTests.ends;
import static dev.channels.PublisherTests.gets;
import static dev.channels.PublisherTests.nothingMoreComes;
import static dev.channels.PublisherTests.numbers;
import static dev.channels.PublisherTests.send;
import static dev.channels.PublisherTests.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Signals come one at a time and hold up nobody; what a subscriber or an interceptor throws is told. */
@EveryKindOfThread
class PublisherSignalTests {

    @Parameter
    private Threads threads;

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
