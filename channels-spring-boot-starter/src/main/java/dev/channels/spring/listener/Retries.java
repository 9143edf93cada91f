package dev.channels.spring.listener;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOffExecution;

/** How often and when one message is tried again. */
final class Retries {

    static final long NONE = BackOffExecution.STOP;

    private final @Nullable RetryPolicy policy;
    private final long start = System.nanoTime();
    private @Nullable BackOffExecution execution;

    Retries(@Nullable RetryPolicy policy) {
        this.policy = policy;
    }

    /** How many milliseconds to wait before the next call, or {@link #NONE} if there is to be none. */
    long next(Throwable cause) {
        if (policy == null
                || cause instanceof Error
                || cause instanceof InterruptedException
                || !policy.shouldRetry(cause)) {
            return NONE;
        }
        if (execution == null) {
            execution = policy.getBackOff().start();
        }
        long delay = execution.nextBackOff();
        return delay >= 0 && isInTime(policy.getTimeout(), delay) ? delay : NONE;
    }

    private boolean isInTime(Duration timeout, long delay) {
        return timeout.isZero()
                || Duration.ofNanos(System.nanoTime() - start).plusMillis(delay).compareTo(timeout) < 0;
    }

    /** Another message of the batch is the one that fails: it has all its retries. */
    void beginAnew() {
        execution = null;
    }
}
