package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static dev.channels.Select.biased;
import static dev.channels.Select.fair;
import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.Select.timeout;
import static dev.channels.SelectTests.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A select sends where there is room or a receiver, and what a losing clause would have sent is forgotten. */
@EveryKindOfThread
class SelectSendTests {

    private final Channel<Integer> other = Channel.rendezvous();

    @Parameter
    private Threads threads;

    private static Select.Clause<String> sent(Sender<Integer> to, int message) {
        return send(to, () -> message, () -> "sent " + message);
    }

    private static Select.Clause<String> received(Receiver<Integer> from) {
        return receive(from, message -> "received " + message);
    }

    @EveryBuffer
    void aMessageIsSentWhereThereIsRoom(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();

        assertThat(fair(received(other), sent(channel, 1)).await()).isEqualTo("sent 1");

        assertThat(countsOf(channel)).isEqualTo("sent 1, received 0, dropped 0, returned 0, size 1");
        assertAtRest(channel, other);
    }

    @EveryCapacity
    void aMessageIsSentToAReceiverThatWaits(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> pending = channel.receiveAsync();

        assertThat(fair(received(other), sent(channel, 1)).await()).isEqualTo("sent 1");
        assertThat(fair(received(other), sent(channel, 2)).await()).isEqualTo("sent 2");

        assertThat(receiver.result()).isEqualTo(1);
        assertThat(pending.join()).isEqualTo(2);
        assertAtRest(channel, other);
    }

    @EveryLimit
    void itWaitsForRoomOrAReceiver(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<String> select = threads.start(fair(received(other), sent(channel, 99))::await);
        sendersWait(channel, 1);
        assertThat(channel.size()).isEqualTo(capacity.limit());
        assertThat(select.isDone()).isFalse();

        List<Integer> received = new ArrayList<>();
        received.add(channel.receive());

        assertThat(select.result()).isEqualTo("sent 99");
        channel.drainTo(received, 100);
        assertThat(received).isEqualTo(capacity.contentsAnd(99));
        assertAtRest(channel, other);
    }

    @EveryLimit
    void aReceiveThatDoesNotWaitFindsASelectThatWaits(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<String> select = threads.start(fair(received(other), sent(channel, 99))::await);
        sendersWait(channel, 1);

        List<Integer> received = new ArrayList<>();
        for (int i = 0; i <= capacity.limit(); i++) {
            received.add(channel.tryReceive());
        }

        assertThat(received).isEqualTo(capacity.contentsAnd(99));
        assertThat(select.result()).isEqualTo("sent 99");
    }

    @EveryLimit
    void itIsServedInItsTurn(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> before = threads.run(() -> channel.send(97));
        sendersWait(channel, 1);
        Running<String> select = threads.start(fair(received(other), sent(channel, 98))::await);
        sendersWait(channel, 2);
        Running<Void> after = threads.run(() -> channel.send(99));
        sendersWait(channel, 3);

        List<Integer> received = new ArrayList<>();
        for (int i = 0; i < capacity.limit() + 3; i++) {
            received.add(channel.receive());
        }

        assertThat(received).isEqualTo(capacity.contentsAnd(97, 98, 99));
        before.result();
        assertThat(select.result()).isEqualTo("sent 98");
        after.result();
    }

    @EveryLimit
    void aLosingClauseLeavesNoTrace(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<String> select = threads.start(fair(received(other), sent(channel, 99))::await);
        sendersWait(channel, 1);
        CompletableFuture<Void> behind = channel.sendAsync(98);

        other.send(1);

        assertThat(select.result()).isEqualTo("received 1");
        assertThat(channel.blockedSenders()).isEqualTo(1);
        List<Integer> received = new ArrayList<>();
        for (int i = 0; i <= capacity.limit(); i++) {
            received.add(channel.receive());
        }
        assertThat(received).isEqualTo(capacity.contentsAnd(98));
        behind.join();
        assertAtRest(channel, other);
    }

