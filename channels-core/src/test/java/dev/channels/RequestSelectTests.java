package dev.channels;

import static dev.channels.Counts.countsOf;
import static dev.channels.Eventually.receiversWait;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.Parameter;

/** Requests among the clauses of a select. */
@EveryKindOfThread
class RequestSelectTests {

    @Parameter
    private Threads threads;

    private final Channel<String> commands = Channel.rendezvous();

    private Select<Boolean> select(RequestChannel<String, Integer> channel) {
        return Select.biased(
                Select.receive(
                        channel, request -> request.reply(request.question().length())),
                Select.receive(commands, command -> false));
    }

    @EveryLimitedBuffer
    void takesARequestThatIsThere(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = RequestChannel.bounded(capacity.limit());
        CompletableFuture<Integer> answer = channel.requestAsync("four");

        assertThat(select(channel).await()).isTrue();

        assertThat(answer).isCompletedWithValue(4);
    }

    @EveryLimit
    void waitsForARequest(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = RequestChannel.bounded(capacity.limit());
        Running<Boolean> responder = threads.start(select(channel)::await);
        receiversWait(channel, 1);

        assertThat(channel.request("four")).isEqualTo(4);

        assertThat(responder.result()).isTrue();
        assertThat(commands.waiters()).isEmpty();
        assertThat(countsOf(channel)).isEqualTo("sent 1, received 1, dropped 0, returned 0, size 0");
    }

    @EveryLimit
    void whenAnotherClauseIsChosenNoRequestIsTaken(Capacity capacity) throws Exception {
        RequestChannel<String, Integer> channel = RequestChannel.bounded(capacity.limit());
        Running<Boolean> responder = threads.start(select(channel)::await);
        receiversWait(channel, 1);

        commands.send("stop");

        assertThat(responder.result()).isFalse();
        assertThat(channel.waiters()).isEmpty();
        CompletableFuture<Integer> answer = channel.requestAsync("four");
        assertThat(channel.receive().reply(4)).isTrue();
        assertThat(answer).isCompletedWithValue(4);
    }
}
