package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A question goes in, one of those who receive answers it, and the answer goes to the one who asked. */
@EveryKindOfThread
class RequestTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private static RequestChannel<String, Integer> channel(Capacity capacity) {
        RequestChannel.Builder<String, Integer> builder = RequestChannel.builder("lengths");
        return (capacity == Capacity.UNBOUNDED ? builder.unbounded() : builder.capacity(capacity.limit())).build();
    }

    @EveryCapacity
    void theAnswerGoesToTheOneWhoAsked(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Integer> requester = threads.start(() -> channel.request("four"));
        Running<Integer> timed = threads.start(() -> channel.request("seven..", LONG));
        CompletableFuture<Integer> async = channel.requestAsync("ten.......");

        for (int i = 0; i < 3; i++) {
            Request<String, Integer> request = channel.receive();
            assertThat(request.reply(request.question().length())).isTrue();
        }

        assertThat(requester.result()).isEqualTo(4);
        assertThat(timed.result()).isEqualTo(7);
        assertThat(async.get(10, TimeUnit.SECONDS)).isEqualTo(10);
        assertThat(countsOf(channel)).isEqualTo("sent 3, received 3, dropped 0, returned 0, size 0");
    }

    @EveryCapacity
    void theRequesterWaitsUntilItIsAnswered(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Integer> requester = threads.start(() -> channel.request("q"));
        Request<String, Integer> request = channel.receive();

        assertThat(requester.isDone()).isFalse();
        assertThat(request.isAbandoned()).isFalse();
        request.reply(1);

        assertThat(requester.result()).isEqualTo(1);
        assertThat(request.isAbandoned()).isFalse();
    }

    @EveryCapacity
    void aRequesterFindsOneWhoWaitsToAnswer(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Boolean> responder = threads.start(() -> channel.receive().reply(1));
        receiversWait(channel, 1);

        assertThat(channel.request("q", LONG)).isEqualTo(1);

        assertThat(responder.result()).isTrue();
    }

    @EveryCapacity
    void requestsAreAnsweredInAnyOrder(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        CompletableFuture<Integer> one = channel.requestAsync("one");
        CompletableFuture<Integer> two = channel.requestAsync("two");
        Request<String, Integer> first = channel.receive();
        Request<String, Integer> second = channel.receive();
        assertThat(first.question()).isEqualTo("one");
        assertThat(second.question()).isEqualTo("two");

        second.reply(2);
        assertThat(one).isNotDone();
        assertThat(two).isCompletedWithValue(2);
        first.reply(1);
        assertThat(one).isCompletedWithValue(1);
    }

    @EveryCapacity
    void onlyTheFirstAnswerCounts(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        CompletableFuture<Integer> answer = channel.requestAsync("q");
        Request<String, Integer> request = channel.receive();

        assertThat(request.reply(1)).isTrue();
        assertThat(request.reply(2)).isFalse();
        assertThat(request.fail(new IOException())).isFalse();

        assertThat(answer).isCompletedWithValue(1);
        assertThat(request.isAbandoned()).isFalse();
    }

    @EveryCapacity
    void aFailureIsThrownWithItsCause(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Throwable cause = new IOException("disk full");
        Running<Integer> requester = threads.start(() -> channel.request("q"));
        Request<String, Integer> request = channel.receive();

        assertThat(request.fail(cause)).isTrue();
        assertThat(request.fail(cause)).isFalse();
        assertThat(request.reply(1)).isFalse();

        assertThat(requester.failure())
                .isInstanceOf(RequestFailedException.class)
                .hasMessageContaining("lengths")
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        assertThat(request.isAbandoned()).isFalse();
    }

    @EveryCapacity
    void aFailureFailsTheFutureWithItsCause(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Throwable cause = new Error();
        CompletableFuture<Integer> answer = channel.requestAsync("q");

        channel.receive().fail(cause);

        assertThat(answer.exceptionNow())
                .isInstanceOf(RequestFailedException.class)
                .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
    }

    @EveryLimit
    void requestersWaitForRoom(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        List<CompletableFuture<Integer>> queued = new ArrayList<>();
        for (int i = 0; i < capacity.limit(); i++) {
            queued.add(channel.requestAsync("queued"));
        }
        assertThat(channel.stats().size()).isEqualTo(capacity.limit());
        assertThat(channel.stats().blockedSenders()).isZero();

        Running<Integer> blocked = threads.start(() -> channel.request("blocked"));
        sendersWait(channel, 1);
        CompletableFuture<Integer> pending = channel.requestAsync("pending");

        assertThat(channel.stats().blockedSenders()).isEqualTo(2);
        assertThat(channel.stats().size()).isEqualTo(capacity.limit());
        assertThat(channel.waiters()).extracting(Waiter::thread).containsExactly(blocked.thread(), null);
        assertThat(channel.waiters()).extracting(Waiter::side).containsOnly(Waiter.Side.SEND);

        for (int i = 0; i < capacity.limit() + 2; i++) {
            channel.receive().reply(i);
        }
        for (int i = 0; i < capacity.limit(); i++) {
            assertThat(queued.get(i)).isCompletedWithValue(i);
        }
        assertThat(blocked.result()).isEqualTo(capacity.limit());
        assertThat(pending).isCompletedWithValue(capacity.limit() + 1);
        assertThat(channel.waiters()).isEmpty();
    }

    @EveryLimitedBuffer
    void aRequesterWhoseRequestIsQueuedOrTakenWaitsForNoRoom(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Integer> requester = threads.start(() -> channel.request("q"));
        eventually(() -> channel.stats().size() == 1);

        assertThat(channel.stats().blockedSenders()).isZero();
        assertThat(channel.waiters()).isEmpty();

        Request<String, Integer> request = channel.receive();
        assertThat(channel.stats().size()).isZero();
        assertThat(channel.waiters()).isEmpty();
        request.reply(1);
        requester.result();
    }

    @EveryCapacity
    void everyFormOfReceiveTakesRequests(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            answers.add(channel.requestAsync("q" + i));
        }
        List<Request<String, Integer>> taken = new ArrayList<>();

        taken.add(channel.receive());
        taken.add(channel.tryReceive());
        taken.add(channel.tryReceive(LONG));
        taken.add(channel.receiveAsync().join());
        taken.add(channel.iterator().next());
        channel.receiveMany(taken, 1);
        channel.drainTo(taken, 10);

        for (int i = 0; i < 7; i++) {
            assertThat(taken.get(i).question()).isEqualTo("q" + i);
            taken.get(i).reply(i);
            assertThat(answers.get(i)).isCompletedWithValue(i);
        }
    }

    @EveryCapacity
    void aSubscriberAnswersRequests(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        channel.publisher().subscribe(RecordingSubscriber.asking(Long.MAX_VALUE, (request, subscription) -> {
            assertThat(request.reply(request.question().length())).isTrue();
        }));

        assertThat(channel.request("four")).isEqualTo(4);
        assertThat(channel.requestAsync("seven..").get(10, TimeUnit.SECONDS)).isEqualTo(7);
    }

    @EveryCapacity
    void whatDependsOnAnAnswerRunsOutsideAnyLock(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        CompletableFuture<Integer> both = channel.requestAsync("one")
                .thenCompose(one -> channel.requestAsync("two").thenApply(two -> one + two));

        channel.receive().reply(1);
        channel.receive().reply(2);

        assertThat(both).isCompletedWithValue(3);
    }

    @EveryCapacity
    void anInterruptOnEntryAsksNothing(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        List<ThrowingCallable> requests = List.of(
                () -> channel.request("q"),
                () -> channel.request("q", Duration.ZERO),
                () -> channel.request("q", LONG));
        for (ThrowingCallable request : requests) {
            Running<Void> requester = threads.run(() -> {
                Thread.currentThread().interrupt();
                try {
                    request.call();
                } catch (Exception | Error failure) {
                    throw failure;
                } catch (Throwable impossible) {
                    throw new AssertionError(impossible);
                }
            });
            assertThat(requester.failure()).isInstanceOf(InterruptedException.class);
            assertThat(requester.endedInterrupted()).isFalse();
        }
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @EveryCapacity
    void requestAsyncIgnoresAnInterrupt(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<CompletableFuture<Integer>> requester = threads.start(() -> {
            Thread.currentThread().interrupt();
            return channel.requestAsync("q");
        });

        channel.receive().reply(1);

        assertThat(requester.result().get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(requester.endedInterrupted()).isTrue();
    }

    @EveryCapacity
    void nullIsRefusedBeforeAnythingChanges(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> channel.request(null),
                () -> channel.request(null, LONG),
                () -> channel.request("q", null),
                () -> channel.requestAsync(null),
                () -> channel.close(null),
                () -> RequestChannel.builder(null),
                () -> RequestChannel.builder("name").interceptor(null))) {
            assertThatNullPointerException().isThrownBy(call);
        }
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");

        CompletableFuture<Integer> answer = channel.requestAsync("q");
        Request<String, Integer> request = channel.receive();
        assertThatNullPointerException().isThrownBy(() -> request.reply(null));
        assertThatNullPointerException().isThrownBy(() -> request.fail(null));
        assertThat(answer).isNotDone();
        assertThat(request.reply(1)).isTrue();
    }

    @Test
    void tellsItsNumbers() {
        RequestChannel<String, Integer> channel =
                RequestChannel.<String, Integer>builder("lengths").capacity(2).build();

        assertThat(channel.name()).isEqualTo("lengths");
        assertThat(channel.capacity()).isEqualTo(2);
        assertThat(channel.stats()).isEqualTo(new ChannelStats("lengths", 2, 0, 0, 0, 0, 0, 0, 0, false));
        assertThat(channel)
                .hasToString("RequestChannel[lengths, size=0, capacity=2, blockedSenders=0, blockedReceivers=0]");
        assertThat(channel(Capacity.UNBOUNDED).capacity()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void peekShowsTheOldestQueuedRequest() {
        RequestChannel<String, Integer> channel = RequestChannel.bounded(2);
        assertThat(channel.peek()).isNull();
        CompletableFuture<Integer> answer = channel.requestAsync("one");
        CompletableFuture<Integer> another = channel.requestAsync("two");

        assertThat(channel.peek().question()).isEqualTo("one");

        assertThat(channel.stats().size()).isEqualTo(2);
        assertThat(answer).isNotDone();
        assertThat(another).isNotDone();
    }

    @Test
    void aBuilderBuildsManyTimesAndMakesARendezvousUnlessToldOtherwise() {
        RequestChannel.Builder<String, Integer> builder = RequestChannel.builder("lengths");

        assertThat(builder.build().capacity()).isZero();
        assertThat(builder.capacity(3).unbounded().build().capacity()).isEqualTo(Integer.MAX_VALUE);
        assertThat(builder.unbounded().capacity(3).build().capacity()).isEqualTo(3);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.capacity(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> RequestChannel.bounded(-1));
        assertThat(builder.build().capacity()).isEqualTo(3);
    }

    @Test
    void unnamedChannelsHaveNamesOfTheirOwn() {
        RequestChannel<String, Integer> one = RequestChannel.bounded(1);
        RequestChannel<String, Integer> other = RequestChannel.bounded(0);

        assertThat(one.name()).startsWith("request-").isNotEqualTo(other.name());
    }

    @Test
    void aRequestTellsWhatBecameOfIt() throws Exception {
        RequestChannel<String, Integer> channel = RequestChannel.bounded(2);
        CompletableFuture<Integer> answer = channel.requestAsync("one");
        CompletableFuture<Integer> cancelled = channel.requestAsync("two");
        Request<String, Integer> first = channel.receive();
        Request<String, Integer> second = channel.receive();
        assertThat(first).hasToString("Request[one, open]");

        first.reply(1);
        cancelled.cancel(true);

        assertThat(answer).isDone();
        assertThat(first).hasToString("Request[one, answered]");
        assertThat(second).hasToString("Request[two, abandoned]");
    }
}
