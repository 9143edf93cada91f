package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Permits of channels that do not let senders wait, and of those that are watched. */
@EveryOrder
@SuppressWarnings("try") // a permit that is only closed
class PermitOverflowTests {

    @Parameter(0)
    private Threads threads;

    @Parameter(1)
    private Order order;

    private final List<Integer> dropped = new CopyOnWriteArrayList<>();

    private Channel<Integer> channel(Capacity capacity, Overflow overflow) {
        return order.builder(capacity)
                .overflow(overflow)
                .onDropped(message -> dropped.add((Integer) message))
                .build();
    }

    private Channel<Integer> full(Capacity capacity, Overflow overflow) {
        Channel<Integer> channel = channel(capacity, overflow);
        capacity.fill(channel);
        return channel;
    }

    @EveryLimitedBuffer
    void aFullChannelThatFailsGivesNone(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.FAIL);

        assertThatExceptionOfType(ChannelFullException.class)
                .isThrownBy(channel::reserve)
                .withMessageContaining(channel.name());

        channel.receive();
        try (Permit<Integer> unused = channel.reserve()) {
            assertThatExceptionOfType(ChannelFullException.class).isThrownBy(channel::reserve);
            assertThatExceptionOfType(ChannelFullException.class).isThrownBy(() -> channel.send(99));
            assertThat(channel.trySend(99)).isFalse();
        }
        channel.send(99);
        assertThat(channel.size()).isEqualTo(capacity.limit());
        assertThat(dropped).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyPolicyGivesOneWhileThereIsRoom(Overflow overflow) throws Exception {
        Channel<Integer> channel = channel(Capacity.TWO, overflow);

        Permit<Integer> permit = channel.reserve();
        channel.send(1);
        assertThat(channel.size()).isOne();
        permit.send(2);

        assertThat(dropped).isEmpty();
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 0, returned 0, size 2");
    }

    @EveryLimitedBuffer
    void whileItIsHeldTheOldestGoesForTheNextMessage(Capacity capacity) throws Exception {
        if (capacity == Capacity.ONE || order == Order.LEAST_FIRST) {
            return;
        }
        Channel<Integer> channel = channel(capacity, Overflow.DROP_OLDEST);
        Permit<Integer> permit = channel.reserve();
        for (int i = 1; i < capacity.limit(); i++) {
            channel.send(i);
        }
        assertThat(dropped).isEmpty();

        channel.send(98);
        assertThat(channel.trySend(99)).isTrue();

        assertThat(dropped).hasSize(2).startsWith(1);
        assertThat(channel.size()).isEqualTo(capacity.limit() - 1);
        permit.send(100);
        assertThat(channel.size()).isEqualTo(capacity.limit());
        assertThat(dropped).hasSize(2);
    }

    @EveryLimitedBuffer
    void whileAllRoomIsHeldThereIsNothingToDropButTheMessageItself(Capacity capacity) throws Exception {
        Channel<Integer> channel = channel(capacity, Overflow.DROP_OLDEST);
        List<Permit<Integer>> permits = new ArrayList<>();
        for (int i = 0; i < capacity.limit(); i++) {
            permits.add(channel.reserve());
        }

        assertThat(channel.trySend(98)).isFalse();
        assertThat(dropped).isEmpty();
        channel.send(99);

        assertThat(dropped).containsExactly(99);
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 0, dropped 1, returned 0, size 0");
        permits.getFirst().send(1);
        assertThat(channel.receive()).isEqualTo(1);
    }

    @EveryLimitedBuffer
    void onAFullChannelThatDropsTheOldestItSendsAsTheChannelDoes(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.DROP_OLDEST);

        Permit<Integer> permit = channel.reserve();
        assertThat(dropped).isEmpty();
        permit.send(0);

