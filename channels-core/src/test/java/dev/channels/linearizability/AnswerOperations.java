package dev.channels.linearizability;

import dev.channels.Request;
import dev.channels.RequestChannel;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;

/** What becomes of one request that was received. {@link AnswerModel} has the same methods. */
@Param(name = "answer", gen = IntGen.class, conf = "1:9")
public final class AnswerOperations {

    private final AtomicReference<@Nullable Parts> parts = new AtomicReference<>();

    private record Parts(
            RequestChannel<Integer, Integer> channel,
            CompletableFuture<Integer> future,
            Request<Integer, Integer> request) {

        static Parts of(RequestChannel<Integer, Integer> channel) {
            CompletableFuture<Integer> future = channel.requestAsync(0);
            return new Parts(channel, future, Objects.requireNonNull(channel.tryReceive()));
        }
    }

    /** Made by the first operation: Lincheck changes the identity hash codes once it runs. */
    private Parts parts() {
        if (parts.get() == null) {
            parts.compareAndSet(null, Parts.of(RequestChannel.bounded(1)));
        }
        return Objects.requireNonNull(parts.get());
    }

    @Operation
    public boolean reply(@Param(name = "answer") int answer) {
        return parts().request().reply(answer);
    }

    @Operation
    public boolean fail() {
        return parts().request().fail(new IllegalStateException());
    }

    @Operation
    public boolean cancel() {
        return parts().future().cancel(true);
    }

    @Operation
    public boolean isAbandoned() {
        return parts().request().isAbandoned();
    }

    @Operation
    public void close() {
        parts().channel().close();
    }

    @Operation
    public void closeNow() {
        parts().channel().closeNow();
    }
}
