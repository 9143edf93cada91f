package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Senders that are counted: with the last of them the channel closes. */
@EveryKindOfThread
class SenderHandleTests {

    private static final Duration LONG = Duration.ofHours(1);

    private final Throwable cause = new IOException("disk full");

    @Parameter
    private Threads threads;

    @EveryBuffer
    void sendsInEveryForm(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> handle = channel.newSender();

        handle.send(1);
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(handle.trySend(2)).isTrue();
        assertThat(channel.receive()).isEqualTo(2);
        assertThat(handle.trySend(3, LONG)).isTrue();
        assertThat(channel.receive()).isEqualTo(3);
        handle.sendAsync(4).join();
        assertThat(channel.receive()).isEqualTo(4);

        assertThat(handle.isClosedForSend()).isFalse();
        assertThat(countsOf(channel)).isEqualTo("sent 4, received 4, dropped 0, returned 0, size 0");
    }

    @EveryLimit
    void waitsAsTheChannelDoes(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        SenderHandle<Integer> handle = channel.newSender();
        assertThat(handle.trySend(96)).isFalse();
        assertThat(handle.trySend(97, Duration.ofMillis(1))).isFalse();
        Running<Void> sender = threads.run(() -> handle.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = handle.sendAsync(99);
        assertThat(channel.waiters()).hasSize(2);

        for (Integer message : capacity.contentsAnd(98, 99)) {
            assertThat(channel.receive()).isEqualTo(message);
        }

        sender.result();
        pending.join();
    }

    @EveryLimit
    void givesUpAsTheChannelDoes(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        SenderHandle<Integer> handle = channel.newSender();
        Running<Void> sender = threads.run(() -> handle.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = handle.sendAsync(99);

        sender.interrupt();
        assertThat(pending.cancel(true)).isTrue();

        assertThat(sender.failure()).isInstanceOf(InterruptedException.class);
        assertThat(channel.blockedSenders()).isZero();
        assertThat(channel.closeNow()).containsExactlyElementsOf(capacity.contents());
    }

    @EveryCapacity
    void closingOneEndsThatOneAlone(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> handle = channel.newSender();
        SenderHandle<Integer> other = channel.newSender();

        handle.close();

        assertEveryFormThrows(handle, channel.name(), null);
        assertThat(handle.isClosedForSend()).isTrue();
        assertThat(other.isClosedForSend()).isFalse();
        assertThat(channel.isClosedForSend()).isFalse();
        CompletableFuture<Integer> receive = channel.receiveAsync();
        other.send(1);
        assertThat(receive.join()).isEqualTo(1);
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryCapacity
    void whatItIsClosedForIsToldToItsOwnSendsAndNobodyElse(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> handle = channel.newSender();
        SenderHandle<Integer> other = channel.newSender();

        handle.close(cause);

        assertEveryFormThrows(handle, channel.name(), cause);
        assertThat(channel.isClosedForSend()).isFalse();
        assertThat(channel.tryReceive()).isNull();
        other.close();
        assertEveryFormThrows(other, channel.name(), null);
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::receive)
                .withNoCause();
        assertThat(channel.stream().toList()).isEmpty();
    }

    static void assertEveryFormThrows(SenderHandle<Integer> handle, String name, Throwable why) {
        List<ThrowingCallable> sends = List.of(
                () -> handle.send(1),
                () -> handle.trySend(1),
                () -> handle.trySend(1, Duration.ZERO),
                () -> handle.trySend(1, LONG));
        for (ThrowingCallable send : sends) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(send)
                    .withMessageContaining(name)
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(why));
        }
        assertThat(handle.sendAsync(1).exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .satisfies(e -> assertThat(e.getCause()).isSameAs(why));
    }

    @EveryLimit
    void closingOneEndsItsBlockedSendsAndLeavesTheOthers(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        SenderHandle<Integer> handle = channel.newSender();
        SenderHandle<Integer> other = channel.newSender();
        Running<Void> send = threads.run(() -> handle.send(95));
        sendersWait(channel, 1);
        Running<Void> staying = threads.run(() -> other.send(96));
        sendersWait(channel, 2);
        Running<Boolean> timed = threads.start(() -> handle.trySend(97, LONG));
        sendersWait(channel, 3);
        CompletableFuture<Void> pending = handle.sendAsync(98);
        CompletableFuture<Void> stayingToo = channel.sendAsync(99);

        handle.close(cause);

        assertThat(send.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        assertThat(timed.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        assertThat(pending.handle((nothing, failure) -> failure).join())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(channel.blockedSenders()).isEqualTo(2);
        for (Integer message : capacity.contentsAnd(96, 99)) {
            assertThat(channel.receive()).isEqualTo(message);
        }
        staying.result();
        stayingToo.join();
        int all = capacity.limit() + 2;
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(all, all));
    }

    @EveryCapacity
    void theChannelClosesWithTheLast(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        List<SenderHandle<Integer>> handles = List.of(channel.newSender(), channel.newSender(), channel.newSender());

        handles.get(1).close();
        handles.get(0).close();
        assertThat(channel.isClosedForSend()).isFalse();
        handles.get(2).close();

        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel.isClosedForReceive()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(() -> channel.trySend(1));
    }

    @EveryLimitedBuffer
    void whatWasAcceptedIsStillReceivedAfterTheLast(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        try (SenderHandle<Integer> handle = channel.newSender()) {
            capacity.fill(handle);
        }

        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel.isClosedForReceive()).isFalse();
        assertThat(channel).containsExactlyElementsOf(capacity.contents());
    }

    @EveryCapacity
    void theCauseOfTheLastIsThatOfTheChannel(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> first = channel.newSender();
        SenderHandle<Integer> last = channel.newSender();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        first.close(new IOException("another"));
        last.close(cause);

        assertThat(receiver.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> channel.iterator().hasNext())
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> channel.trySend(1))
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
    }

