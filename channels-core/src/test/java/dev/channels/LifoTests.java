package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** The newest message in the buffer comes first. */
@EveryKindOfThread
class LifoTests {

    private final List<Integer> dropped = new CopyOnWriteArrayList<>();

    @Parameter
    private Threads threads;

    private Channel<Integer> channel(Capacity capacity, Overflow overflow) {
        return capacity.builder()
                .lifo()
                .overflow(overflow)
                .<Integer>onDropped(dropped::add)
                .build();
    }

    private Channel<Integer> full(Capacity capacity, Overflow overflow) {
        Channel<Integer> channel = channel(capacity, overflow);
        capacity.fill(channel);
        return channel;
    }

    private static List<Integer> drain(Channel<Integer> channel) {
        List<Integer> messages = new ArrayList<>();
        channel.drainTo(messages, Integer.MAX_VALUE);
        return messages;
    }

    @EveryLimitedBuffer
    void theNewestComesFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.BLOCK);

        assertThat(channel.peek()).isEqualTo(capacity.limit());
        assertThat(channel.receive()).isEqualTo(capacity.limit());
        channel.send(99);
        assertThat(channel.tryReceive()).isEqualTo(99);
        assertThat(drain(channel))
                .containsExactlyElementsOf(
                        capacity.contents().subList(0, capacity.limit() - 1).reversed());
    }

    @Test
    void manyMessagesComeNewestFirst() {
        Channel<Integer> channel = channel(Capacity.UNBOUNDED, Overflow.BLOCK);
        for (int i = 0; i < 10_000; i++) {
            channel.trySend(i);
        }
        channel.close();

        List<Integer> received = channel.stream().toList();

        assertThat(received).hasSize(10_000).startsWith(9_999, 9_998).endsWith(1, 0);
        assertThat(received.reversed()).isSorted();
    }

    @EveryLimitedBuffer
    void blockedSendersEnterOldestFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.BLOCK);
        Running<Void> first = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> second = channel.sendAsync(99);

        assertThat(channel.receive()).isEqualTo(capacity.limit());
        first.result();
        assertThat(second).isNotDone();
        assertThat(channel.receive()).isEqualTo(98);
        second.join();

        assertThat(channel.receive()).isEqualTo(99);
    }

    @EveryBuffer
    void blockedReceiversAreServedOldestFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity, Overflow.BLOCK);
        Running<Integer> first = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> second = channel.receiveAsync();

        channel.send(1);
        channel.send(2);

        assertThat(first.result()).isEqualTo(1);
        assertThat(second.join()).isEqualTo(2);
        assertThat(channel.size()).isZero();
    }

    @EveryLimitedBuffer
    void dropOldestDropsWhatWouldBeReceivedLast(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.DROP_OLDEST);

        channel.send(97);
        assertThat(channel.trySend(98)).isTrue();
        assertThat(channel.sendAsync(99)).isCompleted();

        List<Integer> all = capacity.contentsAnd(97, 98, 99);
        assertThat(dropped).containsExactlyElementsOf(all.subList(0, 3));
        int n = capacity.limit();
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 0, dropped 3, returned 0, size %d".formatted(n + 3, n));
        assertThat(drain(channel))
                .containsExactlyElementsOf(all.subList(3, n + 3).reversed());
    }

    @EveryLimitedBuffer
    void dropOldestTellsTheOneMessageSentTwiceApart(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.DROP_OLDEST);

        assertThat(channel.trySend(1)).isTrue();
        assertThat(channel.peek()).isEqualTo(1);

        assertThat(dropped).containsExactly(1);
        int n = capacity.limit();
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 0, dropped 1, returned 0, size %d".formatted(n + 1, n));
    }

    @EveryLimitedBuffer
    void dropLatestDropsTheNewMessage(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.DROP_LATEST);

        channel.send(98);
        assertThat(channel.trySend(99)).isFalse();

        assertThat(dropped).containsExactly(98);
        assertThat(drain(channel)).containsExactlyElementsOf(capacity.contents().reversed());
    }

    @EveryLimitedBuffer
    void aFullOneThatFailsRefusesTheNewMessage(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.FAIL);

        assertThatExceptionOfType(ChannelFullException.class).isThrownBy(() -> channel.send(99));
        assertThat(channel.trySend(99)).isFalse();

        assertThat(drain(channel)).containsExactlyElementsOf(capacity.contents().reversed());
    }

    @EveryLimitedBuffer
    void whatIsReturnedIsInTheOrderInWhichItWouldHaveBeenReceived(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.BLOCK);

        assertThat(channel.closeNow())
                .containsExactlyElementsOf(capacity.contents().reversed());
    }

    @EveryLimitedBuffer
    void blockedSendersAreServedAfterAClose(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.BLOCK);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        channel.close();

        List<Integer> received = channel.stream().toList();
        sender.result();
        assertThat(received).hasSize(capacity.limit() + 1).startsWith(capacity.limit(), 99);
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @Test
    void needsABuffer() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Channel.builder("newest").lifo().build())
                .withMessageContaining("lifo");
    }

    @EveryBuffer
    void everyMessageOfManyThreadsArrives(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity, Overflow.BLOCK);
        List<Running<Void>> senders = new ArrayList<>();
        List<Running<List<Integer>>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int first = i * 200;
            senders.add(threads.run(() -> {
                for (int message = first; message < first + 200; message++) {
                    channel.send(message);
                }
            }));
            receivers.add(threads.start(() -> channel.stream().toList()));
        }
        for (Running<Void> sender : senders) {
            sender.result();
        }
        channel.close();

        List<Integer> all = new ArrayList<>();
        for (Running<List<Integer>> receiver : receivers) {
            all.addAll(receiver.result());
        }
        assertThat(all).hasSize(600).doesNotHaveDuplicates();
        assertThat(countsOf(channel)).isEqualTo("sent 600, received 600, dropped 0, returned 0, size 0");
    }
}
