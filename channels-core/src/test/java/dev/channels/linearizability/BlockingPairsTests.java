package dev.channels.linearizability;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One waits while another does what ends its waiting, in many interleavings: nobody waits for ever. Lincheck's clock
 * stands still, so times that run out are left to the stress loops and to jcstress.
 */
@Timeout(3_600)
class BlockingPairsTests {

    private static final int INTERLEAVINGS = Integer.getInteger("stress.rounds", 2_000) / 20;

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aReceiveAndASendFindEachOther(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = Channel.bounded(capacity);
            Running receiver = Running.start(channel::receive);
            Running sender = Running.start(() -> sent(channel, 1));

            expect(true, sender.outcome());
            expect(1, receiver.outcome());
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aReceiveLetsABlockedSenderIn(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = full(capacity);
            Running sender = Running.start(() -> sent(channel, 1));
            List<Integer> received = new ArrayList<>();
            for (int i = 0; i <= capacity; i++) {
                received.add(receive(channel));
            }

            expect(true, sender.outcome());
            expect(capacity == 0 ? List.of(1) : List.of(0, 1), received);
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void closeServesWhoWaitsToSend(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = full(capacity);
            Running sender = Running.start(() -> sent(channel, 1));

            channel.close();
            List<Integer> received = channel.stream().toList();

            boolean served = !Objects.equals(ChannelClosedException.class, sender.outcome());
            expect(served, received.contains(1));
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void closeEndsAReceive(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = Channel.bounded(capacity);
            Running receiver = Running.start(channel::receive);

            channel.close();

            expect(ChannelClosedException.class, receiver.outcome());
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void closeNowReturnsWhatNobodyReceived(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = full(capacity);
            Running receiver = Running.start(channel::receive);

            List<Integer> returned = channel.closeNow();

            boolean received = Objects.equals(0, receiver.outcome());
            expect(received || capacity == 0 ? List.of() : List.of(0), returned);
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whoSeesThatItIsClosedAtOnceReceivesNothing(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = full(capacity);
            Running sender = Running.start(() -> sentOrReceived(channel, 1));

            List<Integer> returned = channel.closeNow();

            expect(ChannelClosedException.class, sender.outcome());
            expect(capacity == 0 ? List.of() : List.of(0), returned);
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anInterruptedSendHasSentOrNot(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = full(capacity);
            Running sender = Running.start(() -> sent(channel, 1));

            sender.interrupt();
            List<Integer> received = new ArrayList<>();
            channel.drainTo(received, 2);

            boolean sent = Objects.equals(true, sender.outcome());
            channel.drainTo(received, 2);
            expect(sent, received.contains(1));
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anInterruptedReceiveHasReceivedOrNot(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = Channel.bounded(capacity);
            Running receiver = Running.start(channel::receive);

            receiver.interrupt();
            boolean sent = channel.trySend(1);

            boolean received = Objects.equals(1, receiver.outcome());
            boolean left = channel.tryReceive() != null;
            expect(sent, received || left);
            expect(false, received && left);
            expectAtRest(channel);
        });
    }

    @Test
    void aSendersLaterMessageDoesNotPassItsPendingOne() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = full(1);
            channel.sendAsync(1);
            Running receiver = Running.start(channel::receive);

            boolean sent = channel.trySend(2);

            expect(0, receiver.outcome());
            expect(1, channel.tryReceive());
            expect(sent ? 2 : null, channel.tryReceive());
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aSendThatIsTakenBackPassesItsTurnOn(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = full(capacity);
            CompletableFuture<Void> first = channel.sendAsync(1);
            CompletableFuture<Void> second = channel.sendAsync(2);
            Running receiver = Running.start(channel::receive);

            boolean takenBack = first.cancel(true);

            Object received = receiver.outcome();
            expect(capacity == 1 ? 0 : takenBack ? 2 : 1, received);
            expect(!takenBack, first.isDone() && !first.isCancelled());
            expect(takenBack, second.isDone());
            expect(capacity == 0 ? null : takenBack ? 2 : 1, channel.peek());
            channel.drainTo(new ArrayList<>(), 3);
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aReceiveThatIsTakenBackPassesItsTurnOn(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<Integer> channel = Channel.bounded(capacity);
            CompletableFuture<Integer> first = channel.receiveAsync();
            CompletableFuture<Integer> second = channel.receiveAsync();
            Running sender = Running.start(() -> sent(channel, 1));

            boolean takenBack = first.cancel(true);

            expect(true, sender.outcome());
            expect(takenBack ? null : 1, first.isCancelled() ? null : first.getNow(null));
            expect(takenBack ? 1 : null, second.getNow(null));
            expect(!takenBack, second.cancel(true));
            expectAtRest(channel);
        });
    }

    private static Channel<Integer> full(int capacity) {
        Channel<Integer> channel = Channel.bounded(capacity);
        for (int message = 1 - capacity; message <= 0; message++) {
            channel.trySend(message);
        }
        return channel;
    }

    private static boolean sent(Channel<Integer> channel, int message) throws InterruptedException {
        channel.send(message);
        return true;
    }

    private static @Nullable Object sentOrReceived(Channel<Integer> channel, int message) throws InterruptedException {
        try {
            return sent(channel, message);
        } catch (ChannelClosedException closed) {
            return channel.tryReceive();
        }
    }

    private static Integer receive(Channel<Integer> channel) {
        try {
            return channel.receive();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void expectAtRest(Channel<?> channel) {
        expect(0, channel.size());
        expect(0, channel.blockedSenders());
        expect(0, channel.blockedReceivers());
    }

    static void expect(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + " but was " + actual);
        }
    }
}
