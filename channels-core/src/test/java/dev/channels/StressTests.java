package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two things that happen at the same instant, again and again: whoever wins, each message is received, dropped, returned
 * or reported as not sent, exactly one of these, and nobody is stuck.
 *
 * <p>How often is the system property {@code stress.rounds}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class StressTests {

    private static final int ROUNDS = Integer.getInteger("stress.rounds", 2_000);
    private static final List<Capacity> LIMITS = List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO);
    private static final List<Capacity> ALL = List.of(Capacity.values());
    private static final List<Overflow> POLICIES = List.of(Overflow.values());

    private final SplittableRandom random = new SplittableRandom(42);
    private final AtomicInteger marks = new AtomicInteger();

    @Test
    void aCloseAgainstABlockedSender() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            Channel<Integer> channel = capacity.full();
            Running<Void> sender = threads(round).run(() -> channel.send(99));
            if (random.nextBoolean()) {
                until(() -> channel.blockedSenders() == 1);
            }
            Running<List<Integer>> receiver =
                    threads(round / 2).start(() -> channel.stream().toList());

            hesitate();
            channel.close();

            boolean sent = sender.failureIfAny() == null;
            if (!sent) {
                assertThat(sender.failure()).isInstanceOf(ChannelClosedException.class);
            }
            assertThat(receiver.result()).isEqualTo(sent ? capacity.contentsAnd(99) : capacity.contents());
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aCloseAtOnceAgainstReceives() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = ALL.get(round % ALL.size());
            int messages = 6;
            AtomicIntegerArray ends = new AtomicIntegerArray(messages);
            Channel<Integer> channel = capacity.channel();
            Running<Void> sender = threads(round).run(() -> {
                for (int message = 0; message < messages; message++) {
                    try {
                        channel.send(message);
                    } catch (ChannelClosedException closed) {
                        ends.incrementAndGet(message);
                    }
                }
            });
            List<Running<Void>> receivers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                receivers.add(threads(round / 2 + i).run(() -> {
                    try {
                        while (true) {
                            ends.incrementAndGet(channel.receive());
                        }
                    } catch (ChannelClosedException closed) {
                        // the end
                    }
                }));
            }

            hesitate();
            channel.closeNow().forEach(ends::incrementAndGet);

            sender.result();
            for (Running<Void> receiver : receivers) {
                receiver.result();
            }
            assertEachOnce(ends);
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aCloseAtOnceAgainstSends() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = ALL.get(round % ALL.size()).channel();
            AtomicIntegerArray ends = new AtomicIntegerArray(6);
            Running<Void> blocking = threads(round).run(() -> {
                for (int message = 0; message < 3; message++) {
                    try {
                        channel.send(message);
                    } catch (ChannelClosedException closed) {
                        ends.incrementAndGet(message);
                    }
                }
            });
            Running<Void> other = threads(round / 2).run(() -> {
                CompletableFuture<Void> async = channel.sendAsync(3);
                for (int message = 4; message < 6; message++) {
                    try {
                        if (!channel.trySend(message)) {
                            ends.incrementAndGet(message);
                        }
                    } catch (ChannelClosedException closed) {
                        ends.incrementAndGet(message);
                    }
                }
                async.handle((nothing, failure) -> failure == null ? 0 : ends.incrementAndGet(3))
                        .get();
            });

            hesitate();
            channel.closeNow().forEach(ends::incrementAndGet);

            blocking.result();
            other.result();
            assertEachOnce(ends);
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aCloseAtOnceAgainstAnother() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            Channel<Integer> channel = capacity.full();
            Throwable cause = new Exception("one");
            Throwable anotherCause = new Exception("other");
            Running<Void> sender = threads(round / 2).run(() -> channel.send(99));
            until(() -> channel.blockedSenders() == 1);

            Running<List<Integer>> other = threads(round).start(() -> channel.closeNow(anotherCause));
            hesitate();
            List<Integer> returned = new ArrayList<>(channel.closeNow(cause));

            returned.addAll(other.result());
            assertThat(returned).isEqualTo(capacity.contents());
            Throwable decided = sender.failure().getCause();
            assertThat(decided).isIn(cause, anotherCause);
            assertThat(channel.sendAsync(1).exceptionNow()).hasCause(decided);
            assertThat(channel.receiveAsync().exceptionNow()).hasCause(decided);
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void anInterruptAgainstASend() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            Channel<Integer> channel = capacity.full();
            AtomicBoolean interrupted = new AtomicBoolean();
            Running<Boolean> first = threads(round).start(() -> {
                channel.send(98);
                return flagAfter(interrupted);
            });
            until(() -> channel.blockedSenders() == 1);
            Running<Void> second = threads(round / 2).run(() -> channel.send(99));
            until(() -> channel.blockedSenders() == 2);
            Running<Integer> receiver = onTheMark(round / 4, channel, () -> channel.receive());

            begin();
            first.interrupt();
            interrupted.set(true);

            List<Integer> received = new ArrayList<>();
            received.add(receiver.result());
            boolean sent = first.failureIfAny() == null;
            assertInterruptTold(first, sent);
            until(() -> channel.blockedSenders() == 0 || channel.size() == capacity.limit());
            channel.drainTo(received, 10);
            second.result();
            assertThat(received).isEqualTo(sent ? capacity.contentsAnd(98, 99) : capacity.contentsAnd(99));
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void anInterruptAgainstAReceive() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = ALL.get(round % ALL.size()).channel();
            AtomicBoolean interrupted = new AtomicBoolean();
            List<Integer> received = new ArrayList<>();
            Running<Boolean> first = threads(round).start(() -> {
                received.add(channel.receive());
                return flagAfter(interrupted);
            });
            until(() -> channel.blockedReceivers() == 1);
            Running<Integer> second = threads(round / 2).start(() -> channel.receive());
            until(() -> channel.blockedReceivers() == 2);
            Running<Void> sender = onTheMark(round / 4, channel, () -> {
                channel.send(1);
                return null;
            });

            begin();
            first.interrupt();
            interrupted.set(true);

            sender.result();
            boolean got = first.failureIfAny() == null;
            assertInterruptTold(first, got);
            if (got) {
                assertThat(received).containsExactly(1);
                channel.send(2);
                assertThat(second.result()).isEqualTo(2);
            } else {
                assertThat(received).isEmpty();
                assertThat(second.result()).isEqualTo(1);
            }
            assertAtRestAndEmpty(channel);
        }
    }

    private static boolean flagAfter(AtomicBoolean interrupted) {
        while (!interrupted.get()) {
            LockSupport.parkNanos(5_000);
        }
        return Thread.currentThread().isInterrupted();
    }

    private static void assertInterruptTold(Running<Boolean> thread, boolean tookEffect) throws InterruptedException {
        if (tookEffect) {
            assertThat(thread.result()).as("flag kept").isTrue();
        } else {
            assertThat(thread.failure()).isInstanceOf(InterruptedException.class);
            assertThat(thread.endedInterrupted()).as("flag cleared").isFalse();
        }
    }

    @Test
    void aTimeoutAgainstASend() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            Channel<Integer> channel = capacity.full();
            Duration timeout = Duration.ofNanos(random.nextInt(60_000));
            Running<Boolean> first = threads(round).start(() -> channel.trySend(98, timeout));
            Running<Boolean> second = threads(round / 2).start(() -> channel.trySend(99, Duration.ofHours(1)));

            hesitate();
            List<Integer> received = new ArrayList<>();
            while (!received.contains(99)) {
                Integer message = channel.tryReceive();
                if (message != null) {
                    received.add(message);
                }
            }

            assertThat(second.result()).isTrue();
            boolean sent = first.result();
            channel.drainTo(received, 10);
            assertThat(received.subList(0, capacity.limit())).isEqualTo(capacity.contents());
            assertThat(received).hasSize(capacity.limit() + (sent ? 2 : 1)).doesNotHaveDuplicates();
            assertThat(received.contains(98)).isEqualTo(sent);
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aTimeoutAgainstAReceive() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = ALL.get(round % ALL.size()).channel();
            Duration timeout = Duration.ofNanos(random.nextInt(60_000));
            Running<Integer> first = threads(round).start(() -> channel.tryReceive(timeout));
            Running<Integer> second = threads(round / 2).start(() -> channel.tryReceive(Duration.ofHours(1)));

            hesitate();
            channel.send(1);

            Integer received = first.result();
            if (received == null) {
                assertThat(second.result()).isEqualTo(1);
            } else {
                assertThat(received).isEqualTo(1);
                channel.send(2);
                assertThat(second.result()).isEqualTo(2);
            }
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aCancelAgainstAPendingSend() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            Channel<Integer> channel = capacity.full();
            CompletableFuture<Void> first = channel.sendAsync(98);
            CompletableFuture<Void> second = channel.sendAsync(99);
            Running<Integer> receiver = onTheMark(round, channel, () -> channel.receive());

            begin();
            boolean takenBack = end(first, round);

            List<Integer> received = new ArrayList<>();
            received.add(receiver.result());
            channel.drainTo(received, 10);
            second.get(10, TimeUnit.SECONDS);
            assertThat(received).isEqualTo(takenBack ? capacity.contentsAnd(99) : capacity.contentsAnd(98, 99));
            if (!takenBack) {
                first.get(10, TimeUnit.SECONDS);
            }
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aCancelAgainstAPendingReceive() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = ALL.get(round % ALL.size()).channel();
            CompletableFuture<Integer> first = channel.receiveAsync();
            CompletableFuture<Integer> second = channel.receiveAsync();
            Running<Void> sender = onTheMark(round, channel, () -> {
                channel.send(1);
                return null;
            });

            begin();
            boolean takenBack = end(first, round);

            sender.result();
            if (takenBack) {
                assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            } else {
                assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
                assertThat(second.cancel(true)).isTrue();
            }
            assertAtRestAndEmpty(channel);
        }
    }

    /** Completes a future by hand and tells whether that was in time. */
    private static boolean end(CompletableFuture<?> future, int round) {
        return switch (round % 3) {
            case 0 -> future.cancel(true);
            case 1 -> future.complete(null);
            default -> future.completeExceptionally(new IllegalArgumentException());
        };
    }

    @Test
    void anInterruptAgainstACloseOfThoseWhoWait() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Capacity capacity = LIMITS.get(round % LIMITS.size());
            boolean sends = random.nextBoolean();
            Channel<Integer> channel = sends ? capacity.full() : capacity.channel();
            Running<Void> waiting = threads(round).run(() -> {
                if (sends) {
                    channel.send(99);
                } else {
                    channel.receive();
                }
            });
            until(() -> channel.blockedSenders() + channel.blockedReceivers() == 1);
            Running<List<Integer>> closer = threads(round / 2).start(() -> channel.closeNow());

            hesitate();
            waiting.interrupt();

            assertThat(waiting.failure()).isInstanceOfAny(InterruptedException.class, ChannelClosedException.class);
            assertThat(closer.result()).isEqualTo(sends ? capacity.contents() : List.of());
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void anInterruptAgainstLingering() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Channel<Integer> channel = ALL.get(round % ALL.size()).channel();
            List<Integer> taken = new ArrayList<>();
            Running<Integer> receiver =
                    threads(round).start(() -> channel.receiveMany(taken, 3, Duration.ofSeconds(Long.MAX_VALUE)));
            Running<Boolean> sender = threads(round / 2).start(() -> {
                channel.send(1);
                return channel.trySend(2);
            });

            until(() -> channel.stats().received() > 0);
            hesitate();
            receiver.interrupt();

            boolean sentTwo = sender.result();
            int count = receiver.result();
            assertThat(taken).hasSize(count).isEqualTo(count == 1 ? List.of(1) : List.of(1, 2));
            channel.drainTo(taken, 10);
            assertThat(taken).isEqualTo(sentTwo ? List.of(1, 2) : List.of(1));
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aClosedSubscriptionAgainstASenderThatWaitsForIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Broadcast<Integer> broadcast = Broadcast.create(1);
            Subscription<Integer> slow = broadcast.subscribe();
            Subscription<Integer> fast = broadcast.subscribe();
            broadcast.send(1);
            assertThat(fast.receive()).isEqualTo(1);
            Running<Void> sender = threads(round).run(() -> broadcast.send(2));
            Running<Integer> reader = threads(round / 2).start(() -> slow.tryReceive(Duration.ofHours(1)));

            hesitate();
            slow.close();

            sender.result();
            assertThat(fast.receive()).isEqualTo(2);
            if (reader.failureIfAny() == null) {
                assertThat(reader.result()).isEqualTo(1);
            } else {
                assertThat(reader.failure()).isInstanceOf(ChannelClosedException.class);
            }
            fast.close();
            ChannelStats stats = broadcast.stats();
            assertThat(stats.received() + stats.dropped()).isBetween(3L, 4L);
            assertThat(broadcast.waiters()).isEmpty();
        }
    }

    @Test
    void aNewSubscriptionAgainstASender() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Broadcast<Integer> broadcast = Broadcast.create(2);
            Running<Void> sender = threads(round).run(() -> {
                for (int i = 0; i < 5; i++) {
                    broadcast.send(i);
                }
                broadcast.close();
            });

            hesitate();
            try (Subscription<Integer> subscription = broadcast.subscribe()) {
                List<Integer> received = subscription.stream().toList();

                for (int i = 0; i < received.size(); i++) {
                    assertThat(received.get(i)).isEqualTo(5 - received.size() + i);
                }
                sender.result();
                assertThat(broadcast.stats().dropped()).isEqualTo(5 - received.size());
                assertThat(broadcast.stats().received()).isEqualTo(received.size());
            }
        }
    }

    @Test
    void everythingAtOnce() throws Exception {
        int messages = 16;
        for (int round = 0; round < ROUNDS / 4; round++) {
            AtomicIntegerArray ends = new AtomicIntegerArray(messages);
            Overflow overflow = POLICIES.get(round % POLICIES.size());
            Channel<Integer> channel = ALL.get(round % ALL.size())
                    .builder()
                    .overflow(overflow)
                    .<Integer>onDropped(ends::incrementAndGet)
                    .build();
            List<Running<Void>> senders = new ArrayList<>();
            List<Running<Void>> receivers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int first = i * messages / 2;
                int form = random.nextInt(100);
                senders.add(threads(round + i).run(() -> {
                    for (int message = first; message < first + messages / 2; message++) {
                        if (!isSent(channel, message, form + message)) {
                            ends.incrementAndGet(message);
                        }
                    }
                }));
                receivers.add(threads(round / 2 + i).run(() -> receiveSome(channel, ends, form)));
            }

            hesitate();
            senders.get(random.nextInt(2)).interrupt();
            hesitate();
            receivers.get(random.nextInt(2)).interrupt();
            hesitate();
            if (random.nextBoolean()) {
                channel.close();
            }
            channel.closeNow().forEach(ends::incrementAndGet);

            for (Running<Void> sender : senders) {
                sender.result();
            }
            for (Running<Void> receiver : receivers) {
                receiver.result();
            }
            assertEachOnce(ends);
            assertAtRestAndEmpty(channel);
        }
    }

    private static boolean isSent(Channel<Integer> channel, int message, int form) {
        try {
            switch (form % 5) {
                case 0 -> channel.send(message);
                case 1 -> {
                    return channel.trySend(message);
                }
                case 2 -> {
                    return channel.trySend(message, Duration.ofNanos(form * 100L));
                }
                case 3 -> {
                    CompletableFuture<Void> send = channel.sendAsync(message);
                    return !send.cancel(true)
                            && send.handle((nothing, failure) -> failure == null)
                                    .join();
                }
                default -> {
                    return channel.sendAsync(message)
                            .handle((nothing, failure) -> failure == null)
                            .join();
                }
            }
            return true;
        } catch (ChannelClosedException | ChannelFullException | InterruptedException refused) {
            return false;
        }
    }

    private static void receiveSome(Channel<Integer> channel, AtomicIntegerArray ends, int form) {
        List<Integer> received = new ArrayList<>();
        while (!channel.isClosedForReceive()) {
            try {
                switch (form++ % 5) {
                    case 0 -> received.add(channel.receive());
                    case 1 -> {
                        Integer message = channel.tryReceive(Duration.ofNanos(form * 100L));
                        if (message != null) {
                            received.add(message);
                        }
                    }
                    case 2 -> channel.receiveMany(received, 2, Duration.ofNanos(form * 100L));
                    case 3 -> {
                        CompletableFuture<Integer> receive = channel.receiveAsync();
                        if (!receive.cancel(true)) {
                            received.add(receive.join());
                        }
                    }
                    default -> channel.drainTo(received, 3);
                }
            } catch (ChannelClosedException | InterruptedException | CompletionException end) {
                // looks again
            }
        }
        received.forEach(ends::incrementAndGet);
    }

    /** Starts a thread that waits for {@link #begin}, looks at the channel for a moment, and then does its work. */
    private <T> Running<T> onTheMark(int round, Channel<?> channel, Callable<T> work) {
        int looks = random.nextInt(1 << random.nextInt(11));
        marks.set(0);
        return threads(round).start(() -> {
            marks.set(1);
            while (marks.get() != 2) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < looks; i++) {
                assertThat(channel.stats().closed()).isFalse();
            }
            return work.call();
        });
    }

    /** Lets the thread on its mark begin, and goes on a moment later. */
    private void begin() {
        until(() -> marks.get() == 1);
        marks.set(2);
        for (int i = random.nextInt(400); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    private static Threads threads(int round) {
        return Threads.alternating(round);
    }

    /** A moment of random length, so that either side may come first. */
    private void hesitate() {
        for (int i = random.nextInt(2_000); i > 0; i--) {
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

    private static void assertAtRestAndEmpty(Channel<?> channel) {
        assertThat(countsOf(channel)).endsWith("size 0");
        assertThat(channel.waiters()).isEmpty();
        assertThat(channel.blockedSenders()).isZero();
        assertThat(channel.blockedReceivers()).isZero();
    }
}
