package dev.channels.linearizability;

import dev.channels.ChannelStats;
import dev.channels.Request;
import dev.channels.RequestChannel;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a request channel, at which some wait without a thread. {@link RequestModel} has the same methods.
 *
 * <p>If one of two requests that are settled together has to wait for what depends on the other, a virtual thread goes on
 * without it. Lincheck loses track there and hangs, so no scenario may come to that: no two requests enter, fail or are
 * let in at the same time.
 */
@Param(name = "question", gen = IntGen.class, conf = "1:9")
public final class RequestOperations {

    private final RequestChannel<Integer, Integer> channel = RequestChannel.bounded(1);

    @Operation
    public void requestAsync(@Param(name = "question") int question) {
        channel.requestAsync(question);
    }

    @Operation
    public @Nullable Integer tryReceive() {
        return question(channel.tryReceive());
    }

    @Operation
    public void receiveAsync() {
        channel.receiveAsync();
    }

    @Operation
    public @Nullable Integer peek() {
        return question(channel.peek());
    }

    @Operation
    public void close() {
        channel.close();
    }

    @Operation
    public List<Integer> closeNow() {
        return channel.closeNow().stream().map(Request::question).toList();
    }

    @Operation
    public boolean isClosedForReceive() {
        return channel.isClosedForReceive();
    }

    @Validate
    public void numbersAreExactAtRest() {
        ChannelStats stats = channel.stats();
        if (stats.sent() - stats.received() - stats.dropped() - stats.returned() != stats.size()) {
            throw new AssertionError("the numbers do not fit together: " + stats);
        }
        int buffered = channel.drainTo(new ArrayList<>(), Integer.MAX_VALUE) - stats.blockedSenders();
        if (buffered != stats.size()) {
            throw new AssertionError(buffered + " requests were in " + stats);
        }
    }

    private static @Nullable Integer question(@Nullable Request<Integer, Integer> request) {
        return request == null ? null : request.question();
    }
}