    @EveryLimit
    void aSelectThatWaitsIsShownOnceForEachClause(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<String> select =
                threads.start(fair(sent(channel, 98), received(other), sent(channel, 99), sent(other, 1))::await);
        sendersWait(other, 1);

        assertThat(channel.blockedSenders()).isEqualTo(2);
        assertThat(channel.waiters()).extracting(Waiter::thread).containsExactly(select.thread(), select.thread());
        assertThat(channel.waiters()).extracting(Waiter::side).containsOnly(Waiter.Side.SEND);
        assertThat(other.waiters())
                .extracting(Waiter::side)
                .containsExactlyInAnyOrder(Waiter.Side.SEND, Waiter.Side.RECEIVE);

        channel.closeNow();
        select.join();
        assertAtRest(channel, other);
    }

    @Test
    void aSupplierIsAskedOnceInEachAwaitAlsoOfALosingClause() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Channel<Integer> full = Capacity.ONE.full();
        Channel<Integer> channel = Channel.bounded(1);
        Select<String> select = fair(received(channel), send(full, asked::incrementAndGet, () -> "sent"));
        channel.send(1);
        assertThat(select.await()).isEqualTo("received 1");
        assertThat(asked).hasValue(1);

        Running<String> waiting = threads.start(select::await);
        sendersWait(full, 1);
        assertThat(asked).hasValue(2);
        channel.send(2);

