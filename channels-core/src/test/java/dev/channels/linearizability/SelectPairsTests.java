package dev.channels.linearizability;

import static dev.channels.Select.receive;
import static dev.channels.Select.send;
import static dev.channels.linearizability.BlockingPairsTests.expect;
import static dev.channels.linearizability.BlockingPairsTests.expectAtRest;

import dev.channels.Channel;
import dev.channels.ChannelClosedException;
import dev.channels.Select;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Selects that wait while another does what ends their waiting, in many interleavings: one clause is chosen. */
@Timeout(3_600)
class SelectPairsTests {

    private static final int INTERLEAVINGS = Integer.getInteger("stress.rounds", 2_000) / 40;
    private static final String SENT = "sent";

    @Test
    void twoSelectsThatCrossFindEachOtherOnOneChannel() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<String> left = Channel.rendezvous();
            Channel<String> right = Channel.rendezvous();
            Running one = Running.start(receiveOrSend(left, right, "to the right"));
            Running other = Running.start(receiveOrSend(right, left, "to the left"));

            Object answer = one.outcome();
            Object otherAnswer = other.outcome();

            boolean toTheRight = Objects.equals(SENT, answer) && Objects.equals("to the right", otherAnswer);
            boolean toTheLeft = Objects.equals("to the left", answer) && Objects.equals(SENT, otherAnswer);
            expect(true, toTheRight ^ toTheLeft);
            expectAtRest(left);
            expectAtRest(right);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSelectTakesOneOfTwoMessages(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<String> left = Channel.bounded(capacity);
            Channel<String> right = Channel.bounded(capacity);
            Running select = Running.start(receiveFromEither(left, right));

            expect(true, left.trySend("left"));
            expect(true, right.trySend("right"));

            boolean tookLeft = Objects.equals("left", select.outcome());
            expect(tookLeft ? null : "left", left.tryReceive());
            expect(tookLeft ? "right" : null, right.tryReceive());
            expectAtRest(left);
            expectAtRest(right);
        });
    }

    @Test
    void aSelectThatWaitsFindsAMessageOrTheEnd() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<String> left = Channel.bounded(1);
            Channel<String> right = Channel.rendezvous();
            Running select = Running.start(receiveFromEither(left, right));

            right.close();
            expect(true, left.trySend("left"));

            boolean closed = Objects.equals(ChannelClosedException.class, select.outcome());
            expect(closed ? "left" : null, left.tryReceive());
            expectAtRest(left);
            expectAtRest(right);
        });
    }

    @Test
    void anInterruptedSelectHasChosenOrNot() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            Channel<String> left = Channel.bounded(1);
            Channel<String> right = Channel.rendezvous();
            Running select = Running.start(receiveFromEither(left, right));

            select.interrupt();
            expect(true, left.trySend("left"));

            boolean interrupted = Objects.equals(InterruptedException.class, select.outcome());
            expect(interrupted ? "left" : null, left.tryReceive());
            expectAtRest(left);
            expectAtRest(right);
        });
    }

    private static Callable<String> receiveFromEither(Channel<String> left, Channel<String> right) {
        return () -> Select.biased(receive(left, message -> message), receive(right, message -> message))
                .await();
    }

    private static Callable<String> receiveOrSend(Channel<String> from, Channel<String> to, String message) {
        return () -> Select.biased(receive(from, received -> received), send(to, () -> message, () -> SENT))
                .await();
    }
}
