package dev.channels.linearizability;

import dev.channels.Channel;
import dev.channels.ChannelStats;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/** A channel with a buffer, at which some wait without a thread. {@link WaitingModel} has the same methods. */
@Param(name = "message", gen = IntGen.class, conf = "1:9")
public abstract class WaitingOperations {

    private final Channel<Integer> channel;

    WaitingOperations(Channel<Integer> channel) {
        this.channel = channel;
    }

    @Operation
    public boolean trySend(@Param(name = "message") int message) {
        return channel.trySend(message);
    }

    @Operation
    public void sendAsync(@Param(name = "message") int message) {
        channel.sendAsync(message);
    }

    @Operation
    public @Nullable Integer tryReceive() {
        return channel.tryReceive();
    }

    @Operation
    public void receiveAsync() {
        channel.receiveAsync();
    }

    @Operation
    public void close() {
        channel.close();
    }

    @Operation
    public List<Integer> closeNow() {
        return channel.closeNow();
    }

    @Operation
    public boolean isClosedForSend() {
        return channel.isClosedForSend();
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
            throw new AssertionError(buffered + " messages were in " + stats);
        }
    }
}
