package dev.channels.spring.listener;

import dev.channels.Sender;
import dev.channels.spring.DeadLetter;
import dev.channels.spring.registry.DefaultChannelRegistry;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what a listener gives up to its dead-letter channel. */
final class DeadLetters {

    private static final Logger logger = LoggerFactory.getLogger(DeadLetters.class);

    private final DefaultChannelRegistry channels;
    private final ListenerContainer from;
    private final String target;
    private final Duration timeout;

    DeadLetters(DefaultChannelRegistry channels, ListenerContainer from, String target) {
        this.channels = channels;
        this.from = from;
        this.target = target;
        this.timeout = from.definition().failure().deadLetterTimeout();
    }

    /**
     * Sends a letter for each message that a worker has in hand, and waits for room no longer than the time-out for all.
     * Those that are taken are struck off. When one hangs until shutdown has taken the rest away, this ends.
     */
    void send(Worker worker, Batch left, Throwable cause, int attempts) {
        Instant now = Instant.now();
        long start = System.nanoTime();
        int refused = 0;
        while (refused < left.messages().size() && worker.isDelivering()) {
            Object message = left.messages().get(refused);
            var letter = new DeadLetter<>(message, cause, from.channel().name(), from.id(), attempts, now);
            if (!send(letter, timeout.minusNanos(System.nanoTime() - start))) {
                refused++;
            } else if (!from.settlement().lettered(worker, left, refused)) {
                logger.warn(
                        "Dead-letter channel '{}' took a {} from channel '{}' after it was reported as left behind",
                        target,
                        Payload.typeName(message),
                        from.channel().name());
            }
        }
    }

    private boolean send(DeadLetter<?> letter, Duration patience) {
        try {
            Sender<DeadLetter<?>> sender = channels.sender(target);
            return sender.trySend(letter, patience);
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Throwable refused) {
            // Closed, or its transport or an interceptor failed.
            logger.debug("Dead-letter channel '{}' refused a letter", target, refused);
            return false;
        }
    }

    String target() {
        return target;
    }

    Duration timeout() {
        return timeout;
    }
}
