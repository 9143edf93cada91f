package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request channel may limit how long requests wait that are not given a time. */
@EveryKindOfThread
class RequestLimitTests {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private static RequestChannel<String, Integer> channel(Capacity capacity, Duration timeout) {
        RequestChannel.Builder<String, Integer> builder = RequestChannel.builder("lengths");
        return (capacity == Capacity.UNBOUNDED ? builder.unbounded() : builder.capacity(capacity.limit()))
                .requestTimeout(timeout)
                .build();
    }

    private static void assertTooLate(Throwable failure) {
        assertThat(failure)
                .isInstanceOf(RequestFailedException.class)
                .hasMessage("A request on channel 'lengths' had no answer within PT0.02S")
                .cause()
                .isInstanceOf(TimeoutException.class)
                .hasMessage("No answer on channel 'lengths' within PT0.02S");
    }

    @EveryCapacity
    void theTimeRunsOutWhenNobodyReceives(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity, SHORT);

        Running<Integer> requester = threads.start(() -> channel.request("q"));
        CompletableFuture<Integer> answer = channel.requestAsync("q");

        assertTooLate(requester.failure());
        eventually(answer::isDone);
        assertTooLate(answer.exceptionNow());
        assertThat(channel.tryReceive()).isNull();
        assertThat(channel.waiters()).isEmpty();
        assertThat(channel.stats().size()).isZero();
    }

    @EveryCapacity
    void theTimeRunsOutThoughSomebodyReceived(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity, SHORT);
        Running<Request<String, Integer>> first = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        Running<Integer> requester = threads.start(() -> channel.request("q"));
        Request<String, Integer> blocking = first.result();
        Running<Request<String, Integer>> second = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        CompletableFuture<Integer> answer = channel.requestAsync("q");
        Request<String, Integer> asynchronous = second.result();

        assertTooLate(requester.failure());
        eventually(answer::isDone);
        assertTooLate(answer.exceptionNow());
        assertThat(blocking.isAbandoned()).isTrue();
        assertThat(asynchronous.isAbandoned()).isTrue();
        assertThat(blocking.reply(1)).isFalse();
        assertThat(asynchronous.reply(1)).isFalse();
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 2, dropped 0, returned 0, size 0");
    }

    @EveryCapacity
    void anAnswerInTimeIsTheAnswer(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity, LONG);
        Running<Integer> requester = threads.start(() -> channel.request("q"));
        channel.receive().reply(1);
        CompletableFuture<Integer> answer = channel.requestAsync("q");
        channel.receive().reply(2);

        assertThat(requester.result()).isEqualTo(1);
        assertThat(answer.join()).isEqualTo(2);
    }

    @EveryCapacity
    void aFailureInTimeIsTheFailure(Capacity capacity) throws Exception {
        Exception failure = new Exception();
        RequestChannel<String, Integer> channel = channel(capacity, LONG);
        CompletableFuture<Integer> answer = channel.requestAsync("q");
        channel.receive().fail(failure);

        eventually(answer::isDone);
        assertThat(answer.exceptionNow())
                .isInstanceOf(RequestFailedException.class)
                .hasCause(failure);
    }

    @EveryCapacity
    void aTimeGivenByTheRequesterWinsBeItShorterOrLonger(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> patient = channel(capacity, LONG);
        Running<Integer> hasty = threads.start(() -> patient.request("q", Duration.ofMillis(1)));
        assertThat(hasty.failure()).isInstanceOf(TimeoutException.class);

        RequestChannel<String, Integer> channel = channel(capacity, Duration.ofMillis(1));
        Running<Integer> requester = threads.start(() -> channel.request("q", LONG));
        Request<String, Integer> request = channel.receive();
        Thread.sleep(20);
        assertThat(request.reply(1)).isTrue();
        assertThat(requester.result()).isEqualTo(1);
    }

    @EveryCapacity
    void requestsThatWereEndedByHandStayAsTheyWereEnded(Capacity capacity) {
        RequestChannel<String, Integer> channel = channel(capacity, Duration.ofMillis(200));
        Map<ByHand, CompletableFuture<Integer>> answers = new EnumMap<>(ByHand.class);
        for (ByHand byHand : ByHand.values()) {
            CompletableFuture<Integer> answer = channel.requestAsync("q");
            byHand.end(answer, -1);
            answers.put(byHand, answer);
        }

        CompletableFuture<Integer> later = channel.requestAsync("q");
        eventually(later::isDone);

        assertThat(later.exceptionNow()).isInstanceOf(RequestFailedException.class);
        answers.forEach((byHand, answer) -> {
            assertThat(answer.isCancelled()).isEqualTo(byHand == ByHand.CANCEL);
            if (answer.isCompletedExceptionally() && !answer.isCancelled()) {
                assertThat(answer.exceptionNow()).isNotInstanceOf(RequestFailedException.class);
            }
        });
        assertThat(channel.stats().size()).isZero();
        assertThat(channel.waiters()).isEmpty();
    }

    @EveryCapacity
    void aCloseAtOnceIsToldAsWithoutALimit(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity, LONG);
        CompletableFuture<Integer> answer = channel.requestAsync("q");

        channel.closeNow();

        eventually(answer::isDone);
        assertThat(answer.exceptionNow()).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void forEverIsNoLimit() throws Exception {
        RequestChannel<String, Integer> channel = channel(Capacity.ONE, Duration.ofSeconds(Long.MAX_VALUE));
        Running<Integer> requester = threads.start(() -> channel.request("q"));

        channel.receive().reply(1);

        assertThat(requester.result()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1S", "PT-9223372036854775808S"})
    void aLimitThatIsNotGreaterThanZeroIsRefused(Duration timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RequestChannel.builder("lengths").requestTimeout(timeout))
                .withMessage("A request timeout must be greater than zero, not %s", timeout);
    }

    @Test
    void nullIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> RequestChannel.builder("lengths").requestTimeout(null));
        assertThatNullPointerException()
                .isThrownBy(() -> RequestChannel.builder("lengths").onSendWaited(null));
    }
}
