package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static dev.channels.Select.fair;
import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.Select.timeout;
import static dev.channels.SelectTests.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.Parameter;

/** What a select has received, sent or not sent, and who has awaited it, is forgotten: by its channels and by itself. */
@EveryKindOfThread
class SelectMemoryTests {

    @Parameter
    private Threads threads;

    private final Channel<Object> other = Channel.rendezvous();

    @EveryCapacity
    void aReceivedMessageIsForgotten(Capacity capacity) throws Exception {
        Channel<Object> channel = capacity.channel();
        Select<String> select = fair(receive(other, message -> "other"), receive(channel, message -> "received"));

        List<WeakReference<?>> forgotten = new ArrayList<>();
        forgotten.addAll(receivedByOneThatWaits(select, channel));
        if (capacity != Capacity.ZERO) {
            forgotten.add(put(channel));
            assertThat(select.await()).isEqualTo("received");
        }

        assertForgottenBy(List.of(channel, other, select), forgotten);
    }

    @EveryLimit
    void theMessageOfALosingClauseIsForgotten(Capacity capacity) throws Exception {
        Channel<Object> full = capacity.channel();
        for (int i = 0; i < capacity.limit(); i++) {
            put(full);
        }
        List<WeakReference<?>> forgotten = new ArrayList<>();
        Select<String> select = fair(
                receive(other, message -> "received"),
                send(full, () -> remembered(forgotten), () -> "sent"),
                timeout(Duration.ofMillis(1), () -> "late"));
        Select<String> waiting =
                fair(receive(other, message -> "received"), send(full, () -> remembered(forgotten), () -> "sent"));
        Select<String> hasty = fair(otherwise(() -> "nothing"), send(full, () -> remembered(forgotten), () -> "sent"));

        assertThat(select.await()).isEqualTo("late");
        assertThat(hasty.await()).isEqualTo("nothing");
        forgotten.addAll(receivedByOneThatWaits(waiting, other));
        forgotten.add(interrupted(waiting, full));

        assertThat(forgotten).hasSize(7);
        assertForgottenBy(List.of(full, other, select, waiting, hasty), forgotten);
    }

    @EveryLimit
    void aMessageThatWasSentAndReceivedIsForgotten(Capacity capacity) throws Exception {
        Channel<Object> full = capacity.channel();
        for (int i = 0; i < capacity.limit(); i++) {
            put(full);
        }
        List<WeakReference<?>> forgotten = new ArrayList<>();
        Select<String> select =
                fair(receive(other, message -> "received"), send(full, () -> remembered(forgotten), () -> "sent"));
        forgotten.add(sentByOneThatWaits(select, full));
        full.drainTo(new ArrayList<>(), 100);

        assertThat(forgotten).hasSize(2);
        assertForgottenBy(List.of(full, other, select), forgotten);
    }

    @EveryCapacity
    void aChannelThatIsNeverReadyKeepsNothingOfTheSelectsThatPassed(Capacity capacity) throws Exception {
        Channel<Object> quiet = capacity.channel();
        Channel<Integer> full = Capacity.ONE.full();
        Channel<Integer> busy = Channel.rendezvous();
        Select<String> select = fair(
                receive(quiet, message -> "quiet"),
                send(full, () -> 2, () -> "sent"),
                receive(busy, message -> "busy"));
        Running<Void> selects = threads.run(() -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(select.await()).isEqualTo("busy");
            }
        });

        for (int i = 0; i < 1_000; i++) {
            busy.send(i);
        }

        selects.result();
        assertAtRest(quiet, full, busy);
    }

    // Below here: each in a method of its own, so that no local variable keeps what should be forgotten.

    private static Object remembered(List<WeakReference<?>> references) {
        Object message = new Object();
        references.add(new WeakReference<>(message));
        return message;
    }

    private static WeakReference<Object> put(Channel<Object> channel) throws InterruptedException {
        Object message = new Object();
        channel.send(message);
        return new WeakReference<>(message);
    }

    private List<WeakReference<?>> receivedByOneThatWaits(Select<String> select, Channel<Object> channel)
            throws Exception {
        Running<String> running = threads.start(select::await);
        receiversWait(channel, 1);
        WeakReference<Object> message = put(channel);
        assertThat(running.result()).isEqualTo("received");
        return List.of(message, new WeakReference<>(running.thread()));
    }

    private WeakReference<Thread> sentByOneThatWaits(Select<String> select, Channel<Object> channel) throws Exception {
        Running<String> running = threads.start(select::await);
        sendersWait(channel, 1);
        channel.receive();
        assertThat(running.result()).isEqualTo("sent");
        return new WeakReference<>(running.thread());
    }

    private WeakReference<Thread> interrupted(Select<String> select, Channel<Object> channel) throws Exception {
        Running<String> running = threads.start(select::await);
        sendersWait(channel, 1);
        running.interrupt();
        assertThat(running.failure()).isInstanceOf(InterruptedException.class);
        return new WeakReference<>(running.thread());
    }

    private static void assertForgottenBy(List<?> keepers, List<? extends WeakReference<?>> references) {
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> {
                        System.gc();
                        for (int i = 0; i < references.size(); i++) {
                            assertThat((Object) references.get(i).get())
                                    .as("number " + i)
                                    .isNull();
                        }
                    });
        } finally {
            Reference.reachabilityFence(keepers);
        }
    }
}
