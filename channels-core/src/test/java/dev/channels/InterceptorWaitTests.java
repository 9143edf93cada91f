package dev.channels;

import static dev.channels.Eventually.eventually;
import static dev.channels.Eventually.receiversWait;
import static dev.channels.Eventually.sendersWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.Parameter;

/** An interceptor is told of the sends that had to wait. */
@EveryKindOfThread
class InterceptorWaitTests {

    private static final Duration LONG = Duration.ofHours(1);

    @Parameter
    private Threads threads;

    private final RecordingInterceptor recorder = new RecordingInterceptor();

    @EveryLimit
    void runsAfterASendThatWaitedAndTellsHowLong(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.full(capacity);
        Running<Void> sender = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        Duration waited = Duration.ofMillis(5);
        eventually(() -> channel.waiters().get(0).waited().compareTo(waited) >= 0);
        assertThat(recorder.waits()).isEmpty();

        channel.receive();
        sender.result();

        eventually(() -> recorder.waits().size() == 1);
        assertThat(recorder.waits().get(0))
                .isBetween(waited.toNanos(), Duration.ofSeconds(10).toNanos());
    }

    @EveryLimit
    void runsAlsoWhereTheSendThatWaitedDidNotSucceed(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.full(capacity);

        Running<Boolean> late = threads.start(() -> channel.trySend(97, Duration.ofMillis(5)));
        assertThat(late.result()).isFalse();
        eventually(() -> recorder.waits().size() == 1);
        assertThat(recorder.waits().get(0))
                .isGreaterThanOrEqualTo(Duration.ofMillis(5).toNanos());

        Running<Void> interrupted = threads.run(() -> channel.send(98));
        sendersWait(channel, 1);
        interrupted.interrupt();
        interrupted.join();
        eventually(() -> recorder.waits().size() == 2);

        Running<Void> closed = threads.run(() -> channel.send(99));
        sendersWait(channel, 1);
        channel.closeNow();
        closed.join();
        eventually(() -> recorder.waits().size() == 3);
    }

    @EveryBuffer
    void doesNotRunForASendThatDidNotWait(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.channel(capacity);

        channel.send(1);
        channel.receive();
        channel.trySend(2);
        channel.receive();
        channel.trySend(3, LONG);
        channel.receive();
        channel.sendAsync(4).join();
        channel.receive();
        Running<Integer> receiver = threads.start(() -> channel.receive());
        receiversWait(channel, 1);
        channel.send(5);
        receiver.result();

        assertThat(recorder.waits()).isEmpty();
    }

    @EveryLimit
    void doesNotRunForASendThatWasTurnedAwayAtOnce(Capacity capacity) throws Exception {
        Channel<Integer> channel = recorder.full(capacity);

        channel.trySend(98);
        channel.trySend(99, Duration.ZERO);
        channel.trySend(99, Duration.ofSeconds(-1));

        assertThat(recorder.waits()).isEmpty();
    }
}
