package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.Parameter;

/** Closing a handle where messages come out in an order of their own: it ends what waits through it, and nobody else. */
@EveryOrder
class HandleOrderTests {

    private final Throwable cause = new IOException("disk full");

    @Parameter(0)
    private Threads threads;

    @Parameter(1)
    private Order order;

    @EveryLimitedBuffer
    void closingASenderEndsItsBlockedSendsAndLeavesTheOthers(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.full(capacity);
        SenderHandle<Integer> handle = channel.newSender();
        SenderHandle<Integer> other = channel.newSender();
        Running<Void> send = threads.run(() -> handle.send(96));
        sendersWait(channel, 1);
        Running<Void> staying = threads.run(() -> other.send(97));
        sendersWait(channel, 2);
        CompletableFuture<Void> pending = handle.sendAsync(98);
        CompletableFuture<Void> stayingToo = channel.sendAsync(99);

        handle.close(cause);

        assertThat(send.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        assertThat(pending).isCompletedExceptionally();
        assertThat(channel.blockedSenders()).isEqualTo(2);
        assertThat(stayingToo).isNotDone();
        for (int i = 0; i < capacity.limit() + 2; i++) {
            assertThat(channel.receive()).isNotIn(96, 98);
        }
        staying.result();
        stayingToo.join();
        assertThat(channel.size()).isZero();
    }

    @EveryLimitedBuffer
    void onAClosedChannelClosingTheOneWithTheLastBlockedSendLeavesTheRest(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.full(capacity);
        SenderHandle<Integer> handle = channel.newSender();
        channel.newSender();
        Running<Void> send = threads.run(() -> handle.send(99));
        sendersWait(channel, 1);
        channel.close();

        handle.close();

        assertThat(send.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(channel).containsExactlyElementsOf(order.of(capacity.contents()));
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimitedBuffer
    void closingAReceiverEndsItsBlockedReceivesAndLeavesTheOthers(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        ReceiverHandle<Integer> handle = channel.newReceiver();
        ReceiverHandle<Integer> other = channel.newReceiver();
        Running<Integer> receive = threads.start(() -> handle.receive());
        receiversWait(channel, 1);
        Running<Integer> staying = threads.start(() -> other.receive());
        receiversWait(channel, 2);
        CompletableFuture<Integer> pending = handle.receiveAsync();
        CompletableFuture<Integer> stayingToo = channel.receiveAsync();

        handle.close();

        assertThat(receive.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(pending).isCompletedExceptionally();
        assertThat(channel.blockedReceivers()).isEqualTo(2);
        assertThat(List.of(1, 2)).allSatisfy(channel::send);
        assertThat(staying.result()).isEqualTo(1);
        assertThat(stayingToo.join()).isEqualTo(2);
    }
}