    @EveryLimit
    void blockedSendsOfTheChannelItselfAreStillServedAfterTheLast(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        SenderHandle<Integer> handle = channel.newSender();
        Running<Void> own = threads.run(() -> handle.send(98));
        sendersWait(channel, 1);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 2);

        handle.close();

        assertThat(own.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(channel.isClosedForReceive()).isFalse();
        assertThat(channel).containsExactlyElementsOf(capacity.contentsAnd(99));
        sender.result();
    }

    @EveryLimit
    void receiversFindTheEndWhenTheBlockedSendsOfTheLastAreGone(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> handle = channel.newSender();
        Running<List<Integer>> receiver = threads.start(() -> channel.stream().toList());
        receiversWait(channel, 1);

        for (int i = 0; i < 20; i++) {
            handle.send(i);
        }
        CompletableFuture<Void> pending = handle.sendAsync(20);
        handle.close();

        boolean sent = pending.handle((nothing, failure) -> failure == null).join();
        assertThat(receiver.result()).hasSize(sent ? 21 : 20).isSorted();
        assertThat(channel.waiters()).isEmpty();
    }

    @EveryCapacity
    void closingOneTwiceCountsOnce(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> handle = channel.newSender();
        SenderHandle<Integer> other = channel.newSender();

        handle.close();
        handle.close();
        handle.close(cause);

        assertThat(channel.isClosedForSend()).isFalse();
        other.close();
        assertThat(channel.isClosedForSend()).isTrue();
    }

    @EveryCapacity
    void theFirstCloseOfAHandleDecidesItsCause(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> with = channel.newSender();
        SenderHandle<Integer> without = channel.newSender();
        channel.newSender();

        with.close(cause);
        with.close();
        with.close(new IOException("another"));
        without.close();
        without.close(cause);

        assertEveryFormThrows(with, channel.name(), cause);
        assertEveryFormThrows(without, channel.name(), null);
    }

