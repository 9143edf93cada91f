package dev.channels;

import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.Parameter;

/** First in, first out: for messages, for blocked senders, and for blocked receivers. */
@EveryKindOfThread
class OrderTests {

    @Parameter
    private Threads threads;

    @EveryBuffer
    void messagesComeOutInTheOrderInWhichTheyWentIn(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        int next = 0;
        int expected = 0;

        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < Math.min(capacity.limit(), 7); i++) {
                channel.send(next++);
            }
            while (expected < next) {
                assertThat(channel.receive()).isEqualTo(expected++);
            }
        }
    }

    @EveryLimit
    void blockedSendersAreServedOldestFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        List<Running<Void>> senders = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            int message = 100 + i;
            Threads kind = i % 2 == 0 ? threads : Threads.alternating(i / 2);
            senders.add(kind.run(() -> channel.send(message)));
            sendersWait(channel, i);
        }

        for (Integer message : capacity.contentsAnd(101, 102, 103, 104, 105, 106, 107, 108)) {
            assertThat(channel.receive()).isEqualTo(message);
        }

        for (Running<Void> sender : senders) {
            sender.result();
        }
    }

    @EveryCapacity
    void blockedReceiversAreServedOldestFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<Running<Integer>> receivers = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            Threads kind = i % 2 == 0 ? threads : Threads.alternating(i / 2);
            receivers.add(kind.start(() -> channel.receive()));
            receiversWait(channel, i);
        }

        for (int i = 0; i < 8; i++) {
            channel.send(i);
        }

        for (int i = 0; i < 8; i++) {
            assertThat(receivers.get(i).result()).isEqualTo(i);
        }
    }

    @EveryLimit
    void whoGivesUpDoesNotChangeTheOrderOfTheOthers(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        List<Running<Void>> senders = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            int message = 100 + i;
            senders.add(threads.run(() -> channel.send(message)));
            sendersWait(channel, i);
        }

        for (int i : new int[] {0, 2, 5}) {
            senders.get(i).interrupt();
            assertThat(senders.get(i).failure()).isInstanceOf(InterruptedException.class);
        }

        for (Integer message : capacity.contentsAnd(102, 104, 105)) {
            assertThat(channel.receive()).isEqualTo(message);
        }
        assertThat(channel.tryReceive()).isNull();
    }

    @EveryCapacity
    void theMessagesOfOneSenderArriveInOrder(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Void> sender = threads.run(() -> {
            for (int i = 0; i < 2_000; i++) {
                channel.send(i);
            }
            channel.close();
        });

        assertThat(channel)
                .containsExactlyElementsOf(IntStream.range(0, 2_000).boxed().toList());
        sender.result();
    }
}
