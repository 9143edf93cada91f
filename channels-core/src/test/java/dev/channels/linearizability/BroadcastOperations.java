package dev.channels.linearizability;

import dev.channels.Broadcast;
import dev.channels.ChannelStats;
import dev.channels.Overflow;
import dev.channels.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/** What threads do with a broadcast and two subscriptions. {@link BroadcastModel} has the same methods. */
@Param(name = "message", gen = IntGen.class, conf = "1:9")
@Param(name = "which", gen = IntGen.class, conf = "0:1")
public abstract class BroadcastOperations {

    private final AtomicReference<@Nullable Parts> parts = new AtomicReference<>();
    private final int capacity;
    private final Overflow overflow;

    BroadcastOperations(int capacity, Overflow overflow) {
        this.capacity = capacity;
        this.overflow = overflow;
    }

    private record Parts(Broadcast<Integer> broadcast, List<Subscription<Integer>> subscriptions) {

        static Parts of(Broadcast<Integer> broadcast) {
            return new Parts(broadcast, List.of(broadcast.subscribe(), broadcast.subscribe()));
        }
    }

    /** Made by the first operation: Lincheck changes the identity hash codes once it runs. */
    private Parts parts() {
        if (parts.get() == null) {
            parts.compareAndSet(
                    null,
                    Parts.of(Broadcast.builder("broadcast")
                            .capacity(capacity)
                            .overflow(overflow)
                            .build()));
        }
        return Objects.requireNonNull(parts.get());
    }

    private Broadcast<Integer> broadcast() {
        return parts().broadcast();
    }

    private Subscription<Integer> subscription(int which) {
        return parts().subscriptions().get(which);
    }

    @Operation
    public boolean trySend(@Param(name = "message") int message) {
        return broadcast().trySend(message);
    }

    @Operation
    public @Nullable Integer tryReceive(@Param(name = "which") int which) {
        return subscription(which).tryReceive();
    }

    @Operation
    public @Nullable Integer peek(@Param(name = "which") int which) {
        return subscription(which).peek();
    }

    @Operation
    public long missed(@Param(name = "which") int which) {
        return subscription(which).missed();
    }

    @Operation
    public boolean isClosedForReceive(@Param(name = "which") int which) {
        return subscription(which).isClosedForReceive();
    }

    @Operation
    public void unsubscribe(@Param(name = "which") int which) {
        subscription(which).close();
    }

    @Operation
    public int subscribers() {
        return broadcast().subscribers();
    }

    @Operation
    public void close() {
        broadcast().close();
    }

    @Operation
    public void closeNow() {
        broadcast().closeNow();
    }

    @Operation
    public boolean isClosedForSend() {
        return broadcast().isClosedForSend();
    }

    @Validate
    public void backlogIsExactAtRest() {
        int longest = 0;
        ChannelStats stats = broadcast().stats();
        for (Subscription<Integer> subscription : parts().subscriptions()) {
            longest = Math.max(longest, subscription.drainTo(new ArrayList<>(), Integer.MAX_VALUE));
        }
        if (longest != stats.size()) {
            throw new AssertionError("the longest backlog was " + longest + ", and not as in " + stats);
        }
    }
}
