package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.Parameter;

/** Who gives up passes its turn on: no message stays while someone waits for it, no sender waits while there is room. */
@EveryKindOfThread
class WithdrawalTests {

    @Parameter
    private Threads threads;

    @EveryCapacity
    void aMessageGoesToTheNextReceiverWhenAllBeforeGaveUp(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> interrupted = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> cancelled = channel.receiveAsync();
        Running<Integer> last = threads.start(() -> channel.receive());
        receiversWait(channel, 3);

        interrupted.interrupt();
        cancelled.cancel(true);
        channel.send(1);

        // The interrupted one may still have got it; then the next message is for the last.
        interrupted.join();
        if (interrupted.failureIfAny() == null) {
            channel.send(2);
        }
        last.result();
        assertThat(channel.size()).isZero();
    }

    @EveryLimit
    void roomGoesToTheNextSenderWhenAllBeforeGaveUp(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> interrupted = threads.run(() -> channel.send(97));
        sendersWait(channel, 1);
        CompletableFuture<Void> cancelled = channel.sendAsync(98);
        Running<Void> last = threads.run(() -> channel.send(99));
        sendersWait(channel, 3);

        interrupted.interrupt();
        interrupted.join();
        cancelled.cancel(true);
        for (Integer message : capacity.contentsAnd(99)) {
            assertThat(channel.receive()).isEqualTo(message);
        }

        last.result();
    }

    @EveryLimit
    void everyoneInTheMiddleMayGiveUp(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sends.add(channel.sendAsync(100 + i));
        }

        for (int i = 1; i < 99; i++) {
            assertThat(sends.get(i).cancel(false)).isTrue();
        }

        assertThat(channel.blockedSenders()).isEqualTo(2);
        for (Integer message : capacity.contentsAnd(100, 199)) {
            assertThat(channel.tryReceive()).isEqualTo(message);
        }
        assertThat(channel.tryReceive()).isNull();
        sends.get(0).join();
        sends.get(99).join();
    }

    @EveryCapacity
    void aMessageIsNotStuckBetweenOneWhoGivesUpAndOneWhoWaits(Capacity capacity) throws Exception {
        for (int round = 0; round < 20; round++) {
            Channel<Integer> channel = capacity.channel();
            Running<Integer> first = threads.start(() -> channel.receive());
            receiversWait(channel, 1);
            Running<Integer> second = threads.start(() -> channel.receive());
            receiversWait(channel, 2);

            Running<Void> sender = threads.run(() -> channel.send(1));
            first.interrupt();

            sender.result();
            if (first.failureIfAny() == null) {
                assertThat(first.result()).isEqualTo(1);
                assertThat(channel.blockedReceivers()).isOne();
                channel.close();
                assertThat(second.failure()).isInstanceOf(ChannelClosedException.class);
            } else {
                assertThat(second.result()).isEqualTo(1);
            }
        }
    }

    @EveryLimit
    void roomIsNotLostBetweenOneWhoGivesUpAndOneWhoWaits(Capacity capacity) throws Exception {
        for (int round = 0; round < 20; round++) {
            Channel<Integer> channel = capacity.full();
            Running<Void> first = threads.run(() -> channel.send(98));
            sendersWait(channel, 1);
            Running<Void> second = threads.run(() -> channel.send(99));
            sendersWait(channel, 2);

            Running<Integer> receiver = threads.start(() -> channel.receive());
            first.interrupt();

            receiver.result();
            if (first.failureIfAny() == null) {
                eventually(() -> channel.blockedSenders() == 1 && channel.size() == capacity.limit());
                channel.closeNow();
                assertThat(second.failure()).isInstanceOf(ChannelClosedException.class);
            } else {
                second.result();
                assertThat(channel.size()).isEqualTo(capacity.limit());
            }
        }
    }
}
