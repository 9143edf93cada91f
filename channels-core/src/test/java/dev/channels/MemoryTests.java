package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** What has left a channel, and who has finished waiting on it, is forgotten. */
@EveryKindOfThread
class MemoryTests {

    @Parameter
    private Threads threads;

    /** A message that can be told from every other. */
    private static final class Message {}

    @EveryBuffer
    void aReceivedMessageIsForgotten(Capacity capacity) throws Exception {
        Channel<Message> channel = capacity.channel();
        List<WeakReference<Message>> messages = new ArrayList<>();

        messages.add(put(channel));
        channel.receive();
        messages.add(put(channel));
        channel.tryReceive();
        messages.add(put(channel));
        channel.tryReceive(Duration.ofHours(1));
        messages.add(put(channel));
        channel.receiveMany(new ArrayList<>(), 1);
        messages.add(put(channel));
        channel.drainTo(new ArrayList<>(), 1);
        messages.add(put(channel));
        channel.receiveAsync().join();
        messages.add(put(channel));
        channel.iterator().next();
        messages.add(put(channel));
        channel.stream().findFirst();

        assertForgottenBy(channel, messages);
    }

    @EveryCapacity
    void aMessageThatWasHandedOverIsForgotten(Capacity capacity) throws Exception {
        Channel<Message> channel = capacity.channel();
        Running<Void> receiver = threads.run(() -> channel.receive());
        receiversWait(channel, 1);
        WeakReference<Message> handed = put(channel);
        receiver.result();
        CompletableFuture<Void> receive = channel.receiveAsync().thenAccept(message -> {});
        WeakReference<Message> handedAsync = put(channel);
        receive.join();

        assertForgottenBy(channel, List.of(handed, handedAsync));
    }

    @EveryLimit
    void aMessageThatWasTakenFromABlockedSenderIsForgotten(Capacity capacity) throws Exception {
        Channel<Message> channel = capacity.channel();
        List<WeakReference<Message>> messages = new ArrayList<>();
        for (int i = 0; i < capacity.limit(); i++) {
            messages.add(put(channel));
        }
        messages.add(putAsync(channel));
        messages.add(putAsync(channel));

        channel.drainTo(new ArrayList<>(), 100);

        assertForgottenBy(channel, messages);
    }

    @EveryLimit
    void aMessageThatDidNotEnterIsForgotten(Capacity capacity) throws Exception {
        Channel<Message> channel = capacity.channel();
        for (int i = 0; i < capacity.limit(); i++) {
            put(channel);
        }
        List<WeakReference<Message>> messages = new ArrayList<>();
        messages.add(tryToPut(channel, Duration.ZERO));
        messages.add(tryToPut(channel, Duration.ofMillis(1)));
        CompletableFuture<Void> before = channel.sendAsync(new Message());
        messages.add(putAndCancel(channel));
        CompletableFuture<Void> after = channel.sendAsync(new Message());

        assertForgottenBy(channel, messages);
        assertThat(before).isNotDone();
        assertThat(after).isNotDone();
    }

    @EveryLimit
    void aMessageThatWasTakenBackIsForgottenThoughItsSendHadMuchTime(Capacity capacity) throws Exception {
        Channel<Message> channel =
                capacity.builder().sendTimeout(Duration.ofHours(1)).build();
        for (int i = 0; i < capacity.limit(); i++) {
            put(channel);
        }

        assertForgottenBy(channel, List.of(putAndCancel(channel)));
    }

    @Test
    void aDroppedMessageIsForgotten() {
        Channel<Message> channel = Channel.conflated();
        WeakReference<Message> first = put(channel);
        put(channel);

        assertForgottenBy(channel, List.of(first));
    }

    @EveryLimitedBuffer
    void aReturnedMessageIsForgotten(Capacity capacity) {
        Channel<Message> channel = capacity.channel();
        WeakReference<Message> message = put(channel);
        WeakReference<Message> blocked = putAsync(channel);

        channel.closeNow();

        assertForgottenBy(channel, List.of(message, blocked));
    }

    @EveryCapacity
    void whatWasAttachedToAReceivedMessageIsForgotten(Capacity capacity) throws Exception {
        List<WeakReference<Object>> attachments = new ArrayList<>();
        Channel<Integer> channel = capacity.builder()
                .<Integer>interceptor(new ChannelInterceptor<>() {
                    @Override
                    public Object onSend(Integer message) {
                        Object attachment = new Object();
                        attachments.add(new WeakReference<>(attachment));
                        return attachment;
                    }
                })
                .build();
        sendAndReceive(channel);

        assertThat(attachments).hasSize(1);
        assertForgottenBy(channel, attachments);
    }

    @EveryCapacity
    void aReceiverThatHasFinishedIsForgotten(Capacity capacity) throws Exception {
        Channel<Message> channel = capacity.channel();
        CompletableFuture<Message> waitsBefore = channel.receiveAsync();
        List<WeakReference<?>> waiters = new ArrayList<>();
        waiters.add(threadThatTimesOutReceiving(channel));
        waiters.add(threadThatIsInterruptedReceiving(channel));
        waiters.add(cancelled(channel.receiveAsync()));
        CompletableFuture<Message> waitsAfter = channel.receiveAsync();

        assertForgottenBy(channel, waiters);
        assertThat(waitsBefore).isNotDone();
        assertThat(waitsAfter).isNotDone();
        assertThat(channel.waiters()).hasSize(2);
    }