        List<Integer> all = new ArrayList<>(capacity.contents());
        all.add(0);
        Integer last =
                order == Order.OLDEST_FIRST ? Integer.valueOf(1) : order.of(all).getLast();
        assertThat(dropped).containsExactly(last);
        all.removeIf(last::equals);
        int n = capacity.limit();
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 0, dropped 1, returned 0, size %d".formatted(n + 1, n));
        List<Integer> messages = new ArrayList<>();
        channel.drainTo(messages, 100);
        assertThat(messages).containsExactlyElementsOf(order.of(all));
    }

    @EveryLimitedBuffer
    void onAFullChannelThatDropsTheLatestItSendsAsTheChannelDoes(Capacity capacity) throws Exception {
        Channel<Integer> channel = full(capacity, Overflow.DROP_LATEST);

        channel.reserve().send(98);
        Permit<Integer> permit = channel.reserve();
        channel.receive();
        permit.send(99);

        assertThat(dropped).containsExactly(98);
        int n = capacity.limit();
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 1, dropped 1, returned 0, size %d".formatted(n + 2, n));
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
    void onAFullChannelThatDropsItMayBeClosedAndSendsOnlyOnce(Overflow overflow) throws Exception {
        Channel<Integer> channel = full(Capacity.ONE, overflow);

        Permit<Integer> closed = channel.reserve();
        closed.close();
        closed.close();
        assertThatIllegalStateException().isThrownBy(() -> closed.send(98));
        Permit<Integer> used = channel.reserve();
        channel.receive();
        used.send(2);
        assertThatIllegalStateException().isThrownBy(() -> used.send(99));
        used.close();

        assertThat(channel.receive()).isEqualTo(2);
        assertThat(channel.trySend(3)).isTrue();
        assertThat(dropped).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aClosedChannelIsClosedRatherThanFull(Overflow overflow) {
        Channel<Integer> channel = full(Capacity.TWO, overflow);
        channel.close();

        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(channel::reserve);
    }

    @EveryBuffer
    void theInterceptorSeesTheMessageInTheThreadThatSendsIt(Capacity capacity) throws Exception {
        List<Thread> senders = new CopyOnWriteArrayList<>();
        List<String> received = new CopyOnWriteArrayList<>();
        Channel<Integer> channel = order.builder(capacity)
                .interceptor(new ChannelInterceptor<Object>() {
                    @Override
                    public Object onSend(Object message) {
                        senders.add(Thread.currentThread());
                        return "attached to " + message;
                    }

                    @Override
                    public void onReceive(Object message, Object attachment) {
                        received.add(message + " " + attachment);
                    }
                })
                .build();
        Permit<Integer> permit = channel.reserve();
        assertThat(senders).isEmpty();

        Running<Void> sender = threads.run(() -> permit.send(1));

        sender.result();
        assertThat(senders).containsExactly(sender.thread());
        channel.receive();
        assertThat(received).containsExactly("1 attached to 1");
    }

    @EveryLimitedBuffer
    void noRoomIsLostByAnInterceptorThatRefusesTheMessage(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.builder(capacity)
                .interceptor(new ChannelInterceptor<Object>() {
                    @Override
                    public Object onSend(Object message) {
                        if ((Integer) message < 0) {
                            throw new IllegalArgumentException("refused");
                        }
                        return message;
                    }
                })
                .build();
        for (int i = 0; i < 20; i++) {
            Permit<Integer> permit = channel.reserve();
            assertThatIllegalArgumentException().isThrownBy(() -> permit.send(-1));
            permit.close();
        }

        capacity.fill(channel);
        assertThat(channel.trySend(99)).isFalse();
        assertThat(channel.drainTo(new ArrayList<>(), 100)).isEqualTo(capacity.limit());
    }

    @EveryLimitedBuffer
    void noRoomIsLostByAnInterceptorThatFailsOnAWait(Capacity capacity) throws Exception {
        Channel<Integer> channel = order.builder(capacity)
                .interceptor(new ChannelInterceptor<Object>() {
                    @Override
                    public void onSendWaited(long nanos) {
                        throw new IllegalArgumentException("refused");
                    }
                })
                .build();
        capacity.fill(channel);
        for (int i = 0; i < 10; i++) {
            Running<Permit<Integer>> reservation = threads.start(channel::reserve);
            sendersWait(channel, 1);
            channel.receive();
            assertThat(reservation.failure()).isInstanceOf(IllegalArgumentException.class);
            assertThat(channel.trySend(i)).isTrue();
        }

        channel.drainTo(new ArrayList<>(), 100);
        capacity.fill(channel);
        assertThat(channel.trySend(99)).isFalse();
    }
}
