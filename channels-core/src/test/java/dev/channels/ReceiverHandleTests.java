package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Receivers that are counted: with the last of them the channel closes at once. */
@EveryKindOfThread
class ReceiverHandleTests {

    private static final Duration LONG = Duration.ofHours(1);

    private final List<Integer> dropped = new CopyOnWriteArrayList<>();

    @Parameter
    private Threads threads;

    private Channel<Integer> channel(Capacity capacity) {
        return capacity.builder().<Integer>onDropped(dropped::add).build();
    }

    private Channel<Integer> full(Capacity capacity) {
        Channel<Integer> channel = channel(capacity);
        capacity.fill(channel);
        return channel;
    }

    @Test
    void receivesInEveryForm() throws Exception {
        Channel<Integer> channel = full(Capacity.TEN);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        List<Integer> many = new ArrayList<>();

        assertThat(handle.peek()).isEqualTo(1);
        assertThat(handle.receive()).isEqualTo(1);
        assertThat(handle.tryReceive()).isEqualTo(2);
        assertThat(handle.tryReceive(LONG)).isEqualTo(3);
        assertThat(handle.receiveAsync().join()).isEqualTo(4);
        assertThat(handle.receiveMany(many, 2)).isEqualTo(2);
        assertThat(handle.receiveMany(many, 1, LONG)).isOne();
        assertThat(handle.iterator().next()).isEqualTo(8);
        assertThat(handle.stream().limit(1)).containsExactly(9);
        assertThat(handle.drainTo(many, 10)).isOne();

        assertThat(many).containsExactly(5, 6, 7, 10);
        assertThat(handle.isClosedForReceive()).isFalse();
        assertThat(countsOf(channel)).isEqualTo("sent 10, received 10, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource
    void waitsAsTheChannelDoes(BlockingReceive form) throws Exception {
        for (Capacity capacity : Capacity.values()) {
            Channel<Integer> channel = channel(capacity);
            ReceiverHandle<Integer> handle = channel.newReceiver();
            Running<Integer> receiver = threads.start(() -> form.from(handle));
            receiversWait(channel, 1);

            channel.send(1);

            assertThat(receiver.result()).isEqualTo(1);
        }
    }

    @EveryCapacity
    void closingOneEndsThatOneAlone(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        ReceiverHandle<Integer> other = channel.newReceiver();
        channel.sendAsync(1);

        handle.close();

        assertThat(handle.isClosedForReceive()).isTrue();
        assertEveryFormFindsTheEnd(handle);
        assertThat(other.isClosedForReceive()).isFalse();
        assertThat(channel.isClosedForSend()).isFalse();
        assertThat(channel.isClosedForReceive()).isFalse();
        assertThat(other.receive()).isEqualTo(1);
        assertThat(dropped).isEmpty();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    private static void assertEveryFormFindsTheEnd(ReceiverHandle<Integer> handle) throws InterruptedException {
        List<ThrowingCallable> receives = List.of(
                handle::receive,
                handle::tryReceive,
                () -> handle.tryReceive(Duration.ZERO),
                () -> handle.tryReceive(LONG));
        for (ThrowingCallable receive : receives) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(receive)
                    .withNoCause();
        }
        assertThat(handle.receiveAsync().exceptionNow()).isInstanceOf(ChannelClosedException.class);
        assertThat(handle.peek()).isNull();
        assertThat(handle.drainTo(new ArrayList<>(), 10)).isZero();
        assertThat(handle.receiveMany(new ArrayList<>(), 10)).isZero();
        assertThat(handle.receiveMany(new ArrayList<>(), 10, LONG)).isZero();
        assertThat(handle.iterator().hasNext()).isFalse();
        assertThat(handle.stream()).isEmpty();
    }

    @EveryCapacity
    void closingOneEndsItsBlockedReceivesAndLeavesTheOthers(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        ReceiverHandle<Integer> other = channel.newReceiver();
        Running<Integer> receive = threads.start(() -> handle.receive());
        receiversWait(channel, 1);
        Running<Integer> staying = threads.start(() -> other.receive());
        receiversWait(channel, 2);
        Running<Integer> timed = threads.start(() -> handle.tryReceive(LONG));
        receiversWait(channel, 3);
        CompletableFuture<Integer> pending = handle.receiveAsync();
        Running<Integer> many = threads.start(() -> handle.receiveMany(new ArrayList<>(), 3, LONG));
        receiversWait(channel, 5);
        Running<List<Integer>> stream = threads.start(() -> handle.stream().toList());
        receiversWait(channel, 6);
        CompletableFuture<Integer> stayingToo = channel.receiveAsync();

        handle.close();

        assertThat(receive.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(timed.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(pending.handle((message, failure) -> failure).join()).isInstanceOf(ChannelClosedException.class);
        assertThat(many.result()).isZero();
        assertThat(stream.result()).isEmpty();
        assertThat(channel.blockedReceivers()).isEqualTo(2);
        channel.send(1);
        channel.send(2);
        assertThat(staying.result()).isEqualTo(1);
        assertThat(stayingToo.join()).isEqualTo(2);
    }

    @EveryCapacity
    void closingOneEndsItsLingering(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        channel.newReceiver();
        List<Integer> target = new ArrayList<>();
        Running<Integer> receiver = threads.start(() -> handle.receiveMany(target, 3, LONG));
        channel.send(1);
        Eventually.eventually(() -> channel.stats().received() == 1 && channel.blockedReceivers() == 1);

        handle.close();

        assertThat(receiver.result()).isOne();
        assertThat(target).containsExactly(1);
    }

    @EveryLimitedBuffer
    void whatAnIteratorHasTakenIsNotLost(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        channel.newReceiver();
        Iterator<Integer> iterator = handle.iterator();
        assertThat(iterator.hasNext()).isTrue();

        handle.close();

        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isEqualTo(1);
        assertThat(iterator.hasNext()).isFalse();
        assertThat(channel.size()).isEqualTo(capacity.limit() - 1);
    }

    @EveryLimit
    void withTheLastTheChannelClosesAtOnce(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        ReceiverHandle<Integer> last = channel.newReceiver();
        Running<Void> sender = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = channel.sendAsync(99);
        handle.close();
        assertThat(channel.isClosedForSend()).isFalse();
        assertThat(channel.blockedSenders()).isEqualTo(2);

        last.close();

        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel.isClosedForReceive()).isTrue();
        assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class).hasNoCause();
        assertThat(pending.handle((nothing, failure) -> failure).join()).isInstanceOf(ChannelClosedException.class);
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.trySend(1));
        assertThat(channel.waiters()).isEmpty();
        assertThat(channel.closeNow()).isEmpty();
    }

    @EveryLimitedBuffer
    void withTheLastTheBufferIsDroppedAndCounted(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity);
        CompletableFuture<Void> pending = channel.sendAsync(99);

        channel.newReceiver().close();

        assertThat(dropped).containsExactlyElementsOf(capacity.contents());
        assertThat(pending).isCompletedExceptionally();
        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received 0, dropped %d, returned 0, size 0".formatted(n, n));
        assertThat(channel.closeNow()).isEmpty();
        assertThat(dropped).hasSize(n);
    }

