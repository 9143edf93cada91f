package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** After a close what was asked is still answered; a close at once leaves nobody waiting. */
@EveryKindOfThread
class RequestCloseTests {

    @Parameter
    private Threads threads;

    private final Throwable cause = new IOException("disk full");

    private static RequestChannel<String, Integer> channel(Capacity capacity) {
        RequestChannel.Builder<String, Integer> builder = RequestChannel.builder("lengths");
        return (capacity == Capacity.UNBOUNDED ? builder.unbounded() : builder.capacity(capacity.limit())).build();
    }

    @EveryCapacity
    void nothingMoreCanBeAsked(Capacity capacity) {
        RequestChannel<String, Integer> channel = channel(capacity);
        channel.close(cause);

        for (ThrowingCallable request : List.<ThrowingCallable>of(
                () -> channel.request("q"),
                () -> channel.request("q", Duration.ZERO),
                () -> channel.request("q", Duration.ofHours(1)))) {
            assertThatExceptionOfType(ChannelClosedException.class)
                    .isThrownBy(request)
                    .withMessageContaining("lengths")
                    .satisfies(e -> assertThat(e.getCause()).isSameAs(cause));
        }
        assertThat(channel.requestAsync("q").exceptionNow())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThat(channel.stats().closed()).isTrue();
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @EveryLimit
    void whatIsQueuedAndWhoIsBlockedIsStillAnswered(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        List<CompletableFuture<Integer>> queued = new ArrayList<>();
        for (int i = 0; i < capacity.limit(); i++) {
            queued.add(channel.requestAsync("q" + i));
        }
        Running<Integer> blocked = threads.start(() -> channel.request("blocked"));
        sendersWait(channel, 1);
        CompletableFuture<Integer> pending = channel.requestAsync("pending");

        channel.close();

        assertThat(channel.isClosedForReceive()).isFalse();
        for (Request<String, Integer> request : channel) {
            assertThat(request.reply(1)).isTrue();
        }
        assertThat(channel.isClosedForReceive()).isTrue();
        assertThat(queued).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(1));
        assertThat(blocked.result()).isEqualTo(1);
        assertThat(pending).isCompletedWithValue(1);
    }

    @EveryCapacity
    void whatIsTakenCanStillBeAnswered(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Integer> requester = threads.start(() -> channel.request("q"));
        Request<String, Integer> request = channel.receive();

        channel.close(cause);

        assertThat(request.isAbandoned()).isFalse();
        assertThat(request.reply(1)).isTrue();
        assertThat(requester.result()).isEqualTo(1);
    }

    @EveryCapacity
    void waitingReceiversFindTheEnd(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Request<String, Integer>> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        channel.close(cause);

        assertThat(receiver.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
        assertThatExceptionOfType(ChannelClosedException.class).isThrownBy(channel::tryReceive);
    }

    @EveryLimitedBuffer
    void aQueuedRequestThatIsAbandonedAfterTheCloseLeavesTheEnd(Capacity capacity) {
        RequestChannel<String, Integer> channel = channel(capacity);
        CompletableFuture<Integer> answer = channel.requestAsync("q");
        channel.close();
        assertThat(channel.isClosedForReceive()).isFalse();

        answer.cancel(true);

        assertThat(channel.isClosedForReceive()).isTrue();
        assertThat(channel.stream().toList()).isEmpty();
    }

    @EveryCapacity
    void closingAtOnceFailsEveryRequesterWhereverItsRequestIs(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Integer> taken = threads.start(() -> channel.request("taken"));
        Request<String, Integer> request = channel.receive();
        List<CompletableFuture<Integer>> async = new ArrayList<>();
        int queued = Math.min(capacity.limit(), 20);
        for (int i = 0; i < queued; i++) {
            async.add(channel.requestAsync("queued"));
        }
        async.add(channel.requestAsync("pending"));
        Running<Integer> last = threads.start(() -> channel.request("last"));
        eventually(() -> channel.stats().size() + channel.stats().blockedSenders() == queued + 2);

        List<Request<String, Integer>> returned = channel.closeNow();

        boolean unbounded = capacity == Capacity.UNBOUNDED;
        assertThat(returned).hasSize(unbounded ? queued + 2 : queued);
        assertThat(returned).extracting(Request::question).startsWith(repeated("queued", queued));
        assertThat(returned).allSatisfy(each -> {
            assertThat(each.isAbandoned()).isTrue();
            assertThat(each.reply(1)).isFalse();
        });
        assertThat(request.isAbandoned()).isTrue();
        assertThat(request.reply(1)).isFalse();
        assertThat(taken.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(last.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(async)
                .allSatisfy(answer -> assertThat(answer.exceptionNow()).isInstanceOf(ChannelClosedException.class));
        assertThat(channel.waiters()).isEmpty();
        assertThat(channel.stats().size()).isZero();
        assertThat(channel.stats().returned()).isEqualTo(returned.size());
        assertThat(channel.stats().dropped()).isZero();
        assertThat(channel.closeNow()).isEmpty();
    }

    private static String[] repeated(String word, int times) {
        return Collections.nCopies(times, word).toArray(String[]::new);
    }

    @EveryCapacity
    void closingAtOnceLeavesAnsweredRequestsAnswered(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        CompletableFuture<Integer> answer = channel.requestAsync("q");
        Request<String, Integer> request = channel.receive();
        request.reply(1);

        channel.closeNow();

        assertThat(answer).isCompletedWithValue(1);
        assertThat(request.isAbandoned()).isFalse();
    }

    @EveryCapacity
    void closingAtOnceAfterACloseKeepsTheCause(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Integer> requester = threads.start(() -> channel.request("q"));
        Request<String, Integer> request = channel.receive();
        channel.close(cause);

        assertThat(channel.closeNow()).isEmpty();

        assertThat(request.isAbandoned()).isTrue();
        assertThat(requester.failure())
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(cause);
    }

    @EveryCapacity
    void waitingReceiversLearnOfACloseAtOnce(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity);
        Running<Request<String, Integer>> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);

        channel.closeNow();

        assertThat(receiver.failure()).isInstanceOf(ChannelClosedException.class);
        assertThat(channel.isClosedForReceive()).isTrue();
    }

    @Test
    void theFirstCloseDecidesTheCause() {
        RequestChannel<String, Integer> channel = channel(Capacity.ONE);

        channel.close();
        channel.close(cause);
        channel.close(new Error());

        assertThatExceptionOfType(ChannelClosedException.class)
                .isThrownBy(() -> channel.request("q"))
                .withNoCause();
    }

    @Test
    void isClosedAtTheEndOfATryStatement() {
        RequestChannel<String, Integer> channel = channel(Capacity.ONE);

        try (channel) {
            assertThat(channel.stats().closed()).isFalse();
        }

        assertThat(channel.stats().closed()).isTrue();
    }
}
