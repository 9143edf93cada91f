package dev.channels.linearizability;

import static dev.channels.linearizability.BlockingPairsTests.expect;

import dev.channels.ChannelClosedException;
import dev.channels.Request;
import dev.channels.RequestChannel;
import java.util.List;
import java.util.Objects;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A requester waits while another does what ends its waiting, in many interleavings: both know the same of it. */
@Timeout(3_600)
class RequestPairsTests {

    private static final int INTERLEAVINGS = Integer.getInteger("stress.rounds", 2_000) / 40;
    private static final int ANSWER = 2;

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aRequestIsAnswered(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            RequestChannel<Integer, Integer> channel = RequestChannel.bounded(capacity);
            Running requester = Running.start(() -> channel.request(1));
            Running listener = Running.start(() -> channel.receive().reply(ANSWER));

            expect(true, listener.outcome());
            expect(ANSWER, requester.outcome());
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void closeNowAbandonsWhatNobodyReceived(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            RequestChannel<Integer, Integer> channel = RequestChannel.bounded(capacity);
            Running requester = Running.start(() -> channel.request(1));

            List<Request<Integer, Integer>> returned = channel.closeNow();

            expect(ChannelClosedException.class, requester.outcome());
            for (Request<Integer, Integer> request : returned) {
                expect(true, request.isAbandoned());
                expect(false, request.reply(ANSWER));
            }
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void closeNowFailsARequestOrItIsAnswered(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            RequestChannel<Integer, Integer> channel = RequestChannel.bounded(capacity);
            Running requester = Running.start(() -> channel.request(1));
            Running listener = Running.start(() -> channel.receive().reply(ANSWER));

            channel.closeNow();

            boolean answered = Objects.equals(true, listener.outcome());
            expect(answered ? ANSWER : ChannelClosedException.class, requester.outcome());
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void closeLetsARequestBeAnswered(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            RequestChannel<Integer, Integer> channel = RequestChannel.bounded(capacity);
            Running requester = Running.start(() -> channel.request(1));
            Running listener = Running.start(() -> channel.receive().reply(ANSWER));

            channel.close();

            boolean answered = Objects.equals(true, listener.outcome());
            expect(answered ? ANSWER : ChannelClosedException.class, requester.outcome());
            expectAtRest(channel);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anInterruptedRequestIsAnsweredOrAbandoned(int capacity) {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            RequestChannel<Integer, Integer> channel = RequestChannel.bounded(capacity);
            Running requester = Running.start(() -> channel.request(1));

            requester.interrupt();
            Request<Integer, Integer> request = channel.tryReceive();

            boolean answered = request != null && request.reply(ANSWER);
            expect(answered ? ANSWER : InterruptedException.class, requester.outcome());
            expect(request != null && !answered, request != null && request.isAbandoned());
            expectAtRest(channel);
        });
    }

    private static void expectAtRest(RequestChannel<?, ?> channel) {
        expect(0, channel.stats().size());
        expect(0, channel.stats().blockedSenders());
        expect(0, channel.stats().blockedReceivers());
    }
}
