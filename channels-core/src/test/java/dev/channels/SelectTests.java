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
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A select does the first of several things that is possible, and that one alone. */
@EveryKindOfThread
class SelectTests {

    @Parameter
    private Threads threads;

    private final Channel<Integer> other = Channel.bounded(1);

    private Select<String> fromEither(Receiver<Integer> first, Receiver<Integer> second) {
        return fair(receive(first, message -> "first " + message), receive(second, message -> "second " + message));
    }

    @EveryBuffer
    void aMessageThatIsThereIsTaken(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        channel.send(1);

        assertThat(fromEither(other, channel).await()).isEqualTo("second 1");

        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
        assertAtRest(channel, other);
    }

    @EveryLimit
    void theMessageOfABlockedSenderIsTakenInItsTurn(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.full();
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);

        List<String> taken = new ArrayList<>();
        for (int i = 0; i <= capacity.limit(); i++) {
            taken.add(fromEither(channel, other).await());
        }

        sender.result();
        assertThat(taken)
                .isEqualTo(capacity.contentsAnd(99).stream()
                        .map(message -> "first " + message)
                        .toList());
        assertAtRest(channel, other);
    }

    @EveryLimit
    void theMessageOfAPendingSendIsTaken(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        CompletableFuture<Void> pending = channel.sendAsync(1);

        assertThat(fromEither(other, channel).await()).isEqualTo("second 1");

        pending.join();
        assertAtRest(channel, other);
    }

    @EveryCapacity
    void itWaitsUntilOneOfItsChannelsHasAMessage(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<String> select = threads.start(fromEither(other, channel)::await);
        receiversWait(channel, 1);
        receiversWait(other, 1);
        assertThat(select.isDone()).isFalse();

        channel.send(1);

        assertThat(select.result()).isEqualTo("second 1");
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
        assertAtRest(channel, other);
    }

    @EveryCapacity
    void aSendThatDoesNotWaitFindsASelectThatWaits(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<String> select = threads.start(fromEither(other, channel)::await);
        receiversWait(channel, 1);

        assertThat(channel.trySend(1)).isTrue();

        assertThat(select.result()).isEqualTo("second 1");
    }

    @Test
    void onlyOneOfManyMessagesIsTaken() throws Exception {
        Channel<Integer> channel = Channel.bounded(2);
        channel.send(1);
        channel.send(2);
        other.send(3);

        String taken = fromEither(other, channel).await();

        assertThat(taken).isIn("first 3", "second 1");
        assertThat(channel.size() + other.size()).isEqualTo(2);
        assertAtRest(channel, other);
    }

    @Test
    void aBiasedSelectTakesFromTheFirstThatIsReady() throws Exception {
        List<Channel<Integer>> channels = List.of(Channel.bounded(9), Channel.bounded(9), Channel.bounded(9));
        Select<Integer> select = biased(
                receive(channels.get(0), message -> 0),
                receive(channels.get(1), message -> 1),
                receive(channels.get(2), message -> 2));
        channels.get(2).send(1);
        channels.get(1).send(1);
        channels.get(2).send(1);
        channels.get(0).send(1);
        channels.get(1).send(1);

        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            order.add(select.await());
        }

        assertThat(order).containsExactly(0, 1, 1, 2, 2);
    }

    @EveryCapacity
    void itMayBeAwaitedAgainAndAgain(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Select<String> select = fromEither(channel, other);
        Running<List<String>> selects = threads.start(() -> {
            List<String> taken = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                taken.add(select.await());
            }
            return taken;
        });

        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            channel.send(i);
            other.send(i);
            sent.add("first " + i);
            sent.add("second " + i);
        }

        assertThat(selects.result()).containsExactlyInAnyOrderElementsOf(sent);
        assertAtRest(channel, other);
    }

    @EveryCapacity
    void aChannelMayStandInSeveralClauses(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<String> select = threads.start(fromEither(channel, channel)::await);
        receiversWait(channel, 2);

        channel.send(1);

        assertThat(select.result()).isIn("first 1", "second 1");
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
        assertAtRest(channel);
    }

    @EveryCapacity
    void itIsServedInItsTurn(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<Integer> before = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        Running<String> select = threads.start(fromEither(other, channel)::await);
        receiversWait(channel, 2);
        Running<Integer> after = threads.start(() -> channel.receive());
        receiversWait(channel, 3);

        channel.send(1);
        channel.send(2);
        channel.send(3);

        assertThat(before.result()).isEqualTo(1);
        assertThat(select.result()).isEqualTo("second 2");
        assertThat(after.result()).isEqualTo(3);
        assertAtRest(channel, other);
    }

    @EveryCapacity
    void aSelectThatChoseAnotherClauseTakesNothingFromThoseBehindIt(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<String> select = threads.start(fromEither(other, channel)::await);
        receiversWait(channel, 1);
        Running<Integer> behind = threads.start(() -> channel.receive());
        receiversWait(channel, 2);

        other.send(1);
        channel.send(2);

        assertThat(select.result()).isEqualTo("first 1");
        assertThat(behind.result()).isEqualTo(2);
        assertAtRest(channel, other);
    }

    @EveryCapacity
    void aSelectThatWaitsIsShownOnceForEachClause(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Running<String> select = threads.start(fair(
                receive(channel, message -> "first"),
                receive(other, message -> "second"),
                receive(channel, message -> "third"))::await);
        receiversWait(other, 1);

        assertThat(channel.blockedReceivers()).isEqualTo(2);
        assertThat(channel.waiters()).extracting(Waiter::thread).containsExactly(select.thread(), select.thread());
        assertThat(channel.waiters()).extracting(Waiter::side).containsOnly(Waiter.Side.RECEIVE);
        assertThat(other.waiters()).extracting(Waiter::thread).containsExactly(select.thread());

        channel.send(1);
        select.result();
        assertAtRest(channel, other);
    }

    @Test
    void twoSubscriptionsOfOneBroadcastKeepTheirMessagesApart() throws Exception {
        Broadcast<Integer> broadcast = Broadcast.create(2);
        Subscription<Integer> first = broadcast.subscribe();
        Subscription<Integer> second = broadcast.subscribe();
        Running<String> select = threads.start(fromEither(first, second)::await);
        receiversWait(broadcast, 2);

        broadcast.send(1);

        String taken = select.result();
        assertThat(taken).isIn("first 1", "second 1");
        assertThat(fromEither(first, second).await())
                .isIn("first 1", "second 1")
                .isNotEqualTo(taken);
        assertThat(broadcast.waiters()).isEmpty();
        assertThat(broadcast.stats().received()).isEqualTo(2);
    }

    @Test
    void messagesComeInTheOrderOfTheChannel() throws Exception {
        Channel<Integer> priority = Channel.builder("least first")
                .capacity(3)
                .priority(Integer::compareTo)
                .build();
        Channel<Integer> lifo =
                Channel.builder("newest first").unbounded().lifo().build();
        for (int message : List.of(2, 1, 3)) {
            priority.send(message);
            lifo.send(message);
        }
        Select<Integer> select = biased(receive(priority, message -> message), receive(lifo, message -> message));

        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            taken.add(select.await());
        }

        assertThat(taken).containsExactly(1, 2, 3, 3, 1, 2);
    }

    @EveryCapacity
    void aHandlerRunsInTheThreadThatAwaitsAndMayUseTheChannel(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        AtomicReference<Thread> handler = new AtomicReference<>();
        Select<Integer> select = fair(
                receive(channel, message -> {
                    handler.set(Thread.currentThread());
                    channel.trySend(2);
                    Integer next = channel.tryReceive();
                    channel.close();
                    return message + channel.size() + (next == null ? 0 : next);
                }),
                receive(other, message -> message));
        Running<Integer> running = threads.start(select::await);
        receiversWait(channel, 1);

        channel.send(1);

        assertThat(running.result()).isEqualTo(capacity == Capacity.ZERO ? 1 : 3);
        assertThat(handler.get()).isSameAs(running.thread());
    }

    @EveryCapacity
    void othersUseTheChannelWhileAHandlerIsBusy(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Select<Integer> select = fair(
                receive(channel, message -> {
                    entered.countDown();
                    release.await();
                    return message;
                }),
                receive(other, message -> -message));
        Running<Integer> busy = threads.start(select::await);
        receiversWait(channel, 1);
        channel.send(1);
        entered.await();

        Running<Integer> receiver = threads.start(() -> channel.receive() + other.receive());
        receiversWait(channel, 1);
        Running<Void> sender = threads.run(() -> {
            channel.send(2);
            other.send(3);
        });

        sender.result();
        assertThat(receiver.result()).isEqualTo(5);
        assertAtRest(channel, other);
        release.countDown();
        assertThat(busy.result()).isEqualTo(1);
    }

    @Test
    void aHandlerMayAwaitTheSameSelect() throws Exception {
        List<Integer> taken = new ArrayList<>();
        AtomicReference<Select<Integer>> self = new AtomicReference<>();
        self.set(fair(
                receive(other, message -> {
                    taken.add(message);
                    other.send(2);
                    return message == 1 ? self.get().await() : message;
                }),
                receive(Channel.<Integer>rendezvous(), message -> message)));
        other.send(1);

        assertThat(self.get().await()).isEqualTo(2);
        assertThat(taken).containsExactly(1, 2);
    }

    @EveryCapacity
    void whatAHandlerThrowsLeavesAwaitAndTheMessageCountsAsReceived(Capacity capacity) throws Exception {
        for (Exception thrown : List.of(new IllegalArgumentException("bad"), new InterruptedException("own"))) {
            Channel<Integer> channel = capacity.channel();
            Running<String> select = threads.start(fair(
                    receive(channel, message -> {
                        if (thrown instanceof InterruptedException interrupted) {
                            throw interrupted;
                        }
                        throw (RuntimeException) thrown;
                    }),
                    receive(other, message -> "other"))::await);
            receiversWait(channel, 1);

            channel.send(1);

            assertThat(select.failure()).isSameAs(thrown);
            assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
            assertAtRest(channel, other);
        }
    }

    @Test
    void anInterruptOnEntryThrowsBeforeAnythingIsAskedOrChosen() throws Exception {
        other.send(1);
        List<String> asked = new ArrayList<>();
        List<Select<String>> selects = List.of(
                fair(
                        Select.<Integer, String>receive(other, message -> "received")
                                .when(() -> asked.add("guard")),
                        send(Channel.<Integer>unbounded(), () -> asked.add("message") ? 1 : 2, () -> "sent"),
                        otherwise(() -> "nothing")),
                fair(receive(other, message -> "received"), timeout(Duration.ZERO, () -> "late")),
                fair(otherwise(() -> "nothing")));
        for (Select<String> select : selects) {
            Running<String> running = threads.start(() -> {
                Thread.currentThread().interrupt();
                return select.await();
            });

            assertThat(running.failure()).isInstanceOf(InterruptedException.class);
            assertThat(running.endedInterrupted()).isFalse();
        }
        assertThat(asked).isEmpty();
        assertThat(other.size()).isEqualTo(1);
    }

    @EveryCapacity
    void aSelectThatIsInterruptedWhileItWaitsHasDoneNothing(Capacity capacity) throws Exception {
        Channel<Integer> channel = capacity.channel();
        Channel<Integer> full = Capacity.ONE.full();
        Running<String> select = threads.start(fair(
                receive(channel, message -> "received"),
                send(full, () -> 2, () -> "sent"),
                timeout(Duration.ofHours(1), () -> "late"))::await);
        receiversWait(channel, 1);
        sendersWait(full, 1);

        select.interrupt();

        assertThat(select.failure()).isInstanceOf(InterruptedException.class);
        assertThat(select.endedInterrupted()).isFalse();
        assertAtRest(channel, full);
        assertThat(channel.trySend(1)).isEqualTo(capacity != Capacity.ZERO);
        assertThat(full.tryReceive()).isEqualTo(1);
        assertThat(full.size()).isZero();
    }

    @EveryCapacity
    void anInterceptorSeesWhatASelectReceives(Capacity capacity) throws Exception {
        List<String> seen = new ArrayList<>();
        List<Thread> seenBy = new ArrayList<>();
        Channel<Integer> channel = capacity.builder()
                .<Integer>interceptor(new ChannelInterceptor<>() {
                    @Override
                    public Object onSend(Integer message) {
                        return "attached to " + message;
                    }

                    @Override
                    public void onReceive(Integer message, Object attachment) {
                        seen.add(message + " " + attachment);
                        seenBy.add(Thread.currentThread());
                        if (message == 2) {
                            throw new IllegalArgumentException("two");
                        }
                    }
                })
                .build();
        Select<String> select = fromEither(channel, other);
        Running<String> waiting = threads.start(select::await);
        receiversWait(channel, 1);
        channel.send(1);
        assertThat(waiting.result()).isEqualTo("first 1");
        CompletableFuture<Void> second = channel.sendAsync(2);

        Running<String> ready = threads.start(select::await);

        assertThat(ready.failure()).isInstanceOf(IllegalArgumentException.class);
        second.join();
        assertThat(seen).containsExactly("1 attached to 1", "2 attached to 2");
        assertThat(seenBy).containsExactly(waiting.thread(), ready.thread());
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 2, dropped 0, returned 0, size 0");
    }

    @Test
    void anActionMayThrowAsAHandlerMay() throws Exception {
        UncheckedFailure thrown = new UncheckedFailure(new IOException("disk full"));
        Select<String> select = fair(receive(other, message -> "received"), otherwise(() -> {
            throw thrown;
        }));

        Running<String> running = threads.start(select::await);

        assertThat(running.failure()).isSameAs(thrown);
        assertAtRest(other);
    }

    private static final class UncheckedFailure extends RuntimeException {

        private static final long serialVersionUID = 1;

        UncheckedFailure(IOException cause) {
            super(cause);
        }
    }

    static void assertAtRest(Channel<?>... channels) {
        for (Channel<?> channel : channels) {
            assertThat(channel.waiters()).isEmpty();
            assertThat(channel.blockedSenders()).isZero();
            assertThat(channel.blockedReceivers()).isZero();
            assertThat(countsOf(channel)).endsWith("size " + channel.size());
        }
    }
}
