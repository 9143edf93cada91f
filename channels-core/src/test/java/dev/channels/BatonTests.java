package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One who waits is woken after the other; but each of them is, without anybody's help. */
@EveryKindOfThread
class BatonTests {

    private static final int ROUNDS = 20;

    @Parameter
    private Threads threads;

    @ParameterizedTest
    @ValueSource(ints = {2, 10})
    void whoGetsInSeesToTheOthersThatWaitToSend(int capacity) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = Channel.bounded(capacity);
            for (int i = 0; i < capacity; i++) {
                channel.send(i);
            }
            List<Running<Void>> senders = new ArrayList<>();
            for (int i = 0; i < capacity; i++) {
                int message = capacity + i;
                senders.add(threads.run(() -> channel.send(message)));
            }
            sendersWait(channel, capacity);

            assertThat(channel.drainTo(new ArrayList<>(), capacity)).isEqualTo(capacity);

            eventually(() -> channel.size() == capacity);
            for (Running<Void> sender : senders) {
                sender.result();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10})
    void whoIsServedSeesToTheOthersThatWaitToReceive(int capacity) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = Channel.bounded(capacity);
            List<Running<Integer>> receivers = new ArrayList<>();
            for (int i = 0; i < capacity; i++) {
                receivers.add(threads.start(channel::receive));
            }
            receiversWait(channel, capacity);

            for (int i = 0; i < capacity; i++) {
                channel.send(i);
            }

            eventually(() -> channel.size() == 0);
            for (Running<Integer> receiver : receivers) {
                assertThat(receiver.result()).isBetween(0, capacity - 1);
            }
        }
    }

    /** Who is let in next is left to the one on its way, though the room for it was set aside before, and the end is near. */
    @Test
    void theLastSenderThatGivesUpTellsTheReceiversOfTheEnd() throws Exception {
        Ring ring = new Ring("ring", 1);
        ring.inlet().offer("first", null);
        BlockedThread onItsWay = (BlockedThread) ring.inlet().offer("second", BlockedThread.WAIT);
        BlockedThread last = (BlockedThread) ring.inlet().offer("third", BlockedThread.WAIT);
        assertThat(ring.outlet().poll(null)).isEqualTo("first");
        assertThat(ring.outlet().poll(BlockedThread.WAIT)).isEqualTo("second");
        assertThat(ring.inlet().reserve(BlockedThread.WAIT)).isEqualTo(Signal.TAKEN);
        ring.close(null);
        BlockedThread receiver = (BlockedThread) ring.outlet().poll(BlockedThread.WAIT);
        ring.inlet().release();
        assertThat(receiver.isSettled()).isFalse();

        assertThat(ring.inlet().withdraw(last)).isTrue();

        ring.inlet().recycle(onItsWay);
        assertThat(receiver.isSettled()).isTrue();
    }
}
