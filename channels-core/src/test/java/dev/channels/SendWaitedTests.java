package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A channel tells whoever asked for it of each send that had to wait. */
@EveryKindOfThread
class SendWaitedTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private final List<Long> waits = new CopyOnWriteArrayList<>();

    private Channel<Integer> full(Capacity capacity) {
        Channel<Integer> channel = capacity.builder().onSendWaited(waits::add).build();
        capacity.fill(channel);
        return channel;
    }

    @EveryLimit
    void aSendThatWaitedIsToldOfWithItsTime(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        Duration waited = Duration.ofMillis(5);
        eventually(() -> channel.waiters().get(0).waited().compareTo(waited) >= 0);
        assertThat(waits).isEmpty();

        channel.receive();
        sender.result();

        assertThat(waits).hasSize(1);
        assertThat(waits.get(0))
                .isBetween(waited.toNanos(), Duration.ofSeconds(10).toNanos());
    }

    @EveryLimit
    void soAreThoseThatThenDidNotSend(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity);

        Running<Boolean> late = threads.start(() -> channel.trySend(97, Duration.ofMillis(5)));
        assertThat(late.result()).isFalse();
        assertThat(waits).hasSize(1);
        assertThat(waits.get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(5).toNanos());

        Running<Void> interrupted = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        interrupted.interrupt();
        interrupted.join();
        assertThat(waits).hasSize(2);

        channel.sendAsync(99).cancel(true);
        assertThat(waits).hasSize(3);

        Running<Void> closed = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        CompletableFuture<Void> failed = channel.sendAsync(100);
        channel.closeNow();
        closed.join();
        eventually(failed::isDone);
        assertThat(waits).hasSize(5);
    }

    @EveryLimit
    void soIsASendThatGaveUpBecauseOfTheChannelsLimit(Capacity capacity) throws Exception {
        Duration timeout = Duration.ofMillis(5);
        Channel<Integer> channel =
                capacity.builder().sendTimeout(timeout).onSendWaited(waits::add).build();
        capacity.fill(channel);

        Running<Void> sender = threads.run(() -> channel.send(98));
        assertThat(sender.failure()).isInstanceOf(ChannelFullException.class);
        CompletableFuture<Void> pending = channel.sendAsync(99);
        eventually(pending::isDone);

        assertThat(waits).hasSize(2).allMatch(nanos -> nanos >= timeout.toNanos());
    }

    @EveryLimit
    void soAreReservesPendingSendsHandlesAndSelects(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity);
        int expected = 3;
        CompletableFuture<Void> pending = channel.sendAsync(97);
        SenderHandle<Integer> handle = channel.newSender();
        Running<Void> sender = threads.run(() -> handle.send(98));
        sendersWait(channel, 2);
        Running<Void> selecting = threads.run(() -> Select.<String>fair(Select.send(channel, () -> 99, () -> "sent"))
                .await());
        sendersWait(channel, 3);
        Running<Void> reserving = null;
        if (capacity != Capacity.ZERO) {
            expected++;
            reserving = threads.run(() -> channel.reserve().close());
            sendersWait(channel, 4);
        }

        for (int i = 0; i < capacity.limit() + 3; i++) {
            channel.receive();
        }

        pending.join();
        sender.result();
        selecting.result();
        if (reserving != null) {
            reserving.result();
        }
        int all = expected;
        eventually(() -> waits.size() == all);
        handle.close();
    }

    @EveryBuffer
    void aSendThatDidNotWaitIsNotToldOf(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.builder().onSendWaited(waits::add).build();

        channel.send(1);
        channel.receive();
        channel.trySend(2, LONG);
        channel.receive();
        channel.sendAsync(3).join();
        channel.receive();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        channel.send(4);
        receiver.result();
        if (capacity != Capacity.UNBOUNDED) {
            capacity.fill(channel);
            assertThat(channel.trySend(5)).isFalse();
            assertThat(channel.trySend(5, Duration.ZERO)).isFalse();
        }

        assertThat(waits).isEmpty();
    }

    @EveryLimit
    void itIsToldBesideAnInterceptor(Capacity capacity) throws Exception {
        RecordingInterceptor recorder = new RecordingInterceptor();
        Channel<Integer> channel = capacity.builder()
                .onSendWaited(waits::add)
                .interceptor(recorder)
                .build();
        capacity.fill(channel);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        channel.receive();
        sender.result();

        assertThat(waits).hasSize(1);
        assertThat(recorder.waits()).hasSize(1);
        channel.drainTo(new ArrayList<>(), 100);
        recorder.assertAttachmentsArrived();
    }

    @EveryLimit
    void whatItThrowsGoesToTheUncaughtExceptionHandlerAndTheMessageIsSent(Capacity capacity) throws Exception {
        RuntimeException exception = new RuntimeException("from the listener");
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Channel<Integer> channel = capacity.builder()
                .onSendWaited(nanos -> {
                    throw exception;
                })
                .build();
        capacity.fill(channel);
        Running<Void> sender = threads.run(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
            channel.send(99);
        });
        sendersWait(channel, 1);

        List<Integer> messages = new ArrayList<>();
        for (int i = 0; i <= capacity.limit(); i++) {
            messages.add(channel.receive());
        }

        sender.result();
        assertThat(uncaught).containsExactly(exception);
        assertThat(messages).containsExactlyElementsOf(capacity.contentsAnd(99));
    }

    @EveryLimit
    void anErrorItThrowsChangesNothingAboutAFutureEither(Capacity capacity) throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Channel<Integer> channel = capacity.builder()
                .onSendWaited(nanos -> {
                    throw new AssertionError("from the listener");
                })
                .build();
        capacity.fill(channel);
        CompletableFuture<Void> pending = channel.sendAsync(99);

        Running<Void> receiver = threads.run(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
            for (int i = 0; i <= capacity.limit(); i++) {
                channel.receive();
            }
        });

        receiver.result();
        pending.join();
        assertThat(uncaught).hasSize(1);
    }

    @Test
    void aReservationIsNotLostByWhatItThrows() throws Exception {
        Channel<Integer> channel = Channel.builder("orders")
                .capacity(1)
                .onSendWaited(nanos -> {
                    throw new IllegalStateException();
                })
                .build();
        channel.send(1);
        Running<Permit<Integer>> reserving = threads.start(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
            return channel.reserve();
        });
        sendersWait(channel, 1);
        channel.receive();

        reserving.result().send(2);

        assertThat(channel.receive()).isEqualTo(2);
    }

    @Test
    void aBroadcastTellsOfThoseWhoWaitForASlowSubscription() throws Exception {
        Broadcast<Integer> broadcast =
                Broadcast.builder("prices").capacity(1).onSendWaited(waits::add).build();
        try (Subscription<Integer> slow = broadcast.subscribe()) {
            broadcast.send(1);
            Running<Void> sender = threads.run(() -> broadcast.send(2));
            sendersWait(broadcast, 1);
            assertThat(waits).isEmpty();

            slow.receive();
            sender.result();

            assertThat(waits).hasSize(1);
        }
    }

    @EveryLimit
    void aRequestChannelTellsOfThoseWhoWaitForRoom(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = RequestChannel.<String, Integer>builder("lengths")
                .capacity(capacity.limit())
                .onSendWaited(waits::add)
                .build();
        for (int i = 0; i < capacity.limit(); i++) {
            CompletableFuture<Integer> unused = channel.requestAsync("queued");
        }
        Running<Integer> blocked = threads.start(() -> channel.request("blocked"));
        sendersWait(channel, 1);
        assertThat(waits).isEmpty();

        for (int i = 0; i <= capacity.limit(); i++) {
            channel.receive().reply(i);
        }

        blocked.result();
        assertThat(waits).hasSize(1);
    }
}
