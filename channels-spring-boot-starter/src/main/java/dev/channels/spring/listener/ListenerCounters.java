package dev.channels.spring.listener;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one listener did since it was made: how many messages, how long they took, what they failed with. */
public final class ListenerCounters {

    /** The outcome of calls that returned. */
    public static final String NO_ERROR = "none";

    private static final Logger logger = LoggerFactory.getLogger(ListenerCounters.class);

    private final Map<String, Calls> callsByError = new ConcurrentHashMap<>();
    private final HandledCalls handled = new HandledCalls();
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong deadLettered = new AtomicLong();
    private final AtomicLong undelivered = new AtomicLong();
    private final RecentMax longest = new RecentMax();
    private final AtomicLong diedWorkers = new AtomicLong();
    private final List<Consumer<String>> outcomeListeners = new CopyOnWriteArrayList<>();

    ListenerCounters() {}

    /** What a worker counts in. */
    HandledCalls.Tally workerBegins() {
        return handled.begin();
    }

    void workerEnds(HandledCalls.Tally tally) {
        handled.end(tally);
    }

    void handled(HandledCalls.Tally tally, int messages, long nanos) {
        tally.add(messages, nanos);
        longest.record(nanos);
    }

    void failed(int messages, Throwable cause, long nanos) {
        String error = nameOf(cause.getClass());
        boolean first = !callsByError.containsKey(error);
        callsByError.computeIfAbsent(error, name -> new Calls()).add(messages, nanos);
        longest.record(nanos);
        if (first) {
            outcomeListeners.forEach(listener -> tell(listener, error));
        }
    }

    void countRetry() {
        retried.incrementAndGet();
    }

    void deadLettered(int messages) {
        deadLettered.addAndGet(messages);
    }

    void undelivered(int messages) {
        undelivered.addAndGet(messages);
    }

    void workerDied() {
        diedWorkers.incrementAndGet();
    }

    private static String nameOf(Class<?> error) {
        return error.getSimpleName().isEmpty() ? error.getName() : error.getSimpleName();
    }

    /** A meter that cannot be registered must not cost a worker. */
    private static void tell(Consumer<String> listener, String error) {
        try {
            listener.accept(error);
        } catch (RuntimeException failure) {
            logger.error("A listener's failures of type {} cannot be measured", error, failure);
        }
    }

    /**
     * How many messages were handled: their call returned, or an error handler dealt with its failure.
     *
     * @return the number
     */
    public long handled() {
        return handled.messages();
    }

    /**
     * How many messages were given up.
     *
     * @return the number
     */
    public long failed() {
        return callsByError.values().stream()
                .mapToLong(calls -> calls.count.get())
                .sum();
    }

    /**
     * How many calls there were after a first that had failed.
     *
     * @return the number
     */
    public long retried() {
        return retried.get();
    }

    /**
     * How many of the failed messages the dead-letter channel took.
     *
     * @return the number
     */
    public long deadLettered() {
        return deadLettered.get();
    }

    /**
     * How many workers ended though nobody asked them to. Others took their places.
     *
     * @return the number
     */
    public long diedWorkers() {
        return diedWorkers.get();
    }

    /**
     * How many of the failed messages the dead-letter channel did not take.
     *
     * @return the number; anything but 0 is a reason for alarm
     */
    public long undelivered() {
        return undelivered.get();
    }

    /**
     * How many messages ended with an error.
     *
     * @param error the simple name of its class, or {@link #NO_ERROR}
     * @return the number
     */
    public long count(String error) {
        if (error.equals(NO_ERROR)) {
            return handled.messages();
        }
        Calls calls = callsByError.get(error);
        return calls == null ? 0 : calls.count.get();
    }

    /**
     * How long the calls took that ended with an error.
     *
     * @param error the simple name of its class, or {@link #NO_ERROR}
     * @return nanoseconds, all calls together
     */
    public long nanos(String error) {
        if (error.equals(NO_ERROR)) {
            return handled.nanos();
        }
        Calls calls = callsByError.get(error);
        return calls == null ? 0 : calls.nanos.get();
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
     * Tells of the outcomes there were, {@link #NO_ERROR} among them, and of each new one.
     *
     * @param listener gets the simple name of the error's class, sometimes twice
     */
    public void addOutcomeListener(Consumer<String> listener) {
        outcomeListeners.add(listener);
        tell(listener, NO_ERROR);
        callsByError.keySet().forEach(error -> tell(listener, error));
    }

    private static final class Calls {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong nanos = new AtomicLong();

        void add(int messages, long took) {
            count.addAndGet(messages);
            nanos.addAndGet(took);
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
