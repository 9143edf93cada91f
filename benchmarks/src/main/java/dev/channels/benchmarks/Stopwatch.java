package dev.channels.benchmarks;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Times a round and adds up what its receivers took. */
public final class Stopwatch {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AtomicInteger receivers;
    private final AtomicLong sum = new AtomicLong();
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private volatile long start;

    /**
     * A watch that stops when all receivers are done.
     *
     * @param receivers how many there are
     */
    public Stopwatch(int receivers) {
        this.receivers = new AtomicInteger(receivers);
    }

    /** Starts to measure. */
    public void start() {
        start = System.nanoTime();
    }

    /**
     * A receiver is done.
     *
     * @param received the sum of what it took
     */
    public void received(long received) {
        sum.addAndGet(received);
        if (receivers.decrementAndGet() == 0) {
            end.complete(System.nanoTime());
        }
    }

    /**
     * A sender or receiver failed, and the round with it.
     *
     * @param failure why
     */
    public void failed(Throwable failure) {
        end.completeExceptionally(failure);
    }

    /**
     * Waits for the last receiver.
     *
     * @return the time, and what was received
     * @throws InterruptedException if interrupted
     * @throws ExecutionException if something failed
     * @throws TimeoutException if the receivers are still not done after two minutes
     */
    public Outcome await() throws InterruptedException, ExecutionException, TimeoutException {
        long stop = end.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        return new Outcome(stop - start, sum.get());
    }
}