    @EveryLimit
    void aSenderThatHasFinishedIsForgotten(Capacity capacity) throws Exception {
        Channel<Message> channel = capacity.channel();
        for (int i = 0; i < capacity.limit(); i++) {
            put(channel);
        }
        CompletableFuture<Void> waitsBefore = channel.sendAsync(new Message());
        List<WeakReference<?>> waiters = new ArrayList<>();
        waiters.add(threadThatTimesOutSending(channel));
        waiters.add(threadThatIsInterruptedSending(channel));
        waiters.add(cancelled(channel.sendAsync(new Message())));
        CompletableFuture<Void> waitsAfter = channel.sendAsync(new Message());

        assertForgottenBy(channel, waiters);
        assertThat(waitsBefore).isNotDone();
        assertThat(waitsAfter).isNotDone();
        assertThat(channel.waiters()).hasSize(2);
    }

    @EveryCapacity
    void aReceiverThatWasServedIsForgotten(Capacity capacity) throws Exception {
        Channel<Message> channel = capacity.channel();
        WeakReference<Thread> thread = threadThatReceives(channel);
        WeakReference<CompletableFuture<Message>> future = new WeakReference<>(channel.receiveAsync());
        put(channel);

        assertForgottenBy(channel, List.of(thread, future));
    }

    @Test
    void aMessageThatEverySubscriptionHasReadIsForgotten() throws Exception {
        Broadcast<Message> broadcast = Broadcast.create(4);
        Subscription<Message> one = broadcast.subscribe();
        Subscription<Message> other = broadcast.subscribe();
        List<WeakReference<Message>> messages = List.of(put(broadcast), put(broadcast));
        one.receive();
        one.tryReceive();
        other.drainTo(new ArrayList<>(), 2);

        assertForgottenBy(broadcast, messages);
        one.close();
        other.close();
    }

    @Test
    void aMessageThatASubscriptionMissedIsForgotten() {
        Broadcast<Message> broadcast = Broadcast.builder("newest")
                .capacity(1)
                .overflow(Overflow.DROP_OLDEST)
                .replay(1)
                .build();
        Subscription<Message> subscription = broadcast.subscribe();
        WeakReference<Message> missed = put(broadcast);
        put(broadcast);

        assertForgottenBy(broadcast, List.of(missed));
        subscription.close();
    }

    @Test
    void aClosedSubscriptionIsForgottenWithWhatItHadNotRead() {
        Broadcast<Message> broadcast = Broadcast.create(4);
        List<WeakReference<?>> forgotten = subscribeSendAndClose(broadcast);

        assertForgottenBy(broadcast, forgotten);
    }

    // Below here: each in a method of its own, so that no local variable keeps what should be forgotten.

    private static WeakReference<Message> put(Sender<Message> channel) {
        Message message = new Message();
        assertThat(channel.trySend(message)).isTrue();
        return new WeakReference<>(message);
    }

    private static List<WeakReference<?>> subscribeSendAndClose(Broadcast<Message> broadcast) {
        try (Subscription<Message> subscription = broadcast.subscribe()) {
            return List.of(put(broadcast), new WeakReference<>(subscription));
        }
    }

    private static WeakReference<Message> putAsync(Channel<Message> channel) {
        Message message = new Message();
        channel.sendAsync(message);
        return new WeakReference<>(message);
    }

    private static WeakReference<Message> putAndCancel(Channel<Message> channel) {
        Message message = new Message();
        assertThat(channel.sendAsync(message).cancel(true)).isTrue();
        return new WeakReference<>(message);
    }

    private static WeakReference<Message> tryToPut(Channel<Message> channel, Duration timeout)
            throws InterruptedException {
        Message message = new Message();
        assertThat(channel.trySend(message, timeout)).isFalse();
        return new WeakReference<>(message);
    }

    private static void sendAndReceive(Channel<Integer> channel) throws Exception {
        CompletableFuture<Void> send = channel.sendAsync(1);
        channel.receive();
        send.join();
    }

    private static <T> WeakReference<CompletableFuture<T>> cancelled(CompletableFuture<T> future) {
        assertThat(future.cancel(true)).isTrue();
        return new WeakReference<>(future);
    }

    private WeakReference<Thread> threadThatTimesOutReceiving(Channel<Message> channel) throws Exception {
        return finished(threads.start(() -> channel.tryReceive(Duration.ofMillis(1))));
    }

    private WeakReference<Thread> threadThatTimesOutSending(Channel<Message> channel) throws Exception {
        return finished(threads.start(() -> channel.trySend(new Message(), Duration.ofMillis(1))));
    }

    private WeakReference<Thread> threadThatIsInterruptedReceiving(Channel<Message> channel) throws Exception {
        Running<Message> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 2);
        receiver.interrupt();
        return finished(receiver);
    }

    private WeakReference<Thread> threadThatIsInterruptedSending(Channel<Message> channel) throws Exception {
        Running<Void> sender = threads.run(() -> channel.send(new Message()));
        sendersWait(channel, 2);
        sender.interrupt();
        return finished(sender);
    }

    private WeakReference<Thread> threadThatReceives(Channel<Message> channel) throws Exception {
        Running<Message> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        put(channel);
        return finished(receiver);
    }

    private static WeakReference<Thread> finished(Running<?> running) throws InterruptedException {
        running.join();
        return new WeakReference<>(running.thread());
    }

    /** Waits until nothing that is referred to can be reached any more, though the channel can. */
    private static void assertForgottenBy(Object channel, List<? extends WeakReference<?>> references) {
        eventually(channel, () -> {
            System.gc();
            for (int i = 0; i < references.size(); i++) {
                assertThat((Object) references.get(i).get()).as("number " + i).isNull();
            }
        });
    }

    private static void eventually(Object channel, ThrowingRunnable assertions) {
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(assertions);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }
}
