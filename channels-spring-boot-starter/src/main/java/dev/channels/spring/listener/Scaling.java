package dev.channels.spring.listener;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again whether an elastic listener needs more workers, as long as it is elastic. */
final class Scaling {

    private static final Logger logger = LoggerFactory.getLogger(Scaling.class);

    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** So that the maximum is reached within a second, however few messages wait at a time. */
    private static final int STEPS = 4;

    private Scaling() {}

    /** Starts looking; ends when the question is answered with {@code false}. */
    static void start(String listener, BooleanSupplier goOn) {
        Thread.ofVirtual()
                .name("channel-" + listener + "-scaling")
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    do {
                        LockSupport.parkNanos(INTERVAL.toNanos());
                    } while (answer(listener, goOn));
                });
    }

    /** A transport that has no numbers for a while must not end this for good. */
    private static boolean answer(String listener, BooleanSupplier goOn) {
        try {
            return goOn.getAsBoolean();
        } catch (RuntimeException | Error unknown) {
            logger.debug("Listener '{}' cannot tell whether it needs more workers", listener, unknown);
            return true;
        }
    }

    /** How many workers there should be while all are busy: one more for each message that waits, or a good step. */
    static int wanted(int workers, long waiting, Concurrency concurrency) {
        if (waiting == 0) {
            return workers;
        }
        int step = Math.ceilDiv(concurrency.max() - concurrency.min(), STEPS);
        return (int) Math.min(workers + Math.max(waiting, step), concurrency.max());
    }
}
