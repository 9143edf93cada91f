package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A requester that gives up abandons its request: nobody answers it, and it takes no room in the queue. */
@EveryKindOfThread
class RequestTimeoutTests {

    private static final Duration SHORT = Duration.ofMillis(2);
    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private static RequestChannel<String, Integer> channel(Capacity capacity) {
        RequestChannel.Builder<String, Integer> builder = RequestChannel.builder("lengths");
        return (capacity == Capacity.UNBOUNDED ? builder.unbounded() : builder.capacity(capacity.limit())).build();
    }

    @EveryCapacity
    void theTimeRunsOutWhenNobodyReceives(Capacity capacity) {
        RequestChannel<String, Integer> channel = channel(capacity);

        for (Duration timeout : List.of(Duration.ofSeconds(Long.MIN_VALUE), Duration.ZERO, SHORT)) {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> channel.request("q", timeout))
                    .withMessageContaining("lengths");
        }

        assertThat(channel.tryReceive()).isNull();
        assertThat(channel.waiters()).isEmpty();
        int queued = capacity == Capacity.ZERO ? 0 : 3;
        assertThat(countsOf(channel))
                .isEqualTo("sent %d, received 0, dropped %d, returned 0, size 0".formatted(queued, queued));
    }

    @EveryCapacity
    void theTimeRunsOutThoughSomebodyReceived(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Request<String, Integer>> responder = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> channel.request("q", SHORT));

        Request<String, Integer> request = responder.result();
        assertThat(request.isAbandoned()).isTrue();
        assertThat(request.reply(1)).isFalse();
        assertThat(request.fail(new Exception())).isFalse();
        assertThat(request.isAbandoned()).isTrue();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryLimit
    void theTimeCoversWaitingForRoom(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = full(capacity);
        Running<Integer> requester = threads.start(() -> channel.request("late", Duration.ofMillis(20)));

        assertThat(requester.failure()).isInstanceOf(TimeoutException.class);

        assertThat(channel.waiters()).isEmpty();
        int n = capacity.limit();
        assertThat(countsOf(channel)).isEqualTo("sent %d, received 0, dropped 0, returned 0, size %d".formatted(n, n));
        assertThat(questionsLeft(channel)).doesNotContain("late");
    }

    @Test
    void whatIsLeftOfTheTimeAfterWaitingForRoomIsForTheAnswer() throws Exception {
        RequestChannel<String, Integer> channel = full(Capacity.ONE);
        long from = System.nanoTime();
        Running<Integer> requester = threads.start(() -> channel.request("late", Duration.ofSeconds(1)));
        sendersWait(channel, 1);
        Thread.sleep(900);
        channel.receive();

        assertThat(requester.failure()).isInstanceOf(TimeoutException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - from))
                .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1800));
    }

    @EveryLimitedBuffer
    void anAbandonedRequestLeavesTheQueueAndLetsABlockedRequesterIn(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        for (int i = 1; i < capacity.limit(); i++) {
            CompletableFuture<Integer> unused = channel.requestAsync("before");
        }
        Running<Integer> impatient = threads.start(() -> channel.request("impatient"));
        eventually(() -> channel.stats().size() == capacity.limit());
        Running<Integer> blocked = threads.start(() -> channel.request("blocked"));
        sendersWait(channel, 1);

        impatient.interrupt();

        assertThat(impatient.failure()).isInstanceOf(InterruptedException.class);
        assertThat(channel.stats().blockedSenders()).isZero();
        assertThat(channel.stats().size()).isEqualTo(capacity.limit());
        assertThat(channel.stats().dropped()).isOne();
        for (int i = 1; i < capacity.limit(); i++) {
            assertThat(channel.receive().question()).isEqualTo("before");
        }
        Request<String, Integer> request = channel.receive();
        assertThat(request.question()).isEqualTo("blocked");
        request.reply(1);
        assertThat(blocked.result()).isEqualTo(1);
    }

    @EveryLimit
    void anInterruptWhileWaitingForRoomAsksNothing(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = full(capacity);
        Running<Integer> requester = threads.start(() -> channel.request("late"));
        sendersWait(channel, 1);

        requester.interrupt();

        assertThat(requester.failure()).isInstanceOf(InterruptedException.class);
        assertThat(requester.endedInterrupted()).isFalse();
        assertThat(channel.waiters()).isEmpty();
        assertThat(questionsLeft(channel)).doesNotContain("late");
        assertThat(channel.stats().dropped()).isZero();
    }

    @EveryCapacity
    void anInterruptWhileWaitingForTheAnswerAbandonsTheRequest(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Integer> requester = threads.start(() -> channel.request("q", LONG));
        Request<String, Integer> request = channel.receive();

        requester.interrupt();

        assertThat(requester.failure()).isInstanceOf(InterruptedException.class);
        assertThat(requester.endedInterrupted()).isFalse();
        assertThat(request.isAbandoned()).isTrue();
        assertThat(request.reply(1)).isFalse();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @ParameterizedTest
    @EnumSource
    void completingTheFutureByHandAbandonsTheRequest(ByHand byHand) throws Exception {
        for (Capacity capacity : Capacity.values()) {
            RequestChannel<String, Integer> channel = channel(capacity);
            CompletableFuture<Integer> answer = channel.requestAsync("q");
            Request<String, Integer> request = channel.receive();

            byHand.end(answer, -1);

            assertThat(request.isAbandoned()).isTrue();
            assertThat(request.reply(1)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void completingTheFutureByHandTakesTheRequestOutOfTheQueue(ByHand byHand) {
        for (Capacity capacity : List.of(Capacity.ONE, Capacity.TWO, Capacity.TEN)) {
            RequestChannel<String, Integer> channel = full(capacity);
            List<String> before = questionsLeft(channel);
            CompletableFuture<Integer> answer = channel.requestAsync("first");
            for (int i = 0; i < before.size(); i++) {
                CompletableFuture<Integer> unused = channel.requestAsync("next");
            }
            assertThat(channel.stats().blockedSenders()).isOne();

            byHand.end(answer, -1);

            assertThat(channel.stats().blockedSenders()).isZero();
            assertThat(channel.stats().size()).isEqualTo(capacity.limit());
            assertThat(channel.stats().dropped()).isOne();
            assertThat(questionsLeft(channel)).containsOnly("next");
        }
    }

    @ParameterizedTest
    @EnumSource
    void completingTheFutureByHandWithdrawsARequestThatWaitsForRoom(ByHand byHand) {
        for (Capacity capacity : List.of(Capacity.ZERO, Capacity.ONE, Capacity.TWO)) {
            RequestChannel<String, Integer> channel = full(capacity);
            CompletableFuture<Integer> answer = channel.requestAsync("late");
            assertThat(channel.stats().blockedSenders()).isOne();

            byHand.end(answer, -1);

            assertThat(channel.waiters()).isEmpty();
            assertThat(channel.stats().dropped()).isZero();
            assertThat(questionsLeft(channel)).doesNotContain("late");
        }
    }

    @ParameterizedTest
    @EnumSource
    void onceItIsAnsweredTheFutureCannotBeCompletedByHand(ByHand byHand) throws Exception {
        RequestChannel<String, Integer> channel = RequestChannel.bounded(1);
        CompletableFuture<Integer> answer = channel.requestAsync("q");
        Request<String, Integer> request = channel.receive();
        request.reply(1);

        byHand.end(answer, -1);

        assertThat(answer).isCompletedWithValue(1);
        assertThat(request.isAbandoned()).isFalse();
    }

    @EveryCapacity
    void anAnswerThatIsThereWinsOverALateInterrupt(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Integer> requester = threads.start(() -> {
            int answer = channel.request("q");
            return Thread.currentThread().isInterrupted() ? -answer : answer;
        });
        Request<String, Integer> request = channel.receive();

        request.reply(1);
        requester.interrupt();

        assertThat(requester.result()).isIn(1, -1);
    }

    @EveryLimitedBuffer
    void manyRequestsThatTimeOutLeaveNothingBehind(Capacity capacity) {
        RequestChannel<String, Integer> channel = channel(capacity);

        for (int i = 0; i < 1_000; i++) {
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> channel.request("q", Duration.ofNanos(1)));
        }

        assertThat(countsOf(channel)).isEqualTo("sent 1000, received 0, dropped 1000, returned 0, size 0");
        assertThat(channel.waiters()).isEmpty();
    }

    private static RequestChannel<String, Integer> full(Capacity capacity) {
        RequestChannel<String, Integer> channel = channel(capacity);
        for (int i = 0; i < capacity.limit(); i++) {
            CompletableFuture<Integer> unused = channel.requestAsync("queued");
        }
        return channel;
    }

    private static List<String> questionsLeft(RequestChannel<String, Integer> channel) {
        List<Request<String, Integer>> requests = new ArrayList<>();
        channel.drainTo(requests, Integer.MAX_VALUE);
        return requests.stream().map(Request::question).toList();
    }
}
