package dev.channels.spring.listener;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What one listener did since it was made: how many messages, how long they took, what they failed with. */
public final class ListenerCounters {

    /** The outcome of calls that returned. */
    public static final String NO_ERROR = "none";

    private final Map<String, Calls> callsByError = new ConcurrentHashMap<>();
    private final Calls handled = new Calls();
    private final RecentMax longest = new RecentMax();
    private volatile Consumer<String> newError = error -> {};

    ListenerCounters() {
        callsByError.put(NO_ERROR, handled);
    }

    void handled(long nanos) {
        handled.add(nanos);
        longest.record(nanos);
    }

    void failed(Throwable cause, long nanos) {
        String error = cause.getClass().getSimpleName();
        Calls calls = callsByError.get(error);
        if (calls == null) {
            calls = callsByError.computeIfAbsent(error, name -> new Calls());
            newError.accept(error);
        }
        calls.add(nanos);
        longest.record(nanos);
    }

    /**
     * How many calls returned.
     *
     * @return the number
     */
    public long handled() {
        return handled.count.sum();
    }

    /**
     * How many messages were given up.
     *
     * @return the number
     */
    public long failed() {
        return callsByError.values().stream()
                        .mapToLong(calls -> calls.count.sum())
                        .sum()
                - handled();
    }

    /**
     * How many calls ended with an error.
     *
     * @param error the simple name of its class, or {@link #NO_ERROR}
     * @return the number
     */
    public long count(String error) {
        Calls calls = callsByError.get(error);
        return calls == null ? 0 : calls.count.sum();
    }

    /**
     * How long the calls took that ended with an error.
     *
     * @param error the simple name of its class, or {@link #NO_ERROR}
     * @return nanoseconds, all calls together
     */
    public long nanos(String error) {
        Calls calls = callsByError.get(error);
        return calls == null ? 0 : calls.nanos.sum();
    }

    /**
     * The longest call of the last minutes.
     *
     * @return nanoseconds
     */
    public long maxNanos() {
        return longest.get();
    }

    /**
     * Sets who is told of the outcomes: those there were, {@link #NO_ERROR} among them, and each new one.
     *
     * @param consumer gets the simple name of the error's class
     */
    public void onOutcome(Consumer<String> consumer) {
        newError = consumer;
        callsByError.keySet().forEach(consumer);
    }

    private static final class Calls {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        void add(long took) {
            count.increment();
            nanos.add(took);
        }
    }

    /** The maximum of the current window of two minutes and the one before, so that a peak is seen and then forgotten. */
    private static final class RecentMax {
        private static final long WINDOW = 120_000_000_000L;

        private final AtomicLong current = new AtomicLong();
        private final AtomicLong previous = new AtomicLong();
        private final AtomicLong windowStart = new AtomicLong(System.nanoTime());

        void record(long nanos) {
            if (nanos > current.get()) {
                current.accumulateAndGet(nanos, Math::max);
            }
        }

        long get() {
            long start = windowStart.get();
            long age = System.nanoTime() - start;
            if (age > WINDOW && windowStart.compareAndSet(start, start + age)) {
                long last = current.getAndSet(0);
                previous.set(age > 2 * WINDOW ? 0 : last);
                return last;
            }
            return Math.max(current.get(), previous.get());
        }
    }
}