        assertThat(waiting.result()).isEqualTo("received 2");
        assertThat(asked).hasValue(2);
    }

    @Test
    void nullSwitchesTheClauseOffForThisTime() throws Exception {
        Channel<Integer> channel = Channel.bounded(2);
        List<Integer> outbox = new ArrayList<>(List.of(1, 2));
        Select<String> select = fair(
                send(channel, () -> outbox.isEmpty() ? null : outbox.removeFirst(), () -> "sent"),
                otherwise(() -> "nothing"));

        assertThat(List.of(select.await(), select.await(), select.await())).containsExactly("sent", "sent", "nothing");
        assertThat(channel.receive()).isEqualTo(1);
        assertThat(channel.receive()).isEqualTo(2);
        assertThat(channel.size()).isZero();
    }

    @Test
    void whatASupplierThrowsLeavesAwaitBeforeAnyClauseIsChosen() {
        Channel<Integer> first = Channel.bounded(1);
        IllegalArgumentException thrown = new IllegalArgumentException("no idea");
        Select<String> select = biased(
                sent(first, 1),
                send(
                        other,
                        () -> {
                            throw thrown;
                        },
                        () -> "sent"));

        assertThatIllegalArgumentException().isThrownBy(select::await).isSameAs(thrown);
        assertAtRest(first, other);
        assertThat(first.size()).isZero();
    }

    @Test
    void whatTheActionThrowsLeavesAwaitAndTheMessageIsSent() {
        Channel<Integer> channel = Channel.bounded(1);
        IllegalArgumentException thrown = new IllegalArgumentException("later");

        assertThatIllegalArgumentException()
                .isThrownBy(fair(send(channel, () -> 1, () -> {
                    throw thrown;
                }))::await)
                .isSameAs(thrown);
        assertThat(channel.tryReceive()).isEqualTo(1);
    }

    @Test
    void aSelectNeverMeetsItself() throws Exception {
        Running<String> select = threads.start(fair(sent(other, 1), received(other))::await);
        sendersWait(other, 1);
        receiversWait(other, 1);
        assertThat(select.isDone()).isFalse();

        assertThat(other.receive()).isEqualTo(1);
        assertThat(select.result()).isEqualTo("sent 1");

        select = threads.start(fair(sent(other, 1), received(other))::await);
        sendersWait(other, 1);
        receiversWait(other, 1);
        other.send(2);
        assertThat(select.result()).isEqualTo("received 2");
        assertAtRest(other);
        assertThat(countsOf(other)).isEqualTo("sent 2, received 2, dropped 0, returned 0, size 0");
    }

    @EveryLimitedBuffer
    void norWhenRoomAppearsThatWasReserved(Capacity capacity) throws Exception {
        for (Channel.Builder<Object> builder :
                List.of(capacity.builder(), capacity.builder().lifo())) {
            Channel<Integer> channel = builder.build();
            List<Permit<Integer>> permits = new ArrayList<>();
            for (int i = 0; i < capacity.limit(); i++) {
                permits.add(channel.reserve());
            }
            Running<String> select = threads.start(fair(received(channel), sent(channel, 1))::await);
            sendersWait(channel, 1);
            receiversWait(channel, 1);

            permits.removeFirst().close();

            assertThat(select.result()).isEqualTo("sent 1");
            assertThat(channel.size()).isEqualTo(1);
            permits.forEach(Permit::close);
            assertAtRest(channel);
        }
    }

    @Test
    void twoSelectsMeetEachOther() throws Exception {
        Channel<Integer> another = Channel.rendezvous();
        Running<String> first = threads.start(fair(sent(other, 1), received(another))::await);
        sendersWait(other, 1);
        receiversWait(another, 1);

        String second = fair(received(other), sent(another, 2)).await();

        assertThat(List.of(first.result(), second))
                .isIn(List.of("sent 1", "received 1"), List.of("received 2", "sent 2"));
        assertAtRest(other, another);
    }

    @Test
    void twoSelectsWithTheSameClausesMeetEachOther() throws Exception {
        Running<String> first = threads.start(fair(sent(other, 1), received(other))::await);
        sendersWait(other, 1);

        String second = fair(sent(other, 2), received(other)).await();

        assertThat(List.of(first.result(), second))
                .isIn(List.of("sent 1", "received 1"), List.of("received 2", "sent 2"));
        assertAtRest(other);
    }

    @ParameterizedTest
    @EnumSource(
            value = Overflow.class,
            names = {"DROP_OLDEST", "DROP_LATEST"})
    void aChannelThatDropsIsAlwaysReady(Overflow overflow) throws Exception {
        for (Capacity capacity : List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO)) {
            List<Integer> dropped = new ArrayList<>();
            Channel<Integer> channel = capacity.builder()
                    .overflow(overflow)
                    .<Integer>onDropped(dropped::add)
                    .build();
            capacity.fill(channel);

            assertThat(fair(sent(channel, 99), otherwise(() -> "nothing")).await())
                    .isEqualTo("sent 99");

            boolean latest = overflow == Overflow.DROP_LATEST || capacity == Capacity.ZERO;
            assertThat(dropped).containsExactly(latest ? 99 : 1);
            int n = capacity.limit();
            assertThat(countsOf(channel))
                    .isEqualTo("sent %d, received 0, dropped 1, returned 0, size %d".formatted(n + 1, n));
        }
    }

    @EveryLimit
    void aChannelThatFailsIsReadyOnlyWhenThereIsRoom(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.builder().overflow(Overflow.FAIL).build();
        capacity.fill(channel);
        assertThat(fair(sent(channel, 99), otherwise(() -> "nothing")).await()).isEqualTo("nothing");
        assertThat(fair(sent(channel, 99), timeout(Duration.ofMillis(1), () -> "late"))
                        .await())
                .isEqualTo("late");
        Running<String> select = threads.start(fair(sent(channel, 99), received(other))::await);
        sendersWait(channel, 1);

        List<Integer> received = new ArrayList<>();
        received.add(channel.receive());

        assertThat(select.result()).isEqualTo("sent 99");
        channel.drainTo(received, 100);
        assertThat(received).isEqualTo(capacity.contentsAnd(99));
        assertAtRest(channel, other);
    }

    @Test
    void theSlowestSubscriptionHoldsASelectBack() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(1);
        Subscription<Integer> slow = broadcast.subscribe();
        Subscription<Integer> fast = broadcast.subscribe();
        assertThat(fair(received(other), sent(broadcast, 1)).await()).isEqualTo("sent 1");
        fast.receive();
        Running<String> select = threads.start(fair(received(other), sent(broadcast, 2))::await);
        sendersWait(broadcast, 1);

        assertThat(slow.receive()).isEqualTo(1);

        assertThat(select.result()).isEqualTo("sent 2");
        assertThat(fast.receive()).isEqualTo(2);
        assertThat(broadcast.waiters()).isEmpty();
    }

    /** Writes down what it sees. */
    private static final class Recorder implements ChannelInterceptor<Integer> {

        private final List<String> seen = new CopyOnWriteArrayList<>();
        private final AtomicInteger attachments = new AtomicInteger();

        @Override
        public Object onSend(Integer message) {
            seen.add("send " + message);
            if (message < 0) {
                throw new IllegalArgumentException("negative");
            }
            return attachments.incrementAndGet();
        }

        @Override
        public void onReceive(Integer message, Object attachment) {
            seen.add("receive " + message + " with " + attachment);
        }

        @Override
        public void onSendWaited(long nanos) {
            seen.add("waited");
        }
    }

    @EveryBuffer
    void anInterceptorIsAskedOnceForASendThatNeedNotWait(Capacity capacity) throws Exception {
        Recorder recorder = new Recorder();
        Channel<Integer> channel =
                capacity.builder().<Integer>interceptor(recorder).build();

        assertThat(fair(received(other), sent(channel, 1)).await()).isEqualTo("sent 1");
        channel.receive();

        assertThat(recorder.seen).containsExactly("send 1", "receive 1 with 1");
    }

    @EveryLimit
    void anInterceptorIsAskedOnceForASendThatWaits(Capacity capacity) throws Exception {
        Recorder recorder = new Recorder();
        Channel<Integer> channel =
                capacity.builder().<Integer>interceptor(recorder).build();
        capacity.fill(channel);
        recorder.seen.clear();
        Running<String> select = threads.start(fair(received(other), sent(channel, 99))::await);
        sendersWait(channel, 1);

        List<Integer> received = new ArrayList<>();
        received.add(channel.receive());
        assertThat(select.result()).isEqualTo("sent 99");
        channel.drainTo(received, 100);

        assertThat(recorder.seen.stream().filter(seen -> !seen.startsWith("receive")))
                .containsExactly("send 99", "waited");
        assertThat(recorder.seen).contains("receive 99 with " + (capacity.limit() + 1));
    }

    @EveryLimit
    void forALosingClauseTheResultIsThrownAway(Capacity capacity) throws Exception {
        Recorder recorder = new Recorder();
        Channel<Integer> channel =
                capacity.builder().<Integer>interceptor(recorder).build();
        capacity.fill(channel);
        recorder.seen.clear();
        Running<String> select = threads.start(fair(received(other), sent(channel, 99))::await);
        sendersWait(channel, 1);

        other.send(1);

        assertThat(select.result()).isEqualTo("received 1");
        assertThat(recorder.seen).containsExactly("send 99");
        assertThat(channel.closeNow()).isEqualTo(capacity.contents());
    }

    @Test
    void whatOnSendThrowsLeavesAwaitBeforeAnyClauseIsChosen() {
        Channel<Integer> first = Channel.bounded(1);
        Channel<Integer> channel = Channel.builder("watched")
                .capacity(1)
                .<Integer>interceptor(new Recorder())
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(biased(sent(first, 1), sent(channel, -1))::await)
                .withMessage("negative");
        assertThat(countsOf(first)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @Test
    void anInterceptorIsNotAskedForAClauseThatIsSwitchedOff() throws Exception {
        Recorder recorder = new Recorder();
        Channel<Integer> channel = Channel.builder("watched")
                .capacity(1)
                .<Integer>interceptor(recorder)
                .build();

        assertThat(fair(
                                sent(channel, 1).when(() -> false),
                                Select.<Integer, String>send(channel, () -> null, () -> "sent"),
                                otherwise(() -> "nothing"))
                        .await())
                .isEqualTo("nothing");

        assertThat(recorder.seen).isEmpty();
    }
}
