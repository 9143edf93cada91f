package dev.channels;

import static dev.channels.Select.biased;
import static dev.channels.Select.fair;
import static dev.channels.Select.otherwise;
import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.Select.timeout;
import static dev.channels.SelectTests.assertAtRest;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Selects against each other, and against all that can happen to their channels at the same instant: one clause is
 * chosen and no more, no message is lost or taken twice, nobody is stuck and nothing is left behind.
 *
 * <p>How often is the system property {@code stress.rounds}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SelectStressTests {

    private static final int ROUNDS = Integer.getInteger("stress.rounds", 2_000);
    private static final List<Capacity> LIMITS = List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO);
    private static final List<Capacity> ALL = List.of(Capacity.values());

    private final SplittableRandom random = new SplittableRandom(42);

    static Select.Clause<Integer> received(Receiver<Integer> from) {
        return receive(from, message -> message);
    }

    /** Sends a message; the result is its negative. */
    private static Select.Clause<Integer> sent(Sender<Integer> to, int message) {
        return send(to, () -> message, () -> -message);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static Select<Integer> either(int round, Select.Clause<Integer>... clauses) {
        return round % 3 == 0 ? biased(clauses) : fair(clauses);
    }

    @Test
    void twoSelectsThatCrossOnTwoChannels() throws Exception {
        Channel<Integer> x = Channel.rendezvous();
        Channel<Integer> y = Channel.rendezvous();
        for (int round = 0; round < ROUNDS; round++) {
            Select<Integer> one = either(round, sent(x, 1), received(y));
            Select<Integer> another = either(round, sent(y, 2), received(x));
            Running<Integer> first = threads(round).start(one::await);
            hesitate();

            Integer second = another.await();

            assertThat(List.of(first.result(), second)).isIn(List.of(-1, 1), List.of(2, -2));
            assertAtRest(x, y);
        }
    }

    @Test
    void threeSelectsInACircleOfThreeChannels() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Channel<Integer>> channels = List.of(Channel.rendezvous(), Channel.rendezvous(), Channel.rendezvous());
            List<Running<Integer>> selects = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Select<Integer> select = either(
                        round,
                        sent(channels.get(i), i + 1).onClosed(() -> 0),
                        received(channels.get((i + 1) % 3)).onClosed(() -> 0));
                selects.add(threads(round + i).start(select::await));
                hesitate();
            }

            until(() -> channels.stream().mapToLong(c -> c.stats().received()).sum() == 1);
            channels.forEach(Channel::closeNow);

            List<Integer> results = new ArrayList<>();
            for (Running<Integer> select : selects) {
                results.add(select.result());
            }
            assertThat(results).containsOnlyOnce(0);
            assertThat(results.stream().mapToInt(Integer::intValue).sum()).isZero();
            assertAtRest(channels.toArray(Channel[]::new));
        }
    }

    @Test
    void manySelectsThatSendAndReceiveOnOneChannel() throws Exception {
        for (int round = 0; round < ROUNDS / 4; round++) {
            Channel<Integer> channel = Channel.rendezvous();
            List<Running<Integer>> selects = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                Select<Integer> select = either(round, sent(channel, i), received(channel), received(channel));
                selects.add(threads(round + i).start(select::await));
                if (random.nextInt(4) == 0) {
                    hesitate();
                }
            }

            List<Integer> results = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                Integer result = selects.get(i - 1).result();
                assertThat(result).isNotEqualTo(i);
                results.add(result);
            }
            assertThat(results).doesNotHaveDuplicates();
            assertThat(results.stream().mapToInt(Integer::intValue).sum()).isZero();
            assertThat(channel.stats().sent()).isEqualTo(3);
            assertAtRest(channel);
        }
    }

    @Test
    void aMessageOnEachChannelAtOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> x = ALL.get(round % 5).channel();
            Channel<Integer> y = ALL.get(round / 5 % 5).channel();
            Select<Integer> select = either(round, received(x), received(y));
            Running<List<Integer>> selects = threads(round).start(() -> List.of(select.await(), select.await()));
            Running<Void> sender = threads(round / 2).run(() -> x.send(1));

            hesitate();
            y.send(2);

            assertThat(selects.result()).containsExactlyInAnyOrder(1, 2);
            sender.result();
            assertAtRest(x, y);
        }
    }

    @Test
    void oneMessageForASelectAndAReceiverBehindIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> x = ALL.get(round % 5).channel();
            Channel<Integer> y = ALL.get(round / 5 % 5).channel();
            Running<Integer> select = threads(round).start(either(round, received(x), received(y))::await);
            until(() -> x.blockedReceivers() == 1);
            Running<Integer> behind = threads(round / 2).start(() -> x.receive());
            Running<Void> sender = threads(round / 4).run(() -> x.send(1));

            hesitate();
            CompletableFuture<Void> another = y.sendAsync(2);

            if (select.result() == 2) {
                assertThat(behind.result()).isEqualTo(1);
            } else {
                assertThat(select.result()).isEqualTo(1);
                assertThat(y.tryReceive()).isEqualTo(2);
                x.send(3);
                assertThat(behind.result()).isEqualTo(3);
            }
            sender.result();
            another.get(10, TimeUnit.SECONDS);
            assertAtRest(x, y);
        }
    }

    @Test
    void aCloseAgainstASelect() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> in = ALL.get(round % 5).channel();
            Channel<Integer> out = LIMITS.get(round / 5 % 3).full();
            int held = out.size();
            Running<Integer> select = threads(round)
                    .start(either(
                            round,
                            received(in).onClosed(() -> 100),
                            sent(out, 99).onClosed(() -> 200))::await);
            if (random.nextBoolean()) {
                until(() -> in.blockedReceivers() + out.blockedSenders() == 2);
            }
            CompletableFuture<Void> send = new CompletableFuture<>();
            Running<Void> sender = threads(round / 2).run(() -> {
                in.sendAsync(1).handle((sent, failure) -> failure == null ? send.complete(null) : send.cancel(true));
                out.close();
            });

            hesitate();
            in.close();

            Integer result = select.result();
            sender.result();
            assertThat(result).isIn(1, 100, 200);
            if (!send.isCompletedExceptionally()) {
                assertThat(result == 1 ? null : in.tryReceive()).isEqualTo(result == 1 ? null : 1);
            }
            assertThat(out.size()).isEqualTo(held);
            assertAtRest(in, out);
        }
    }

    @Test
    void aCloseAtOnceAgainstASelectAtBothEnds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = LIMITS.get(round % 3).channel();
            boolean[] on = {true};
            Select<Integer> select = either(
                    round,
                    Select.<Integer, Integer>send(channel, () -> on[0] ? 1 : null, () -> 1)
                            .onClosed(() -> -1),
                    received(channel).onClosed(() -> -1));
            Running<Void> selects = threads(round).run(() -> {
                for (int result = 0; result != -1; result = select.await()) {
                    on[0] = !on[0];
                }
            });
            Running<Void> partner = threads(round / 2).run(() -> {
                try {
                    while (true) {
                        channel.tryReceive(Duration.ofNanos(20_000));
                    }
                } catch (ChannelClosedException closed) {
                    // the end
                }
            });

            hesitate();
            channel.closeNow();

            selects.result();
            partner.result();
            assertAtRest(channel);
        }
    }

    @Test
    void sendersThatDropTheOldestAgainstASelectAtBothEnds() throws Exception {
        LongAdder dropped = new LongAdder();
        Channel<Integer> channel = Channel.builder("newest")
                .capacity(1)
                .overflow(Overflow.DROP_OLDEST)
                .<Integer>onDropped(message -> dropped.increment())
                .build();
        AtomicBoolean done = new AtomicBoolean();
        Running<Void> sender = threads(0).run(() -> {
            for (int message = 0; !done.get(); message++) {
                channel.send(message);
                channel.send(message);
                hesitate(message % 300);
            }
            channel.close();
        });
        Select<Integer> select =
                fair(send(channel, () -> null, () -> -1), received(channel).onClosed(() -> -1));

        for (int round = 0; round < ROUNDS; round++) {
            Running<Void> selects = threads(round).run(() -> {
                for (int i = 0; i < 10; i++) {
                    assertThat(select.await()).isNotNegative();
                }
            });
            selects.result();
        }

        done.set(true);
        sender.result();
        channel.tryReceive();
        assertThat(dropped.sum()).isEqualTo(channel.stats().dropped());
        assertAtRest(channel);
    }

    @Test
    void anInterruptAgainstASelect() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> in = ALL.get(round % 5).channel();
            Channel<Integer> out = LIMITS.get(round / 5 % 3).full();
            int held = out.size();
            AtomicBoolean interrupted = new AtomicBoolean();
            Select<Integer> select = either(round, received(in), sent(out, 99));
            Running<Integer> running = threads(round).start(() -> {
                Integer result = select.await();
                until(interrupted::get);
                return Thread.currentThread().isInterrupted() ? result : 0;
            });
            until(() -> in.blockedReceivers() + out.blockedSenders() == 2);
            boolean receives = random.nextBoolean();
            Running<Integer> partner =
                    threads(round / 2).start(() -> receives ? out.tryReceive() : (Integer) (in.trySend(1) ? 1 : 0));

            hesitate(random.nextInt(400));
            running.interrupt();
            interrupted.set(true);

            Integer offered = partner.result();
            boolean tookEffect = running.failureIfAny() == null;
            if (tookEffect) {
                assertThat(running.result()).isEqualTo(receives ? -99 : 1);
                assertThat(in.size()).isZero();
                assertThat(out.size()).isEqualTo(held);
            } else {
                assertThat(running.failure()).isInstanceOf(InterruptedException.class);
                assertThat(running.endedInterrupted()).isFalse();
                assertThat(in.size()).isEqualTo(!receives && offered == 1 ? 1 : 0);
                assertThat(out.size()).isEqualTo(receives && held > 0 ? held - 1 : held);
            }
            assertAtRest(in, out);
        }
    }

    @Test
    void aTimeoutAgainstAMessage() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> x = ALL.get(round % 5).channel();
            Channel<Integer> y = ALL.get(round / 5 % 5).channel();
            Select<Integer> select =
                    either(round, received(x), received(y), timeout(Duration.ofNanos(random.nextInt(60_000)), () -> 0));
            Running<Integer> running = threads(round).start(select::await);

            hesitate();
            CompletableFuture<Void> first = x.sendAsync(1);
            CompletableFuture<Void> second = y.sendAsync(2);

            Integer taken = running.result();
            assertThat(taken).isIn(0, 1, 2);
            assertThat(x.tryReceive()).isEqualTo(taken == 1 ? null : 1);
            assertThat(y.tryReceive()).isEqualTo(taken == 2 ? null : 2);
            first.get(10, TimeUnit.SECONDS);
            second.get(10, TimeUnit.SECONDS);
            assertAtRest(x, y);
        }
    }

    @Test
    void aClosedHandleAgainstASelectThatWaitsWithIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> in = ALL.get(round % 5).channel();
            Channel<Integer> out = LIMITS.get(round / 5 % 3).full();
            int held = out.size();
            ReceiverHandle<Integer> receiver = in.newReceiver();
            SenderHandle<Integer> sender = out.newSender();
            SenderHandle<Integer> staying = out.newSender();
            ReceiverHandle<Integer> stayingToo = in.newReceiver();
            Select<Integer> select = either(round, received(receiver), sent(sender, 99), received(stayingToo))
                    .skipClosed();
            Running<Integer> running = threads(round).start(select::await);
            Running<Void> partner = threads(round / 2).run(() -> {
                sender.close();
                in.send(1);
            });

            hesitate();
            receiver.close();

            assertThat(running.result()).isEqualTo(1);
            partner.result();
            assertThat(out.size()).isEqualTo(held);
            assertThat(staying.isClosedForSend()).isFalse();
            assertAtRest(in, out);
        }
    }

    @Test
    void aSelectThatSkipsWhatIsClosedTakesEverythingFromTheRest() throws Exception {
        for (int round = 0; round < ROUNDS / 2; round++) {
            AtomicIntegerArray ends = new AtomicIntegerArray(30);
            List<Channel<Integer>> channels =
                    List.of(ALL.get(round % 5).channel(), ALL.get(round / 5 % 5).channel(), Channel.rendezvous());
            List<Running<Void>> senders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int first = 10 * i;
                Channel<Integer> channel = channels.get(i);
                senders.add(threads(round + i).run(() -> {
                    for (int message = first; message < first + 10; message++) {
                        channel.send(message);
                    }
                    channel.close();
                }));
            }
            Select<Integer> select = either(
                            round, received(channels.get(0)), received(channels.get(1)), received(channels.get(2)))
                    .skipClosed();
            List<Running<Void>> selects = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                selects.add(threads(round / 2 + i).run(() -> {
                    try {
                        while (true) {
                            ends.incrementAndGet(select.skipClosed().await());
                        }
                    } catch (ChannelClosedException end) {
                        // all are
                    }
                }));
            }

            for (Running<Void> running : senders) {
                running.result();
            }
            for (Running<Void> running : selects) {
                running.result();
            }
            assertEachOnce(ends);
            assertAtRest(channels.toArray(Channel[]::new));
        }
    }

    @Test
    void otherwiseIsNotChosenWhileAtEveryInstantAMessageIsThere() throws Exception {
        Channel<Integer> x = Channel.bounded(2);
        Channel<Integer> y = Channel.bounded(2);
        x.send(1);
        AtomicBoolean done = new AtomicBoolean();
        Running<Void> mover = threads(0).run(() -> {
            while (!done.get()) {
                y.send(1);
                x.receive();
                x.send(1);
                y.receive();
            }
        });
        Channel<Integer> empty = Channel.rendezvous();
        for (Select<Channel<Integer>> select : List.<Select<Channel<Integer>>>of(
                biased(receive(x, m -> x), receive(empty, m -> empty), receive(y, m -> y), otherwise(() -> null)),
                fair(receive(y, m -> y), receive(x, m -> x), timeout(Duration.ZERO, () -> null)))) {
            for (int round = 0; round < ROUNDS * 500; round++) {
                Channel<Integer> taken = select.await();
                assertThat(taken).as("round %d", round).isNotNull();
                taken.send(1);
            }
        }

        done.set(true);
        mover.result();
        assertAtRest(x, y);
    }

    private static Threads threads(int round) {
        return Threads.alternating(round);
    }

    /** A moment of random length, so that either side may come first. */
    private void hesitate() {
        hesitate(random.nextInt(2_000));
    }

    private static void hesitate(int spins) {
        for (int i = spins; i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("somebody is stuck");
            }
            LockSupport.parkNanos(5_000);
        }
    }

    private static void assertEachOnce(AtomicIntegerArray ends) {
        for (int message = 0; message < ends.length(); message++) {
            if (ends.get(message) != 1) {
                throw new AssertionError("message " + message + " ended " + ends.get(message) + " times");
            }
        }
    }
}
