package dev.channels;

import static dev.channels.Race.threads;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Once a handle's close has returned nothing goes through it any more, though an operation had begun before. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class HandleCloseRaceTests {

    private static final int ROUNDS = Race.ROUNDS / 8;

    private final Race race = new Race();

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aClosedReceiverHandleTakesNothing(Order order) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = order.channel(Capacity.TWO);
            ReceiverHandle<Integer> handle = channel.newReceiver();
            ReceiverHandle<Integer> other = channel.newReceiver();
            Running<Void> receiver = threads(round).run(() -> {
                while (handle.tryReceive() == null) {
                    // until it throws
                }
            });
            race.hesitate();

            handle.close();
            channel.send(round);

            assertThat(channel.tryReceive()).as("round " + round).isEqualTo(round);
            assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
            other.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aClosedSenderHandleSendsNothing(Order order) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = order.channel(Capacity.TWO);
            SenderHandle<Integer> handle = channel.newSender();
            SenderHandle<Integer> other = channel.newSender();
            Running<Void> sender = threads(round).run(() -> {
                while (true) {
                    handle.trySend(1);
                }
            });
            race.hesitate();

            handle.close();
            channel.drainTo(new ArrayList<>(), 2);

            assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class);
            assertThat(channel.size()).as("round " + round).isZero();
            other.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Overflow.class,
            names = {"DROP_OLDEST", "DROP_LATEST"})
    void aClosedSenderHandleDropsNothing(Overflow overflow) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel =
                    Channel.builder("drops").capacity(1).overflow(overflow).build();
            SenderHandle<Integer> handle = channel.newSender();
            SenderHandle<Integer> other = channel.newSender();
            Running<Void> sender = threads(round).run(() -> {
                while (true) {
                    handle.send(1);
                }
            });
            race.hesitate();

            handle.close();
            ChannelStats atClose = channel.stats();

            assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class);
            assertThat(channel.stats()).as("round " + round).isEqualTo(atClose);
            other.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aClosedReceiverHandleTakesNothingFromABlockedSender(Order order) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = order.channel(Capacity.ONE);
            ReceiverHandle<Integer> handle = channel.newReceiver();
            ReceiverHandle<Integer> other = channel.newReceiver();
            Running<Void> receiver = threads(round).run(() -> {
                while (true) {
                    handle.tryReceive();
                }
            });
            Running<Void> sender = threads(round / 2).run(() -> {
                while (true) {
                    channel.send(1);
                }
            });
            race.hesitate();

            handle.close();
            long received = channel.stats().received();

            assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
            assertThat(channel.stats().received()).as("round " + round).isEqualTo(received);
            other.close();
            assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class);
        }
    }
}
