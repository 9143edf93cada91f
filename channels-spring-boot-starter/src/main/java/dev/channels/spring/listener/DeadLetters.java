package dev.channels.spring.listener;

import dev.channels.Sender;
import dev.channels.spring.DeadLetter;
import dev.channels.spring.registry.DefaultChannelRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what a listener gives up to its dead-letter channel. */
final class DeadLetters {

    private static final Logger logger = LoggerFactory.getLogger(DeadLetters.class);

    private final DefaultChannelRegistry channels;
    private final ListenerContainer from;
    private final String target;
    private final Duration timeout;

    private DeadLetters(DefaultChannelRegistry channels, ListenerContainer from, String target, Duration timeout) {
        this.channels = channels;
        this.from = from;
        this.target = target;
        this.timeout = timeout;
    }

    /** Where a listener's dead letters go, or {@code null} if it has no such channel. */
    static @Nullable DeadLetters of(ListenerContainer listener, DefaultChannelRegistry channels) {
        String target = listener.channel().definition().deadLetter();
        return target == null
                ? null
                : new DeadLetters(
                        channels,
                        listener,
                        target,
                        listener.definition().failure().deadLetterTimeout());
    }

    /** Sends a letter for each message, and waits for room no longer than the time-out for all; returns those not taken. */
    List<Object> send(List<Object> messages, Throwable cause, int attempts) {
        List<Object> left = new ArrayList<>();
        Instant now = Instant.now();
        long start = System.nanoTime();
        for (Object message : messages) {
            var letter = new DeadLetter<>(message, cause, from.channel().name(), from.id(), attempts, now);
            if (!send(letter, timeout.minusNanos(System.nanoTime() - start))) {
                left.add(message);
            }
        }
        return left;
    }

    private boolean send(DeadLetter<?> letter, Duration patience) {
        try {
            Sender<DeadLetter<?>> sender = channels.sender(target);
            return sender.trySend(letter, patience);
        } catch (InterruptedException cutShort) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException | Error refused) {
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
