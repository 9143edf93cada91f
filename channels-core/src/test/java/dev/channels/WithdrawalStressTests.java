package dev.channels;

import static dev.channels.Race.ALL;
import static dev.channels.Race.LIMITS;
import static dev.channels.Race.ROUNDS;
import static dev.channels.Race.assertAtRestAndEmpty;
import static dev.channels.Race.threads;
import static dev.channels.Race.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody gives up at the same instant as it is served, again and again. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class WithdrawalStressTests {

    private final Race race = new Race();

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
            Running<Integer> receiver = race.onTheMark(round / 4, channel, () -> channel.receive());

            race.begin();
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
            Running<Void> sender = race.onTheMark(round / 4, channel, () -> {
                channel.send(1);
                return null;
            });

            race.begin();
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
            race.hesitate();
            receiver.interrupt();

            boolean sentTwo = sender.result();
            int count = receiver.result();
            assertThat(taken).hasSize(count).isEqualTo(count == 1 ? List.of(1) : List.of(1, 2));
            channel.drainTo(taken, 10);
            assertThat(taken).isEqualTo(sentTwo ? List.of(1, 2) : List.of(1));
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
            Duration timeout = Duration.ofNanos(race.random().nextInt(60_000));
            Running<Boolean> first = threads(round).start(() -> channel.trySend(98, timeout));
            Running<Boolean> second = threads(round / 2).start(() -> channel.trySend(99, Duration.ofHours(1)));

            race.hesitate();
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
            Duration timeout = Duration.ofNanos(race.random().nextInt(60_000));
            Running<Integer> first = threads(round).start(() -> channel.tryReceive(timeout));
            Running<Integer> second = threads(round / 2).start(() -> channel.tryReceive(Duration.ofHours(1)));

            race.hesitate();
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
            Running<Integer> receiver = race.onTheMark(round, channel, () -> channel.receive());

            race.begin();
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
            Running<Void> sender = race.onTheMark(round, channel, () -> {
                channel.send(1);
                return null;
            });

            race.begin();
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
}
