package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Null is refused in the call that gets it, before anything changes. */
class NullTests {

    private static final Duration LONG = Duration.ofHours(1);

    @EveryCapacity
    void anOpenChannelRefusesIt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        refuses(channel);

        assertThat(channel.isClosedForSend()).isFalse();
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void aFullChannelRefusesIt(Overflow overflow) {
        List<Integer> dropped = new ArrayList<>();
        Channel<Integer> channel = Channel.builder("numbers")
                .capacity(2)
                .overflow(overflow)
                .<Integer>onDropped(dropped::add)
                .build();
        Capacity.TWO.fill(channel);

        refuses(channel);

        assertThat(dropped).isEmpty();
        assertThat(channel.isClosedForSend()).isFalse();
        assertThat(channel.blockedSenders()).isZero();
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 0, size 2");
    }

    @EveryCapacity
    void aClosedChannelRefusesIt(Capacity capacity) {
        Channel<Integer> channel = capacity.channel();
        channel.close();

        refuses(channel);
    }

    private static void refuses(Channel<Integer> channel) {
        refuses(
                () -> channel.send(null),
                () -> channel.trySend(null),
                () -> channel.trySend(null, LONG),
                () -> channel.trySend(null, Duration.ZERO),
                () -> channel.trySend(3, null),
                () -> channel.sendAsync(null),
                () -> channel.tryReceive(null),
                () -> channel.receiveMany(null, 1),
                () -> channel.receiveMany(null, 1, LONG),
                () -> channel.receiveMany(new ArrayList<>(), 1, null),
                () -> channel.drainTo(null, 1),
                () -> channel.drainTo(null, 0),
                () -> channel.close(null),
                () -> channel.closeNow(null));
    }

    private static void refuses(ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatNullPointerException().isThrownBy(call);
        }
    }

    @ParameterizedTest
    @MethodSource("builders")
    void builders(ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call);
    }

    static Stream<ThrowingCallable> builders() {
        return Stream.of(
                () -> Channel.builder(null),
                () -> Channel.builder("numbers").overflow(null),
                () -> Channel.builder("numbers").onDropped(null),
                () -> Channel.builder("numbers").interceptor(null),
                () -> Channel.builder("numbers").sendTimeout(null),
                () -> Channel.builder("numbers").onSendWaited(null),
                () -> Broadcast.builder(null),
                () -> Broadcast.builder("numbers").overflow(null),
                () -> Broadcast.builder("numbers").interceptor(null),
                () -> Broadcast.builder("numbers").sendTimeout(null),
                () -> Broadcast.builder("numbers").onSendWaited(null));
    }

    @Test
    void aBroadcastRefusesIt() {
        Broadcast<Integer> broadcast = Broadcast.create(2);
        try (Subscription<Integer> subscription = broadcast.subscribe()) {
            refuses(
                    () -> broadcast.send(null),
                    () -> broadcast.trySend(null),
                    () -> broadcast.trySend(null, LONG),
                    () -> broadcast.trySend(3, null),
                    () -> broadcast.sendAsync(null),
                    () -> broadcast.close(null),
                    () -> subscription.tryReceive(null),
                    () -> subscription.receiveMany(null, 1),
                    () -> subscription.receiveMany(null, 1, LONG),
                    () -> subscription.receiveMany(new ArrayList<>(), 1, null),
                    () -> subscription.drainTo(null, 1));

            assertThat(broadcast.isClosedForSend()).isFalse();
            assertThat(countsOf(broadcast)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
        }
    }

    @Test
    void everyReceiverRefusesIt() {
        for (Receiver<?> receiver : receivers()) {
            refuses(
                    () -> receiver.tryReceive(null),
                    () -> receiver.receiveMany(null, 1),
                    () -> receiver.receiveMany(null, 1, LONG),
                    () -> receiver.receiveMany(new ArrayList<>(), 1, null),
                    () -> receiver.drainTo(null, 1),
                    () -> receiver.publisher().subscribe(null),
                    () -> receiver.spliterator().tryAdvance(null));
            assertThat(receiver.isClosedForReceive()).isFalse();
        }
    }

    private static List<Receiver<?>> receivers() {
        Watch<Integer> watch = Watch.of(1);
        Receiver<Integer> changes = watch.watcher().receiver();
        watch.set(2);
        OneShot<Integer> oneShot = OneShot.create();
        oneShot.send(1);
        return List.of(
                Channel.rendezvous().newReceiver(),
                Capacity.ONE.full().newReceiver(),
                Broadcast.create(1).subscribe(),
                RequestChannel.bounded(0),
                RequestChannel.bounded(1),
                changes,
                oneShot.receiver(),
                OneShot.create().receiver(),
                Channel.after(Duration.ZERO),
                Channel.tick(LONG),
                Channel.never());
    }

    @Test
    void everySenderRefusesIt() {
        List<Sender<Integer>> senders = List.of(
                Channel.<Integer>rendezvous().newSender(),
                Channel.<Integer>bounded(1).newSender(),
                Broadcast.create(1));
        for (Sender<Integer> sender : senders) {
            refuses(
                    () -> sender.send(null),
                    () -> sender.trySend(null),
                    () -> sender.trySend(null, LONG),
                    () -> sender.trySend(3, null),
                    () -> sender.sendAsync(null));
            assertThat(sender.isClosedForSend()).isFalse();
        }
    }
}
