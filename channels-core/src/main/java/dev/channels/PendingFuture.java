package dev.channels;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A send or receive that waits for a caller that does not. */
final class PendingFuture extends Pending {

    private final Completions completions;
    private final CompletableFuture<?> future;
    private final Consumer<PendingFuture> completion;
    private boolean closed;

    PendingFuture(Completions completions, CompletableFuture<?> future, Consumer<PendingFuture> completion) {
        this.completions = completions;
        this.future = future;
        this.completion = completion;
        this.since = System.nanoTime();
    }

    /** Whether the channel closed before it could take effect. */
    boolean isClosed() {
        return closed;
    }

    @Override
    boolean settle(boolean asClosed) {
        closed = asClosed;
        completions.add(future, () -> completion.accept(this));
        return true;
    }

    @Override
    void wake() {
        completions.run();
    }

    @Override
    @Nullable Thread thread() {
        return null;
    }
}
