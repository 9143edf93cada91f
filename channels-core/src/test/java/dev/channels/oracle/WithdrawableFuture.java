package dev.channels.oracle;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The future of a channel operation. Whoever holds it may complete it by hand, in any of the ways that a
 * {@link CompletableFuture} has; that takes the operation back, and does nothing once the operation took effect.
 */
final class WithdrawableFuture<V extends @Nullable Object> extends CompletableFuture<V> {

    private volatile BooleanSupplier withdrawal = () -> false;

    /** Sets how the operation is taken back: {@code true} if it was, {@code false} if it had taken effect. */
    void withdrawBy(BooleanSupplier withdrawal) {
        this.withdrawal = withdrawal;
    }

    void succeed(V value) {
        super.complete(value);
    }

    void fail(Throwable cause) {
        super.completeExceptionally(cause);
    }

    @Override
    public boolean complete(V value) {
        return withdrawal.getAsBoolean() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable ex) {
        return withdrawal.getAsBoolean() && super.completeExceptionally(ex);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return withdrawal.getAsBoolean() ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }

    @Override
    public void obtrudeValue(V value) {
        boolean unused = complete(value);
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable ex) {
        boolean unused = completeExceptionally(ex);
        super.obtrudeException(ex);
    }

    @Override
    public CompletableFuture<V> completeAsync(Supplier<? extends V> supplier, Executor executor) {
        Objects.requireNonNull(supplier, "supplier");
        executor.execute(() -> {
            if (!isDone()) {
                completeWith(supplier);
            }
        });
        return this;
    }

    private void completeWith(Supplier<? extends V> supplier) {
        try {
            complete(supplier.get());
        } catch (Throwable failure) {
            completeExceptionally(failure);
        }
    }
}
