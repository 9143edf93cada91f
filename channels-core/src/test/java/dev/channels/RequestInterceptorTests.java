package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.Parameter;

/** An interceptor sees requests enter and leave the queue. */
@EveryKindOfThread
class RequestInterceptorTests {

    @Parameter
    private Threads threads;

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private RequestChannel<String, Integer> channel(
            Capacity capacity, ChannelInterceptor<Request<String, Integer>> interceptor) {
        RequestChannel.Builder<String, Integer> builder = RequestChannel.builder("lengths");
        return (capacity == Capacity.UNBOUNDED ? builder.unbounded() : builder.capacity(capacity.limit()))
                .interceptor(interceptor)
                .build();
    }

    private final ChannelInterceptor<Request<String, Integer>> noting = new ChannelInterceptor<>() {
        @Override
        public Object onSend(Request<String, Integer> request) {
            seen.add("send " + request.question());
            return request.question() + "!";
        }

        @Override
        public void onReceive(Request<String, Integer> request, Object attachment) {
            seen.add("receive " + request.question() + " with " + attachment);
        }

        @Override
        public void onSendWaited(long nanos) {
            seen.add("waited");
        }
    };

    @EveryCapacity
    void seesARequestEnterAndLeave(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity, noting);
        Running<Boolean> responder = threads.start(() -> channel.receive().reply(1));
        receiversWait(channel, 1);

        assertThat(channel.request("q")).isEqualTo(1);

        assertThat(responder.result()).isTrue();
        assertThat(seen).containsExactly("send q", "receive q with q!");
    }

    @EveryLimit
    void isToldOfARequesterThatWaitedForRoom(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity, noting);
        for (int i = 0; i < capacity.limit(); i++) {
            CompletableFuture<Integer> unused = channel.requestAsync("queued");
        }
        Running<Integer> blocked = threads.start(() -> channel.request("blocked"));
        sendersWait(channel, 1);
        assertThat(seen).doesNotContain("waited");

        for (int i = 0; i <= capacity.limit(); i++) {
            channel.receive().reply(i);
        }

        assertThat(blocked.result()).isEqualTo(capacity.limit());
        assertThat(seen).containsOnlyOnce("waited");
    }

    @EveryLimitedBuffer
    void anAbandonedRequestLeavesTheQueueToo(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity, noting);
        CompletableFuture<Integer> cancelled = channel.requestAsync("cancelled");

        cancelled.cancel(true);
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> channel.request("late", Duration.ofMillis(1)));

        assertThat(channel.tryReceive()).isNull();
        assertThat(countsOf(channel)).isEqualTo("sent 2, received 0, dropped 2, returned 0, size 0");
        assertThat(seen).containsExactly("send cancelled", "send late");
    }

    @EveryLimitedBuffer
    void doesNotSeeRequestsThatAreReturned(Capacity capacity) {
        RequestChannel<String, Integer> channel = channel(capacity, noting);
        CompletableFuture<Integer> answer = channel.requestAsync("q");

        assertThat(channel.closeNow()).extracting(Request::question).containsExactly("q");

        assertThat(answer).isCompletedExceptionally();
        assertThat(seen).containsExactly("send q");
    }

    @EveryCapacity
    void whatItThrowsBeforeTheSendReachesTheRequester(Capacity capacity) throws Exception {
        RuntimeException failure = new RuntimeException();
        Request<?, ?>[] refused = new Request<?, ?>[1];
        RequestChannel<String, Integer> channel = channel(capacity, new ChannelInterceptor<>() {
            @Override
            public Object onSend(Request<String, Integer> request) {
                refused[0] = request;
                throw failure;
            }
        });

        Running<Integer> requester = threads.start(() -> channel.request("q"));
        assertThat(requester.failure()).isSameAs(failure);
        assertThat(refused[0].isAbandoned()).isTrue();
        assertThat(channel.requestAsync("q").exceptionNow()).isSameAs(failure);
        assertThat(refused[0].isAbandoned()).isTrue();
        assertThat(countsOf(channel)).isEqualTo("sent 0, received 0, dropped 0, returned 0, size 0");
    }

    @EveryCapacity
    void mayAnswerByItself(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = channel(capacity, new ChannelInterceptor<>() {
            @Override
            public Object onSend(Request<String, Integer> request) {
                return request.reply(7);
            }
        });

        CompletableFuture<Integer> answer = channel.requestAsync("q");
        Running<Integer> requester = threads.start(() -> channel.request("q"));

        assertThat(answer).isCompletedWithValue(7);
        assertThat(channel.receive().reply(1)).isFalse();
        assertThat(channel.receive().reply(1)).isFalse();
        assertThat(requester.result()).isEqualTo(7);
    }
}
