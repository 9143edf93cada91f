package dev.channels;

import static dev.channels.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

/** A request that has ended is forgotten, with its question, its answer and its requester. */
@EveryKindOfThread
class RequestMemoryTests {

    @Parameter
    private Threads threads;

    private final List<WeakReference<?>> references = new ArrayList<>();

    @EveryCapacity
    void theChannelForgetsEveryRequestThatHasEnded(Capacity capacity) throws Exception {
        RequestChannel<Object, Object> channel = channel(capacity);

        answered(channel);
        answeredAsync(channel);
        timedOut(channel);
        interrupted(channel);
        cancelled(channel);

        areForgotten();
        assertThat(channel.stats().size()).isZero();
        assertThat(channel.waiters()).isEmpty();
    }

    @EveryCapacity
    void theChannelForgetsWhatACloseAtOnceEnded(Capacity capacity) throws Exception {
        RequestChannel<Object, Object> channel = channel(capacity);
        closed(channel);

        areForgotten();
        assertThat(channel.stats().closed()).isTrue();
    }

    @Test
    void aRequestThatIsKeptForgetsItsRequesterAndItsAnswer() throws Exception {
        RequestChannel<Object, Object> channel = channel(Capacity.ONE);
        Request<Object, Object> kept = keptAndAnswered(channel);
        Request<Object, Object> abandoned = keptAndAbandoned(channel);

        areForgotten();
        assertThat(kept.isAbandoned()).isFalse();
        assertThat(abandoned.isAbandoned()).isTrue();
    }

    @Test
    void aBurstKeepsItsOrder() throws Exception {
        RequestChannel<Object, Object> channel = channel(Capacity.UNBOUNDED);
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<Object> unused = channel.requestAsync(i);
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(channel.receive().question()).isEqualTo(i);
        }
        CompletableFuture<Object> answer = channel.requestAsync("after");

        channel.receive().reply("still works");

        assertThat(answer).isCompletedWithValue("still works");
    }

    // Below here: each in a method of its own, so that no local variable keeps what should be forgotten.

    private static RequestChannel<Object, Object> channel(Capacity capacity) {
        RequestChannel.Builder<Object, Object> builder = RequestChannel.builder("things");
        return (capacity == Capacity.UNBOUNDED ? builder.unbounded() : builder.capacity(capacity.limit())).build();
    }

    private Object remembered() {
        Object thing = new Object();
        references.add(new WeakReference<>(thing));
        return thing;
    }

    private void remember(Running<?> running) throws InterruptedException {
        running.join();
        references.add(new WeakReference<>(running.thread()));
    }

    private void answered(RequestChannel<Object, Object> channel) throws Exception {
        Running<Object> requester = threads.start(() -> channel.request(remembered()));
        channel.receive().reply(remembered());
        remember(requester);
    }

    private void answeredAsync(RequestChannel<Object, Object> channel) throws Exception {
        CompletableFuture<Object> answer = channel.requestAsync(remembered());
        channel.receive().reply(remembered());
        answer.join();
        references.add(new WeakReference<>(answer));
    }

    private void timedOut(RequestChannel<Object, Object> channel) throws Exception {
        Running<Void> requester = threads.run(() -> assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> channel.request(remembered(), Duration.ofMillis(1))));
        remember(requester);
    }

    private void interrupted(RequestChannel<Object, Object> channel) throws Exception {
        Running<Object> requester = threads.start(() -> channel.request(remembered()));
        eventually(() -> channel.stats().size() + channel.stats().blockedSenders() == 1);
        requester.interrupt();
        remember(requester);
    }

    private void cancelled(RequestChannel<Object, Object> channel) throws Exception {
        CompletableFuture<Object> queued = channel.requestAsync(remembered());
        queued.cancel(true);
        references.add(new WeakReference<>(queued));
        CompletableFuture<Object> taken = channel.requestAsync(remembered());
        references.add(new WeakReference<>(channel.receive()));
        taken.cancel(true);
        references.add(new WeakReference<>(taken));
    }

    private void closed(RequestChannel<Object, Object> channel) throws Exception {
        references.add(new WeakReference<>(channel.requestAsync(remembered())));
        references.add(new WeakReference<>(channel.receive()));
        references.add(new WeakReference<>(channel.requestAsync(remembered())));
        references.add(new WeakReference<>(channel.requestAsync(remembered())));
        channel.closeNow();
    }

    private Request<Object, Object> keptAndAnswered(RequestChannel<Object, Object> channel) throws Exception {
        Running<Object> requester = threads.start(() -> channel.request("q"));
        Request<Object, Object> request = channel.receive();
        request.reply(remembered());
        remember(requester);
        return request;
    }

    private Request<Object, Object> keptAndAbandoned(RequestChannel<Object, Object> channel) throws Exception {
        Running<Object> requester = threads.start(() -> channel.request("q"));
        Request<Object, Object> request = channel.receive();
        requester.interrupt();
        remember(requester);
        return request;
    }

    private void areForgotten() {
        assertThat(references).isNotEmpty();
        eventually(() -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.get() == null);
        });
    }
}
