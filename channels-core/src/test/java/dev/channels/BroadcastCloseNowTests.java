package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** Closing a broadcast at once frees its senders; what subscriptions have stays readable. */
@EveryKindOfThread
class BroadcastCloseNowTests {

    @Parameter
    private Threads threads;

    @Test
    void waitingSendersFailAndKeepTheirMessage() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> subscription = broadcast.subscribe();
        broadcast.send(1);
        Running<Void> sender = threads.run(() -> broadcast.send(2));
        sendersWait(broadcast, 1);
        CompletableFuture<Void> pending = broadcast.sendAsync(3);

        broadcast.closeNow();

        assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(pending).isCompletedExceptionally();
        assertThat(subscription.receive()).isEqualTo(1);
        assertThat(subscription.isClosedForReceive()).isTrue();
        assertThat(broadcast.stats().sent()).isEqualTo(1);
        assertThatThrownBy(() -> broadcast.send(4)).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void waitingReceiversFindTheEnd() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> subscription = broadcast.subscribe();
        Running<Integer> receiver = threads.start(() -> subscription.receive());
        receiversWait(broadcast, 1);

        broadcast.closeNow();
        broadcast.closeNow();

        assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void causeOfAnEarlierCloseStays() {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        IllegalStateException cause = new IllegalStateException("first");
        broadcast.close(cause);
        broadcast.closeNow();
        assertThatThrownBy(() -> broadcast.send(1)).hasCause(cause);
    }
}
