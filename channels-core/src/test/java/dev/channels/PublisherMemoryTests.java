package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.eventuallyAsserted;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** A subscriber that is done is forgotten, and so is what it got. */
class PublisherMemoryTests {

    private final Channel<Object> channel = Channel.unbounded();
    private final List<Object> kept = new ArrayList<>();

    @Test
    void aSubscriberThatHasCancelledIsForgottenThoughItsSubscriptionIsKept() {
        assertForgotten(cancelled(0), cancelled(1), cancelled(Long.MAX_VALUE));
    }

    @Test
    void aSubscriberThatIsAtTheEndIsForgottenThoughItsSubscriptionIsKept() {
        channel.close();

        assertForgotten(atTheEnd());
    }

    @Test
    void aSubscriberWithoutDemandIsForgotten() {
        assertForgotten(new WeakReference<>(subscriber(0)));
    }

    @Test
    void aMessageIsForgottenThoughItsSubscriberWaitsForMore() {
        RecordingSubscriber<WeakReference<?>> references = RecordingSubscriber.asking(Long.MAX_VALUE);
        Channel<WeakReference<?>> seen = Channel.unbounded();
        seen.publisher().subscribe(references);
        channel.publisher().subscribe(forwarding(seen));

        sendMessages();

        eventually(() -> references.messages().size() == 4);
        assertForgotten(references.messages().toArray(new WeakReference<?>[0]));
    }

    // Below here: each in a method of its own, so that no local variable keeps what should be forgotten.

    private RecordingSubscriber<Object> subscriber(long demand) {
        RecordingSubscriber<Object> subscriber = RecordingSubscriber.asking(demand);
        channel.publisher().subscribe(subscriber);
        return subscriber;
    }

    private WeakReference<?> cancelled(long demand) {
        RecordingSubscriber<Object> subscriber = subscriber(demand);
        subscriber.subscription().cancel();
        kept.add(subscriber.subscription());
        return new WeakReference<>(subscriber);
    }

    private WeakReference<?> atTheEnd() {
        RecordingSubscriber<Object> subscriber = subscriber(1);
        eventually(() -> subscriber.signals().contains("complete"));
        kept.add(subscriber.subscription());
        return new WeakReference<>(subscriber);
    }

    private static Flow.Subscriber<Object> forwarding(Channel<WeakReference<?>> seen) {
        return new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Object message) {
                seen.trySend(new WeakReference<>(message));
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        };
    }

    private void sendMessages() {
        for (int i = 0; i < 4; i++) {
            channel.trySend(new Object());
        }
    }

    private void assertForgotten(WeakReference<?>... references) {
        try {
            eventuallyAsserted(() -> {
                System.gc();
                for (WeakReference<?> reference : references) {
                    assertThat((Object) reference.get()).isNull();
                }
            });
        } finally {
            Reference.reachabilityFence(this);
        }
    }
}
