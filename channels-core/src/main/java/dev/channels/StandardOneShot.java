package dev.channels;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A one-shot over a {@link Latest} that ends with its first value, or without one. */
final class StandardOneShot<T> implements OneShot<T> {

    private static final Ending SENT = Ending.normal("The one-shot gave its value before");

    private final Latest latest = new Latest(null);
    private final Receiving<T> receiving = new Receiving<>(Reading.again(latest), null);

    @Override
    public boolean send(T value) {
        return latest.writeLast(Objects.requireNonNull(value, "value"), SENT);
    }

    @Override
    public boolean fail(Throwable cause) {
        return latest.end(Ending.failure("The one-shot failed", Objects.requireNonNull(cause, "cause")));
    }

    @Override
    public boolean cancel() {
        return latest.ending() == null && latest.end(cancelled());
    }

    private static Ending cancelled() {
        return Ending.cancellation("The one-shot was cancelled");
    }

    @Override
    public boolean isCancelled() {
        Ending ending = latest.ending();
        return ending != null && ending.isCancellation();
    }

    @Override
    public T receive() throws InterruptedException {
        return receiving.receive();
    }

    @Override
    public @Nullable T tryReceive(Duration timeout) throws InterruptedException {
        return receiving.tryReceive(timeout);
    }

    @Override
    public CompletableFuture<T> toFuture() {
        Reading reading = Reading.endedByWithdrawal(latest, StandardOneShot::cancelled);
        return receiving.through(reading).receiveAsync();
    }

    @Override
    public Receiver<T> receiver() {
        return new OneShotReceiver<>(receiving, () -> receiving.through(Reading.fromNow(latest)));
    }

    @Override
    public String toString() {
        Ending ending = latest.ending();
        if (ending == null) {
            return "OneShot[open]";
        }
        return ending.cause() == null ? "OneShot[sent]" : isCancelled() ? "OneShot[cancelled]" : "OneShot[failed]";
    }
}
