package dev.channels;

import static dev.channels.Counts.countsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An answer and a requester that gives up at the same instant, again and again: the reply says true if and only if the
 * requester gets it, and nothing is left behind. How often is the system property {@code stress.rounds}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RequestStressTests {

    private static final int ROUNDS = Integer.getInteger("stress.rounds", 500);
    private static final List<Capacity> CAPACITIES = List.of(Capacity.ZERO, Capacity.ONE, Capacity.TEN);

    private final SplittableRandom random = new SplittableRandom(42);

    @Test
    void aReplyAgainstATimeout() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RequestChannel<Integer, Integer> channel = channel(round);
            int question = round;
            Duration timeout = Duration.ofNanos(random.nextInt(300_000));
            Running<Integer> requester = Threads.alternating(round).start(() -> channel.request(question, timeout));
            Running<Boolean> responder = Threads.alternating(round / 2).start(() -> answersOne(channel));

            Throwable failure = requester.failureIfAny();
            channel.close();

            assertThat(responder.result()).isEqualTo(failure == null);
            if (failure == null) {
                assertThat(requester.result()).isEqualTo(-question);
            } else {
                assertThat(failure).isInstanceOf(TimeoutException.class);
            }
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aReplyAgainstAnInterrupt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RequestChannel<Integer, Integer> channel = channel(round);
            int question = round;
            Running<Integer> requester = Threads.alternating(round).start(() -> channel.request(question));
            Running<Boolean> responder = Threads.alternating(round / 2).start(() -> answersOne(channel));

            hesitate();
            requester.interrupt();

            Throwable failure = requester.failureIfAny();
            channel.close();
            assertThat(responder.result()).isEqualTo(failure == null);
            if (failure == null) {
                assertThat(requester.result()).isEqualTo(-question);
            } else {
                assertThat(failure).isInstanceOf(InterruptedException.class);
                assertThat(requester.endedInterrupted()).isFalse();
            }
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aReplyAgainstACancel() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RequestChannel<Integer, Integer> channel = channel(round);
            CompletableFuture<Integer> answer = channel.requestAsync(round);
            Running<Boolean> responder = Threads.alternating(round / 2).start(() -> answersOne(channel));

            hesitate();
            boolean cancelled = answer.cancel(true);
            channel.close();

            assertThat(responder.result()).isEqualTo(!cancelled);
            if (!cancelled) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(-round);
            }
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void aReplyAgainstACloseAtOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RequestChannel<Integer, Integer> channel = channel(round);
            int question = round;
            Running<Integer> requester = Threads.alternating(round).start(() -> channel.request(question));
            CompletableFuture<Integer> async = channel.requestAsync(question);
            Running<Integer> responder = Threads.alternating(round / 2)
                    .start(() -> (answersOne(channel) ? 1 : 0) + (answersOne(channel) ? 1 : 0));

            hesitate();
            List<Request<Integer, Integer>> returned = channel.closeNow();

            int answered = requester.failureIfAny() == null ? 1 : 0;
            if (answered == 0) {
                assertThat(requester.failure()).isInstanceOf(ChannelClosedException.class);
            }
            Throwable failure = async.handle((value, thrown) -> thrown).get(10, TimeUnit.SECONDS);
            if (failure == null) {
                answered++;
            } else {
                assertThat(failure).isInstanceOf(ChannelClosedException.class);
            }
            assertThat(responder.result()).isEqualTo(answered);
            assertThat(returned).allMatch(Request::isAbandoned);
            assertAtRestAndEmpty(channel);
        }
    }

    @Test
    void twoWhoAnswerTheSameRequest() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RequestChannel<Integer, Integer> channel = channel(round);
            Running<Integer> requester = Threads.alternating(round).start(() -> channel.request(0));
            Request<Integer, Integer> request = channel.receive();
            Running<Boolean> one = Threads.alternating(round / 2).start(() -> request.reply(1));
            Running<Boolean> other = Threads.alternating(round / 4).start(() -> request.fail(new Exception()));

            boolean failed = requester.failureIfAny() != null;

            assertThat(one.result()).isEqualTo(!failed);
            assertThat(other.result()).isEqualTo(failed);
        }
    }

    @Test
    void aRequesterThatGivesUpInTheQueueLetsTheNextIn() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RequestChannel<Integer, Integer> channel = RequestChannel.bounded(1);
            CompletableFuture<Integer> queued = channel.requestAsync(1);
            Running<Integer> blocked = Threads.alternating(round).start(() -> channel.request(2));
            CompletableFuture<Integer> pending = channel.requestAsync(3);

            hesitate();
            boolean cancelled = queued.cancel(true);
            assertThat(cancelled).isTrue();

            for (int i = 0; i < 2; i++) {
                Request<Integer, Integer> request = channel.receive();
                assertThat(request.reply(-request.question())).isTrue();
            }
            assertThat(blocked.result()).isEqualTo(-2);
            assertThat(pending.get(10, TimeUnit.SECONDS)).isEqualTo(-3);
            assertThat(countsOf(channel)).isEqualTo("sent 3, received 2, dropped 1, returned 0, size 0");
        }
    }

    @Test
    void everythingAtOnce() throws Exception {
        for (int round = 0; round < Math.max(1, ROUNDS / 50); round++) {
            RequestChannel<Integer, Integer> channel = channel(round);
            AtomicInteger replied = new AtomicInteger();
            AtomicInteger answered = new AtomicInteger();
            List<Running<Void>> requesters = new ArrayList<>();
            List<Running<Void>> responders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int seed = random.nextInt();
                requesters.add(Threads.alternating(round + i).run(() -> askMany(channel, seed, answered)));
                responders.add(Threads.alternating(round / 2 + i).run(() -> {
                    for (Request<Integer, Integer> request : channel) {
                        if (request.reply(-request.question())) {
                            replied.incrementAndGet();
                        }
                    }
                }));
            }

            for (Running<Void> requester : requesters) {
                requester.result();
            }
            channel.close();
            for (Running<Void> responder : responders) {
                responder.result();
            }

            assertThat(replied).hasValue(answered.get());
            assertAtRestAndEmpty(channel);
        }
    }

    private static void askMany(RequestChannel<Integer, Integer> channel, int seed, AtomicInteger answered)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int question = 1; question <= 100; question++) {
            int answer;
            switch (random.nextInt(3)) {
                case 0 -> answer = channel.request(question);
                case 1 -> {
                    try {
                        answer = channel.request(question, Duration.ofNanos(random.nextInt(100_000)));
                    } catch (TimeoutException late) {
                        continue;
                    }
                }
                default -> {
                    CompletableFuture<Integer> async = channel.requestAsync(question);
                    if (random.nextBoolean() && async.cancel(true)) {
                        continue;
                    }
                    answer = async.get(10, TimeUnit.SECONDS);
                }
            }
            assertThat(answer).isEqualTo(-question);
            answered.incrementAndGet();
        }
    }

    /** Answers the next request, if there is one before the end; whether the requester got the answer. */
    private static boolean answersOne(RequestChannel<Integer, Integer> channel) throws InterruptedException {
        try {
            Request<Integer, Integer> request = channel.receive();
            return request.reply(-request.question());
        } catch (ChannelClosedException closed) {
            return false;
        }
    }

    private static RequestChannel<Integer, Integer> channel(int round) {
        return RequestChannel.bounded(CAPACITIES.get(round % CAPACITIES.size()).limit());
    }

    private static void assertAtRestAndEmpty(RequestChannel<?, ?> channel) {
        assertThat(countsOf(channel)).endsWith("size 0");
        assertThat(channel.waiters()).isEmpty();
    }

    /** A moment of random length, so that either side may come first. */
    private void hesitate() {
        for (int i = random.nextInt(2_000); i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
