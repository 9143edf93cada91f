package dev.channels.linearizability;

import dev.channels.ChannelStats;
import dev.channels.Watch;
import dev.channels.Watcher;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/** What threads do with one watch and a watcher that they share. {@link WatchModel} has the same methods. */
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public final class WatchOperations {

    private final Watch<Integer> watch = Watch.empty();
    private final Watcher<Integer> watcher = watch.watcher();

    @Operation
    public void set(@Param(name = "value") int value) {
        watch.set(value);
    }

    @Operation
    public int increment() {
        return watch.update(value -> value == null ? 1 : value + 1);
    }

    @Operation
    public boolean compareAndSet(@Param(name = "value") int value) {
        return watch.compareAndSet(1, value);
    }

    @Operation
    public @Nullable Integer get() {
        return watch.get();
    }

    @Operation
    public @Nullable Integer watcherGet() {
        return watcher.get();
    }

    @Operation
    public boolean hasChanged() {
        return watcher.hasChanged();
    }

    @Operation
    public @Nullable Integer tryReceive() {
        return watcher.receiver().tryReceive();
    }

    @Operation
    public boolean isClosedForReceive() {
        return watcher.receiver().isClosedForReceive();
    }

    @Operation
    public void close() {
        watch.close();
    }

    @Validate
    public void numbersAreExactAtRest() {
        ChannelStats stats = watch.stats();
        if (stats.sent() - stats.received() - stats.dropped() != stats.size()) {
            throw new AssertionError("the numbers do not fit together: " + stats);
        }
        if (stats.size() != (watch.get() == null ? 0 : 1)) {
            throw new AssertionError(watch.get() + " is not as in " + stats);
        }
    }
}
