package dev.channels.spring.listener;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;

/**
 * What is done about the failures of a listener.
 *
 * @param retry whether and when it is called again, or {@code null} if it is not
 * @param deadLetterTimeout how long a worker waits for room in the dead-letter channel
 */
public record FailureSettings(@Nullable RetryPolicy retry, Duration deadLetterTimeout) {}
