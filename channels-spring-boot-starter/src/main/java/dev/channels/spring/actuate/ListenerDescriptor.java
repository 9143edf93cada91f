package dev.channels.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A listener, as the endpoint shows it.
 *
 * @param id its id
 * @param method what is called
 * @param concurrency how many workers it has
 * @param busy how many of them have a message in hand
 * @param paused whether it takes nothing now
 * @param handled how many calls returned
 * @param failed how many messages were given up
 * @param retried how many extra calls there were
 * @param deadLettered how many messages went to a dead-letter channel
 * @param sendTo the channel that gets what it returns, or {@code null}
 */
public record ListenerDescriptor(
        String id,
        String method,
        Workers concurrency,
        int busy,
        boolean paused,
        long handled,
        long failed,
        long retried,
        long deadLettered,
        @JsonInclude @Nullable String sendTo) {

    /**
     * How many workers.
     *
     * @param min as many as there always are
     * @param max as many as there are while messages wait
     * @param current as many as there are now
     */
    public record Workers(int min, int max, int current) {}
}
