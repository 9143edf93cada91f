package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static dev.channels.SenderHandleTests.assertEveryFormThrows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.Parameter;

/** Handles of a channel that is closed, by its own close or with the last of them. */
@EveryKindOfThread
class SenderHandleCloseTests {

    private final Throwable cause = new IOException("disk full");

    @Parameter
    private Threads threads;

    @EveryCapacity
    void theChannelMayBeClosedThoughHandlesAreOpen(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> handle = channel.newSender();

        channel.close(cause);

        assertThat(handle.isClosedForSend()).isTrue();
        assertEveryFormThrows(handle, channel.name(), cause);
        assertThatNoException().isThrownBy(handle::close);
        assertEveryFormThrows(handle, channel.name(), cause);
    }

    @EveryCapacity
    void onAClosedChannelTheChannelsCauseStays(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        SenderHandle<Integer> handle = channel.newSender();
        channel.close(cause);

        handle.close(new IOException("another"));

        assertEveryFormThrows(handle, channel.name(), cause);
        assertThat(channel.sendAsync(1).exceptionNow()).hasCause(cause);
    }

    @EveryLimit
    void blockedSendsAreServedAfterTheChannelClosedUnlessTheirHandleCloses(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        SenderHandle<Integer> handle = channel.newSender();
        SenderHandle<Integer> other = channel.newSender();
        Running<Void> served = threads.run(() -> handle.send(98));
        sendersWait(channel, 1);
        Running<Void> ended = threads.run(() -> other.send(99));
        sendersWait(channel, 2);
        channel.close(cause);

        other.close();

        assertThat(ended.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        for (Integer message : capacity.contentsAnd(98)) {
            assertThat(channel.isClosedForReceive()).isFalse();
            assertThat(channel.receive()).isEqualTo(message);
        }
        served.result();
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimitedBuffer
    void closingTheOneWithTheLastBlockedSendIsTheEndForReceivers(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<Permit<Integer>> permits = new ArrayList<>();
        for (int i = 0; i < capacity.limit(); i++) {
            permits.add(channel.reserve());
        }
        SenderHandle<Integer> handle = channel.newSender();
        channel.newSender();
        CompletableFuture<Void> pending = handle.sendAsync(99);
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        channel.close();

        handle.close();

        assertThat(pending).isCompletedExceptionally();
        assertThat(channel.isClosedForReceive()).isFalse();
        permits.forEach(Permit::close);
        assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryCapacity
    void oneOfAClosedChannelIsClosed(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.close(cause);

        SenderHandle<Integer> handle = channel.newSender();

        assertThat(handle.isClosedForSend()).isTrue();
        assertEveryFormThrows(handle, channel.name(), cause);
        assertThatNoException().isThrownBy(handle::close);
    }

    @EveryCapacity
    void aChannelThatClosedWithItsLastStaysClosed(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.newSender().close(cause);

        SenderHandle<Integer> late = channel.newSender();

        assertThat(late.isClosedForSend()).isTrue();
        late.close();
        assertEveryFormThrows(late, channel.name(), cause);
    }
}
