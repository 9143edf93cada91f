package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * Cancelling while messages come.
 *
 * <p>How often is the system property {@code stress.rounds}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class PublisherRaceTests {

    private static final int ROUNDS = Integer.getInteger("stress.rounds", 2_000);

    @EveryCapacity
    void afterACancelNothingIsTaken(Capacity capacity) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Channel<Integer> channel = capacity.channel();
            RecordingSubscriber<Integer> subscriber = RecordingSubscriber.asking(1);
            channel.publisher().subscribe(subscriber);
            for (int spin = 0; spin < i % 1_000; spin++) {
                Thread.onSpinWait();
            }

            subscriber.subscription().cancel();
            CompletableFuture<Void> sent = channel.sendAsync(i);

            assertThat(channel.tryReceive()).isEqualTo(i);
            sent.join();
            assertThat(subscriber.messages()).isEmpty();
        }
    }

    @EveryCapacity
    void aMessageThatMeetsACancelIsEitherDeliveredOrStillThere(Capacity capacity) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            int message = i;
            Channel<Integer> channel = capacity.channel();
            RecordingSubscriber<Integer> subscriber = RecordingSubscriber.asking(1);
            channel.publisher().subscribe(subscriber);
            Running<CompletableFuture<Void>> sender = Threads.VIRTUAL.start(() -> channel.sendAsync(message));

            subscriber.subscription().cancel();
            sender.result();

            List<Integer> rest = new ArrayList<>();
            channel.drainTo(rest, 5);
            if (rest.isEmpty()) {
                eventually(() -> subscriber.messages().equals(List.of(message)));
            } else {
                assertThat(rest).containsExactly(message);
                assertThat(subscriber.messages()).isEmpty();
            }
            assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
        }
    }

    @EveryCapacity
    void whatSubscribersLeaveOthersGet(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<RecordingSubscriber<Integer>> subscribers = new ArrayList<>();
        Running<Void> sender = Threads.PLATFORM.run(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                channel.send(i);
            }
            channel.close();
        });
        while (!channel.isClosedForReceive()) {
            RecordingSubscriber<Integer> subscriber = RecordingSubscriber.asking(3);
            channel.publisher().subscribe(subscriber);
            subscribers.add(subscriber);
            if (subscribers.size() % 3 != 0) {
                subscriber.subscription().cancel();
            }
        }
        sender.result();

        eventually(() -> all(subscribers).size() == ROUNDS);
        assertThat(all(subscribers)).doesNotHaveDuplicates();
        assertThat(channel.blockedReceivers()).isZero();
    }

    private static List<Integer> all(List<RecordingSubscriber<Integer>> subscribers) {
        return subscribers.stream()
                .flatMap(subscriber -> subscriber.messages().stream())
                .toList();
    }
}
