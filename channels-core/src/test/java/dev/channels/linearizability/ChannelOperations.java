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

/** What threads do with one channel at the same time. {@link ChannelModel} has the same methods. */
@Param(name = "message", gen = IntGen.class, conf = "1:9")
public abstract class ChannelOperations {

    final Channel<Integer> channel;

    ChannelOperations(Channel<Integer> channel) {
        this.channel = channel;
    }

    @Operation
    public boolean trySend(@Param(name = "message") int message) {
        return channel.trySend(message);
    }

    @Operation
    public @Nullable Integer tryReceive() {
        return channel.tryReceive();
    }

    /** Takes one at most: a batch is taken one by one, and others may take in between. */
    @Operation
    public List<Integer> drainOne() {
        List<Integer> target = new ArrayList<>();
        channel.drainTo(target, 1);
        return target;
    }

    @Operation
    public @Nullable Integer peek() {
        return channel.peek();
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

    @Operation
    public boolean isWithinCapacity() {
        int size = channel.size();
        return 0 <= size && size <= channel.capacity();
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
