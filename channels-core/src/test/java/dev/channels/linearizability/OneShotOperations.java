package dev.channels.linearizability;

import dev.channels.OneShot;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;

/** What threads do with one one-shot. {@link OneShotModel} has the same methods. */
@Param(name = "message", gen = IntGen.class, conf = "1:9")
public final class OneShotOperations {

    private final OneShot<Integer> oneShot = OneShot.create();

    @Operation
    public boolean send(@Param(name = "message") int message) {
        return oneShot.send(message);
    }

    @Operation
    public boolean fail() {
        return oneShot.fail(new IllegalStateException());
    }

    @Operation
    public boolean cancel() {
        return oneShot.cancel();
    }

    @Operation
    public boolean isCancelled() {
        return oneShot.isCancelled();
    }

    @Operation
    public @Nullable Integer tryReceive() {
        return oneShot.receiver().tryReceive();
    }

    @Operation
    public boolean isClosedForReceive() {
        return oneShot.receiver().isClosedForReceive();
    }
}
