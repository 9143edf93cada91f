package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a close means for those who hold a permit, and for those who wait for one. */
@EveryOrder
class PermitCloseTests {

    private final Throwable cause = new IOException("disk full");

    @Parameter(0)
    private Threads threads;

    @Parameter(1)
    private Order order;

    @EveryBuffer
    void onAClosedChannelNoneIsGiven(Capacity capacity) {
        Channel<Integer> channel = order.channel(capacity);
        channel.close(cause);

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::reserve)
                .withMessageContaining(channel.name())
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryBuffer
    void aHeldOneMayStillSendAfterAClose(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();
        channel.close(cause);

        assertThat(channel.isClosedForSend()).isTrue();
        assertThat(channel.isClosedForReceive()).isFalse();
        assertThat(channel.tryReceive()).isNull();
        permit.send(1);

        assertThat(channel.isClosedForReceive()).isFalse();
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(channel.isClosedForReceive()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(channel::tryReceive)
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryBuffer
    void receiversWaitForTheMessageOfAHeldOneAfterAClose(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();
        Running<Integer> first = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        Running<Integer> second = threads.start(() -> channel.receive());
        receiversWait(channel, 2);

        channel.close();
        Running<List<Integer>> third = threads.start(() -> channel.stream().toList());
        receiversWait(channel, 3);
        permit.send(1);

        assertThat(first.result()).isEqualTo(1);
        assertThat(second.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(third.result()).isEmpty();
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryBuffer
    void receiversFindTheEndWhenTheLastOneIsGivenBack(Capacity capacity) throws Exception {
        if (capacity == Capacity.ONE) {
            return;
        }
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> one = channel.reserve();
        Permit<Integer> other = channel.reserve();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> pending = channel.receiveAsync();
        channel.close(cause);

        one.close();
        assertThat(channel.isClosedForReceive()).isFalse();
        assertThat(channel.blockedReceivers()).isEqualTo(2);
        other.close();

        assertThat(receiver.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(pending.handle((message, failure) -> failure).join())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(channel.isClosedForReceive()).isTrue();
        assertThat(channel.blockedReceivers()).isZero();
    }

    @EveryLimitedBuffer
    void aReservationThatWaitsThrowsAtACloseThoughSendersAreStillServed(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.full(capacity);
        Running<Permit<Integer>> before = threads.start(channel::reserve);
        sendersWait(channel, 1);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 2);
        Running<Permit<Integer>> after = threads.start(channel::reserve);
        sendersWait(channel, 3);

        channel.close(cause);

        assertThat(before.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        assertThat(after.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
        assertThat(channel.blockedSenders()).isOne();
        assertThat(channel.isClosedForReceive()).isFalse();
        List<Integer> messages = new ArrayList<>();
        for (int i = 0; i <= capacity.limit(); i++) {
            messages.add(channel.receive());
        }
        sender.result();
        assertThat(messages).containsExactlyInAnyOrderElementsOf(capacity.contentsAnd(99));
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimitedBuffer
    void aReservationThatWaitsAloneThrowsAtAClose(Capacity capacity) throws Exception {
        List<Permit<Integer>> permits = new ArrayList<>();
        Channel<Integer> channel = order.channel(capacity);
        for (int i = 0; i < capacity.limit(); i++) {
            permits.add(channel.reserve());
        }
        Running<Permit<Integer>> reservation = threads.start(channel::reserve);
        sendersWait(channel, 1);

        channel.close();

        assertThat(reservation.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasNoCause();
        assertThat(channel.waiters()).isEmpty();
        permits.forEach(Permit::close);
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimitedBuffer
    void aReservationThatWaitsThrowsWhenTheChannelIsClosedAtOnce(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.full(capacity);
        Running<Permit<Integer>> reservation = threads.start(channel::reserve);
        sendersWait(channel, 1);

        assertThat(channel.closeNow(cause)).containsExactlyElementsOf(order.of(capacity.contents()));

        assertThat(reservation.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(channel.waiters()).isEmpty();
    }

    @EveryBuffer
    void aHeldOneCannotSendOnceTheChannelIsClosedAtOnce(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();

        assertThat(channel.closeNow(cause)).isEmpty();

        assertThat(channel.isClosedForReceive()).isTrue();
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> permit.send(1))
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        assertThatIllegalStateException()
                .isThrownBy(() -> permit.send(1))
                .isNotInstanceOf(ChannelClosedException.class);
        assertThatNoException().isThrownBy(permit::close);
        assertThat(channel.isClosedForReceive()).isTrue();
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @EveryBuffer
    void givingAHeldOneBackAfterACloseAtOnceChangesNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();
        channel.closeNow();

        permit.close();
        permit.close();

        assertThat(channel.isClosedForReceive()).isTrue();
        assertThat(channel.closeNow()).isEmpty();
    }

    @EveryBuffer
    void aCloseAtOnceAfterACloseEndsAHeldOne(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        Permit<Integer> permit = channel.reserve();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        channel.close(cause);
        assertThat(receiver.isDone()).isFalse();
        channel.closeNow(new IOException("another"));

        assertThat(receiver.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> permit.send(1))
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReservationMadeByThoseWhoWaitCountsAtTheEnd(boolean sends) throws Exception {
        Channel<Integer> channel = order.full(Capacity.ONE);
        Running<Permit<Integer>> reservation = threads.start(channel::reserve);
        sendersWait(channel, 1);
        channel.receive();
        channel.close();
        assertThat(channel.isClosedForReceive()).isFalse();

        Permit<Integer> permit = reservation.result();
        if (sends) {
            permit.send(2);
            assertThat(channel).containsExactly(2);
        } else {
            permit.close();
            assertThat(channel).isEmpty();
        }

        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @EveryLimitedBuffer
    void aSenderThatWaitsForTheRoomOfAHeldOneIsServedAfterAClose(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.channel(capacity);
        List<Permit<Integer>> permits = new ArrayList<>();
        for (int i = 0; i < capacity.limit(); i++) {
            permits.add(channel.reserve());
        }
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        channel.close();

        permits.removeFirst().close();

        sender.result();
        assertThat(receiver.result()).isEqualTo(99);
        assertThat(channel.isClosedForReceive()).isEqualTo(permits.isEmpty());
        permits.forEach(Permit::close);
        assertThat(channel.isClosedForReceive()).isTrue();
    }
}