    @EveryCapacity
    void theChannelItselfIsNoHandle(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        CompletableFuture<Integer> before = channel.receiveAsync();
        channel.send(1);
        assertThat(before.join()).isEqualTo(1);

        SenderHandle<Integer> handle = channel.newSender();
        CompletableFuture<Integer> beside = channel.receiveAsync();
        channel.send(2);
        assertThat(beside.join()).isEqualTo(2);
        handle.close();

        assertThat(channel.isClosedForSend()).isTrue();
    }

    @EveryCapacity
    void handlesMadeAndClosedByTurnsCount(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> current = channel.newSender();
        for (int i = 0; i < 100; i++) {
            SenderHandle<Integer> next = channel.newSender();
            current.close();
            current = next;
        }

        assertThat(channel.isClosedForSend()).isFalse();
        current.close();
        assertThat(channel.isClosedForSend()).isTrue();
    }

    @EveryCapacity
    void closingIgnoresAnInterrupt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> handle = channel.newSender();

        Running<Void> closer = threads.run(() -> {
            Thread.currentThread().interrupt();
            handle.close();
        });

        closer.result();
        assertThat(closer.endedInterrupted()).isTrue();
        assertThat(channel.isClosedForSend()).isTrue();
    }

    @EveryCapacity
    void producersThatCloseTheirOwnEndTheConsumers(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<SenderHandle<Integer>> handles = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            handles.add(channel.newSender());
        }
        List<Running<Void>> producers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SenderHandle<Integer> handle = handles.get(i);
            int first = i * 50;
            producers.add(threads.run(() -> {
                try (handle) {
                    for (int message = first; message < first + 50; message++) {
                        handle.send(message);
                    }
                }
            }));
        }

        List<Integer> received = channel.stream().toList();

        assertThat(received).hasSize(200).doesNotHaveDuplicates();
        for (Running<Void> producer : producers) {
            producer.result();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "BLOCK", mode = EnumSource.Mode.EXCLUDE)
    void followsThePolicyOfItsChannel(Overflow overflow) throws Exception {
        List<Integer> dropped = new ArrayList<>();
        Channel<Integer> channel = Channel.builder("numbers")
                .capacity(1)
                .overflow(overflow)
                .<Integer>onDropped(dropped::add)
                .build();
        SenderHandle<Integer> handle = channel.newSender();
        channel.newSender();
        handle.send(1);

        if (overflow == Overflow.FAIL) {
            assertThatExceptionOfType(ChannelFullException.class).isThrownBy(() -> handle.send(2));
            assertThat(handle.sendAsync(3).exceptionNow()).isInstanceOf(ChannelFullException.class);
        } else {
            handle.send(2);
            assertThat(handle.sendAsync(3)).isCompleted();
        }
        assertThat(handle.trySend(4)).isEqualTo(overflow == Overflow.DROP_OLDEST);
        handle.close();
        assertEveryFormThrows(handle, "numbers", null);

        List<Integer> all = new ArrayList<>(dropped);
        channel.drainTo(all, 10);
        assertThat(all)
                .isEqualTo(
                        switch (overflow) {
                            case DROP_OLDEST -> List.of(1, 2, 3, 4);
                            case DROP_LATEST -> List.of(2, 3, 1);
                            default -> List.of(1);
                        });
    }

    @Test
    void nullIsRefused() {
        SenderHandle<Integer> handle = Channel.<Integer>bounded(1).newSender();

        assertThatNullPointerException().isThrownBy(() -> handle.send(null));
        assertThatNullPointerException().isThrownBy(() -> handle.close(null));
        assertThat(handle.isClosedForSend()).isFalse();
        handle.close();
        assertThatNullPointerException().isThrownBy(() -> handle.trySend(null));
        assertThatNullPointerException().isThrownBy(() -> handle.close(null));
    }

    @Test
    void isDescribedByTheNameOfItsChannel() {
        SenderHandle<Integer> handle =
                Channel.builder("orders").<Integer>build().newSender();

        assertThat(handle).hasToString("SenderHandle[orders]");
        handle.close();
        assertThat(handle).hasToString("SenderHandle[orders, closed]");
    }
}
