package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static dev.channels.PublisherTests.gets;
import static dev.channels.PublisherTests.nothingMoreComes;
import static dev.channels.PublisherTests.numbers;
import static dev.channels.PublisherTests.send;
import static dev.channels.PublisherTests.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A subscriber that has cancelled takes nothing more. */
@EveryKindOfThread
class PublisherCancelTests {

    @Parameter
    private Threads threads;

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
}
