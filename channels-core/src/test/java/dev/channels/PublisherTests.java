package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventuallyAsserted;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
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

    static <T> RecordingSubscriber<T> subscribe(Receiver<T> channel, long demand) {
        return subscribe(channel, RecordingSubscriber.asking(demand));
    }

    static <T> RecordingSubscriber<T> subscribe(Receiver<T> channel, RecordingSubscriber<T> subscriber) {
        channel.publisher().subscribe(subscriber);
        return subscriber;
    }

    static <T> void gets(RecordingSubscriber<T> subscriber, List<T> messages) {
        eventuallyAsserted(() -> assertThat(subscriber.messages()).containsExactlyElementsOf(messages));
    }

    static void ends(RecordingSubscriber<?> subscriber, String how) {
        eventuallyAsserted(() -> assertThat(subscriber.signals()).containsExactly("subscribe", how));
        assertThat(subscriber.hasOverlapped()).isFalse();
    }

    /** Gives what should not happen a chance to. */
    static void nothingMoreComes(RecordingSubscriber<?> subscriber) throws InterruptedException {
        List<?> messages = subscriber.messages();
        List<String> signals = subscriber.signals();
        Thread.sleep(20);
        assertThat((Object) subscriber.messages()).isEqualTo(messages);
        assertThat(subscriber.signals()).isEqualTo(signals);
    }

    static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    static void send(Channel<Integer> channel, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            channel.send(i);
        }
    }

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

    @Test
    void nullIsRefused() {
        Channel<Integer> channel = Channel.bounded(1);

        assertThatNullPointerException().isThrownBy(() -> channel.publisher().subscribe(null));
        channel.close();
        assertThatNullPointerException().isThrownBy(() -> channel.publisher().subscribe(null));
    }
}
