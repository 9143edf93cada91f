package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A permit is room for one message: taken now, used or given back later. */
@EveryOrder
@SuppressWarnings("try") // a permit that is only closed
class PermitTests {

    @Parameter(0)
    private Threads threads;

    @Parameter(1)
    private Order order;

    @EveryBuffer
    void sendsOneMessage(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);

        Permit<Integer> permit = channel.reserve();
        permit.send(1);

        assertThat(channel.size()).isOne();
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryLimitedBuffer
    void countsAgainstTheCapacityAndNotInTheSizeWhileItIsHeld(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);

        Permit<Integer> permit = channel.reserve();

        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
        assertThat(channel.peek()).isNull();
        assertThat(channel.tryReceive()).isNull();
        for (int i = 1; i < capacity.limit(); i++) {
            assertThat(channel.trySend(i)).isTrue();
        }
        assertThat(channel.trySend(99)).isFalse();
        assertThat(channel.trySend(99, Duration.ofMillis(1))).isFalse();
        assertThat(channel.size()).isEqualTo(capacity.limit() - 1);

        permit.send(100);

        assertThat(channel.size()).isEqualTo(capacity.limit());
        assertThat(channel.trySend(99)).isFalse();
    }

    @EveryLimitedBuffer
    void asManyAsTheCapacityMayBeHeld(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        List<Permit<Integer>> permits = new ArrayList<>();
        for (int i = 0; i < capacity.limit(); i++) {
            permits.add(channel.reserve());
        }

        assertThat(channel.trySend(99)).isFalse();
        for (Integer message : capacity.contents()) {
            permits.removeLast().send(message);
        }

        assertThat(drain(channel)).containsExactlyElementsOf(order.of(capacity.contents()));
    }

    @Test
    void isNeverWaitedForWithoutALimit() throws Exception {
        Channel<Integer> channel = order.channel(Capacity.UNBOUNDED);

        List<Permit<Integer>> permits = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            permits.add(channel.reserve());
        }

        assertThat(channel.trySend(0)).isTrue();
        for (int i = 0; i < 1_000; i++) {
            permits.get(i).send(i);
        }
        assertThat(channel.size()).isEqualTo(1_001);
        assertThat(drain(channel)).hasSize(1_001);
    }

    @EveryBuffer
    void itsMessageHasThePlaceOfTheSendAndNotOfTheReservation(Capacity capacity) throws Exception {
        if (capacity == Capacity.ONE) {
            return;
        }
        Channel<Integer> channel = order.channel(capacity);

        Permit<Integer> permit = channel.reserve();
        channel.send(2);
        permit.send(1);

        assertThat(drain(channel)).containsExactlyElementsOf(order.of(List.of(2, 1)));
    }

    @EveryLimitedBuffer
    void itsMessageGoesInBeforeThoseOfSendersThatWait(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();
        for (int i = 1; i < capacity.limit(); i++) {
            channel.send(i);
        }
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        permit.send(capacity.limit());

        assertThat(channel.blockedSenders()).isOne();
        assertThat(channel.size()).isEqualTo(capacity.limit());
        List<Integer> messages = drain(channel);
        sender.result();
        assertThat(messages).containsExactlyInAnyOrderElementsOf(capacity.contentsAnd(99));
    }

    @EveryBuffer
    void itsMessageGoesToAReceiverThatWaits(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> pending = channel.receiveAsync();

        permit.send(1);

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(pending).isNotDone();
        channel.reserve().send(2);
        assertThat(pending.join()).isEqualTo(2);
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 2, dropped 0, returned 0, size 0");
    }

    @EveryLimitedBuffer
    void givesItsRoomBackWhenItIsClosed(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);

        for (int i = 0; i < 100; i++) {
            try (Permit<Integer> unused = channel.reserve()) {
                assertThat(channel.size()).isZero();
            }
        }

        capacity.fill(channel);
        assertThat(channel.trySend(99)).isFalse();
    }

    @EveryLimitedBuffer
    void closingItLetsASenderInThatWaits(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();
        for (int i = 1; i < capacity.limit(); i++) {
            channel.send(i);
        }
        Running<Void> sender = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        CompletableFuture<Void> pending = channel.sendAsync(99);

        permit.close();

        sender.result();
        assertThat(pending).isNotDone();
        assertThat(channel.size()).isEqualTo(capacity.limit());
    }

    @EveryLimitedBuffer
    void closingItLetsAReservationInThatWaits(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.full(capacity);
        channel.receive();
        Permit<Integer> permit = channel.reserve();
        Running<Permit<Integer>> other = threads.start(channel::reserve);
        sendersWait(channel, 1);

        permit.close();

        other.result().send(99);
        assertThat(channel.size()).isEqualTo(capacity.limit());
        assertThat(channel.blockedSenders()).isZero();
    }

    @EveryLimitedBuffer
    void isWaitedForWhileThereIsNoRoom(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.full(capacity);
        Running<Permit<Integer>> reservation = threads.start(channel::reserve);
        sendersWait(channel, 1);

        assertThat(channel.waiters())
                .singleElement()
                .satisfies(waiter -> assertThat(waiter.side()).isEqualTo(Waiter.Side.SEND))
                .satisfies(waiter -> assertThat(waiter.thread()).isSameAs(reservation.thread()));
        assertThat(channel.stats().sent()).isEqualTo(capacity.limit());

        channel.receive();

        Permit<Integer> permit = reservation.result();
        assertThat(channel.waiters()).isEmpty();
        assertThat(channel.size()).isEqualTo(capacity.limit() - 1);
        assertThat(channel.trySend(99)).isFalse();
        permit.send(99);
        assertThat(channel.size()).isEqualTo(capacity.limit());
    }

    @EveryLimitedBuffer
    void thoseWhoReserveAndThoseWhoSendAreServedOldestFirst(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.full(capacity);
        Running<Void> first = threads.run(() -> channel.send(97));
        sendersWait(channel, 1);
        Running<Permit<Integer>> second = threads.start(channel::reserve);
        sendersWait(channel, 2);
        Running<Void> third = threads.run(() -> channel.send(99));
        sendersWait(channel, 3);

        channel.receive();
        first.result();
        assertThat(second.isDone()).isFalse();
        channel.receive();
        Permit<Integer> permit = second.result();
        assertThat(third.isDone()).isFalse();
        assertThat(channel.blockedSenders()).isOne();
        permit.close();
        third.result();

        assertThat(channel.size()).isEqualTo(capacity.limit());
    }

    @EveryLimitedBuffer
    void drainingIsNotConfusedByThoseWhoWaitToReserve(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.full(capacity);
        Running<Permit<Integer>> reservation = threads.start(channel::reserve);
        sendersWait(channel, 1);

        List<Integer> messages = drain(channel);

        assertThat(messages).containsExactlyElementsOf(order.of(capacity.contents()));
        reservation.result().send(99);
        assertThat(channel.receive()).isEqualTo(99);
    }

    @EveryBuffer
    void sendsOnlyOnce(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();
        permit.send(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> permit.send(2))
                .isNotInstanceOf(ChannelClosedException.class);
        permit.close();
        permit.close();

        assertThat(drain(channel)).containsExactly(1);
        assertHasAllItsRoom(channel, capacity);
    }

    @EveryBuffer
    void sendsNoMoreOnceItIsClosed(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();
        permit.close();
        permit.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> permit.send(2))
                .isNotInstanceOf(ChannelClosedException.class);

        assertThat(drain(channel)).isEmpty();
        assertHasAllItsRoom(channel, capacity);
    }

    private static void assertHasAllItsRoom(Channel<Integer> channel, Capacity capacity) {
        if (capacity != Capacity.UNBOUNDED) {
            capacity.fill(channel);
            assertThat(channel.trySend(99)).isFalse();
        }
    }

    @EveryBuffer
    void nullIsRefusedAndThePermitStaysGood(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();

        assertThatNullPointerException().isThrownBy(() -> permit.send(null));
        permit.send(1);

        assertThat(channel.receive()).isEqualTo(1);
    }

    @EveryBuffer
    void sendingAndClosingIgnoreAnInterrupt(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);

        Running<Void> sender = threads.run(() -> {
            Permit<Integer> permit = channel.reserve();
            Thread.currentThread().interrupt();
            permit.send(1);
            permit.close();
        });

        sender.result();
        assertThat(sender.endedInterrupted()).isTrue();
        assertThat(channel.receive()).isEqualTo(1);
    }

    @EveryBuffer
    void anInterruptOnEntryIsThrownAndTakesNoRoom(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);

        Running<Permit<Integer>> reservation = threads.start(() -> {
            Thread.currentThread().interrupt();
            return channel.reserve();
        });

        assertThat(reservation.failure()).isInstanceOf(InterruptedException.class);
        assertThat(reservation.endedInterrupted()).isFalse();
        assertHasAllItsRoom(channel, capacity);
    }

    @EveryLimitedBuffer
    void anInterruptWhileItIsWaitedForTakesNoRoom(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.full(capacity);
        Running<Permit<Integer>> reservation = threads.start(channel::reserve);
        sendersWait(channel, 1);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 2);

        reservation.interrupt();

        assertThat(reservation.failure()).isInstanceOf(InterruptedException.class);
        assertThat(channel.blockedSenders()).isOne();
        channel.receive();
        sender.result();
        drain(channel);
        assertHasAllItsRoom(channel, capacity);
    }

    @Test
    void isRefusedWhereThereIsNoBuffer() {
        for (Overflow overflow : Overflow.values()) {
            Channel<Integer> channel =
                    Channel.builder("numbers").overflow(overflow).build();
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(channel::reserve)
                    .withMessageContaining("numbers");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE", "TWO", "TEN"})
    void mayBeUsedByAnotherThreadThanTheOneThatReserved(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = threads.start(channel::reserve).result();

        Running<Void> user = threads.run(() -> permit.send(1));

        user.result();
        assertThat(channel.receive()).isEqualTo(1);
    }

    @EveryLimitedBuffer
    void ofThreadsThatUseOneAtOnceASingleOneSucceeds(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        for (int round = 0; round < 100; round++) {
            Permit<Integer> permit = channel.reserve();
            List<Running<Void>> users = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int message = i;
                users.add(threads.run(() -> permit.send(message)));
            }
            permit.close();

            int sent = 0;
            for (Running<Void> user : users) {
                sent += user.failureIfAny() == null ? 1 : 0;
            }
            assertThat(sent).isLessThanOrEqualTo(1);
            assertThat(drain(channel)).hasSize(sent);
        }
        assertHasAllItsRoom(channel, capacity);
    }

    @EveryLimitedBuffer
    void theSizeNeverExceedsTheCapacity(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        List<Running<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean sends = i % 2 == 0;
            senders.add(threads.run(() -> {
                for (int message = 0; message < 200; message++) {
                    Permit<Integer> permit = channel.reserve();
                    assertThat(channel.size()).isBetween(0, capacity.limit() - 1);
                    if (sends) {
                        permit.send(message);
                    } else {
                        permit.close();
                    }
                }
            }));
        }
        Running<Integer> receiver = threads.start(() -> {
            int count = 0;
            for (; count < 400; count++) {
                assertThat(channel.size()).isBetween(0, capacity.limit());
                channel.receive();
            }
            return count;
        });

        for (Running<Void> sender : senders) {
            sender.result();
        }
        assertThat(receiver.result()).isEqualTo(400);
        eventually(() -> channel.stats().size() == 0);
        assertHasAllItsRoom(channel, capacity);
    }

    private static List<Integer> drain(Channel<Integer> channel) {
        List<Integer> messages = new ArrayList<>();
        while (channel.drainTo(messages, Integer.MAX_VALUE) > 0) {
            // until none is left, also of those that waited
        }
        return messages;
    }
}
