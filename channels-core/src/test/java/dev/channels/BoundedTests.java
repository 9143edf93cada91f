package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bounded channel holds so many messages and not one more; then senders wait. */
@EveryKindOfThread
class BoundedTests {

    @Parameter
    private Threads threads;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 10, 16, 100, 1000})
    void holdsExactlyAsManyMessagesAsItsCapacity(int capacity) {
        Channel<Integer> channel = Channel.bounded(capacity);

        for (int i = 1; i <= capacity; i++) {
            assertThat(channel.trySend(i)).isTrue();
            assertThat(channel.size()).isEqualTo(i);
        }

        assertThat(channel.trySend(0)).isFalse();
        assertThat(channel.size()).isEqualTo(capacity);
        assertThat(channel.capacity()).isEqualTo(capacity);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 10, 16, 100})
    void keepsItsCapacityAndItsOrderWhenItsBufferIsUsedAgainAndAgain(int capacity) {
        Channel<Integer> channel = Channel.bounded(capacity);
        int sent = 0;
        int received = 0;

        for (int round = 0; round < 50; round++) {
            while (channel.trySend(sent)) {
                sent++;
            }
            assertThat(sent - received).isEqualTo(capacity);
            for (int i = 0; i <= round % capacity; i++) {
                assertThat(channel.tryReceive()).isEqualTo(received++);
            }
            assertThat(channel.size()).isEqualTo(sent - received);
        }
    }

    @EveryLimit
    void sendWaitsWhileTheChannelIsFull(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();

        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        assertThat(sender.isDone()).isFalse();
        assertThat(channel.size()).isEqualTo(capacity.limit());

        channel.receive();

        sender.result();
        assertThat(channel.blockedSenders()).isZero();
    }

    @EveryLimitedBuffer
    void sendDoesNotWaitWhileThereIsRoom(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        for (Integer message : capacity.contents()) {
            channel.send(message);
        }

        assertThat(channel.size()).isEqualTo(capacity.limit());
    }

    @EveryCapacity
    void receiveWaitsWhileTheChannelIsEmpty(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        assertThat(receiver.isDone()).isFalse();

        channel.send(1);

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(channel.blockedReceivers()).isZero();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryLimitedBuffer
    void aMessageThatWasTakenMakesRoomForOne(Capacity capacity) {
        Channel<Integer> channel = capacity.full();

        assertThat(channel.tryReceive()).isEqualTo(1);

        assertThat(channel.trySend(98)).isTrue();
        assertThat(channel.trySend(99)).isFalse();
    }

    @EveryLimitedBuffer
    void aBlockedSendersMessageFollowsTheBuffer(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        assertThat(channel.receive()).isEqualTo(1);
        sender.result();

        assertThat(channel.size()).isEqualTo(capacity.limit());
        List<Integer> rest = new ArrayList<>();
        channel.drainTo(rest, Integer.MAX_VALUE);
        assertThat(rest).containsExactlyElementsOf(capacity.contentsAnd(99).subList(1, capacity.limit() + 1));
    }

    @EveryLimit
    void tryReceiveTakesTheBufferAndThenFromBlockedSenders(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        List<Running<Void>> senders = new ArrayList<>();
        for (int message : new int[] {97, 98, 99}) {
            senders.add(threads.run(() -> channel.send(message)));
            sendersWait(channel, senders.size());
        }

        for (Integer message : capacity.contentsAnd(97, 98, 99)) {
            assertThat(channel.tryReceive()).isEqualTo(message);
        }
        assertThat(channel.tryReceive()).isNull();

        for (Running<Void> sender : senders) {
            sender.result();
        }
        int all = capacity.limit() + 3;
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received %d, dropped 0, returned 0, size 0".formatted(all, all));
    }

    @EveryCapacity
    void nothingIsBufferedWhileAReceiverWaits(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        List<Running<Integer>> receivers = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            receivers.add(threads.start(() -> channel.receive()));
            receiversWait(channel, i);
        }

        for (int i = 1; i <= 3; i++) {
            channel.send(i);
            int waiting = 3 - i;
            eventually(() -> channel.blockedReceivers() == waiting && channel.size() == 0);
        }

        for (Running<Integer> receiver : receivers) {
            receiver.result();
        }
        assertThat(countsOf(channel)).isEqualTo("sent 3, received 3, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource(BlockingSend.class)
    void everyWaitingFormOfSendIsServed(BlockingSend form) throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        channel.send(1);
        Running<Void> sender = threads.run(() -> form.send(channel, 2));
        sendersWait(channel, 1);

        assertThat(channel.receive()).isEqualTo(1);
        sender.result();

        assertThat(channel.receive()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(BlockingReceive.class)
    void everyWaitingFormOfReceiveIsServed(BlockingReceive form) throws Exception {
        Channel<Integer> channel = Channel.bounded(1);
        Running<Integer> receiver = threads.start(() -> form.from(channel));
        receiversWait(channel, 1);

        channel.send(1);

        assertThat(receiver.result()).isEqualTo(1);
    }

    @Test
    void oneSenderAndOneReceiverTakeTurns() throws Exception {
        Channel<Integer> there = Channel.bounded(1);
        Channel<Integer> back = Channel.bounded(1);
        Running<Void> echo = threads.run(() -> {
            for (Integer message : there) {
                back.send(message + 1);
            }
        });

        for (int i = 0; i < 1_000; i++) {
            there.send(i);
            assertThat(back.receive()).isEqualTo(i + 1);
        }

        there.close();
        echo.result();
    }
}