    @EveryLimitedBuffer
    void theBufferIsDroppedInTheThreadThatClosesTheLast(Capacity capacity) throws Exception {
        List<Thread> callers = new CopyOnWriteArrayList<>();
        Channel<Integer> channel = capacity.builder()
                .onDropped(message -> callers.add(Thread.currentThread()))
                .build();
        capacity.fill(channel);
        ReceiverHandle<Integer> handle = channel.newReceiver();

        Running<Void> closer = threads.run(handle::close);

        closer.result();
        assertThat(callers).hasSize(capacity.limit()).containsOnly(closer.thread());
    }

    @Test
    void whatTheConsumerOfDroppedMessagesThrowsDoesNotReachTheCloser() throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        Channel<Integer> channel = Channel.builder("numbers")
                .capacity(3)
                .<Integer>onDropped(message -> {
                    seen.add(message);
                    throw new IllegalArgumentException("refused");
                })
                .build();
        for (int i = 1; i <= 3; i++) {
            channel.send(i);
        }
        ReceiverHandle<Integer> handle = channel.newReceiver();

        Running<Void> closer = threads.run(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
            handle.close();
        });

        closer.result();
        assertThat(seen).containsExactly(1, 2, 3);
        assertThat(uncaught).hasSize(3);
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryBuffer
    void aPermitThatIsHeldCannotSendAfterTheLast(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        Permit<Integer> permit = channel.reserve();

        handle.close();

        assertThat(channel.isClosedForReceive()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> permit.send(1));
        assertThat(dropped).isEmpty();
    }

    @EveryCapacity
    void closingOneTwiceCountsOnce(Capacity capacity) {
        Channel<Integer> channel = channel(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        ReceiverHandle<Integer> other = channel.newReceiver();

        handle.close();
        handle.close();
        handle.close();

        assertThat(channel.isClosedForSend()).isFalse();
        other.close();
        assertThat(channel.isClosedForSend()).isTrue();
    }

    @EveryCapacity
    void theChannelItselfIsNoHandle(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        CompletableFuture<Void> send = channel.sendAsync(1);
        assertThat(channel.receive()).isEqualTo(1);
        send.join();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> pending = channel.receiveAsync();

        handle.close();

        assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(pending.handle((message, failure) -> failure).join()).isInstanceOf(ChannelClosedException.class);
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimitedBuffer
    void onAClosedChannelTheRestIsStillReceived(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity);
        ReceiverHandle<Integer> before = channel.newReceiver();
        Throwable cause = new IOException("disk full");
        channel.close(cause);
        ReceiverHandle<Integer> after = channel.newReceiver();

        assertThat(before.isClosedForReceive()).isFalse();
        assertThat(after.isClosedForReceive()).isFalse();
        for (Integer message : capacity.contents()) {
            assertThat((message % 2 == 0 ? before : after).receive()).isEqualTo(message);
        }

        assertThat(before.isClosedForReceive()).isTrue();
        for (ReceiverHandle<Integer> handle : List.of(before, after)) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(handle::receive)
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(() -> handle.iterator().hasNext())
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
            assertThatNoException().isThrownBy(handle::close);
        }
        assertThat(dropped).isEmpty();
    }

    @EveryLimitedBuffer
    void onAClosedChannelTheLastDropsTheRest(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        CompletableFuture<Void> blocked = channel.sendAsync(99);
        channel.close();
        assertThat(handle.receive()).isEqualTo(1);
        blocked.join();

        handle.close();

        assertThat(dropped).containsExactlyElementsOf(capacity.contentsAnd(99).subList(1, capacity.limit() + 1));
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryCapacity
    void oneOfAChannelThatWasClosedAtOnceIsClosed(Capacity capacity) {
        Channel<Integer> channel = channel(capacity);
        channel.closeNow();

        ReceiverHandle<Integer> handle = channel.newReceiver();

        assertThat(handle.isClosedForReceive()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(handle::receive);
        assertThatNoException().isThrownBy(handle::close);
    }

    @EveryCapacity
    void closingIgnoresAnInterrupt(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();

        Running<Void> closer = threads.run(() -> {
            Thread.currentThread().interrupt();
            handle.close();
        });

        closer.result();
        assertThat(closer.endedInterrupted()).isTrue();
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryCapacity
    void aProducerLearnsThatItsConsumersAreGone(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity);
        List<Running<Integer>> consumers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ReceiverHandle<Integer> handle = channel.newReceiver();
            consumers.add(threads.start(() -> {
                int count = 0;
                try (handle) {
                    for (; count < 20; count++) {
                        handle.receive();
                    }
                }
                return count;
            }));
        }

        int sent = 0;
        try {
            for (; sent < 100_000_000; sent++) {
                channel.send(sent);
            }
        } catch (ChannelClosedException closed) {
            // nobody is left
        }

        for (Running<Integer> consumer : consumers) {
            assertThat(consumer.result()).isEqualTo(20);
        }
        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(dropped).hasSize(sent - 60).isSorted();
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 60, dropped %d, returned 0, size 0".formatted(sent, sent - 60));
    }

    @Test
    void isDescribedByTheNameOfItsChannel() {
        ReceiverHandle<Integer> handle =
                Channel.builder("orders").<Integer>build().newReceiver();

        assertThat(handle).hasToString("ReceiverHandle[orders]");
        handle.close();
        assertThat(handle).hasToString("ReceiverHandle[orders, closed]");
    }
}
