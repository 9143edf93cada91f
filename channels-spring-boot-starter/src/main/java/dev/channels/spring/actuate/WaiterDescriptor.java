package dev.channels.spring.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An operation that waits, as the endpoint shows it.
 *
 * @param side {@code send} or {@code receive}
 * @param thread the name of the thread, {@code #} and its number if it has none, or {@code null} if none is blocked
 * @param virtual whether the thread is virtual
 * @param waited for how long, in ISO-8601
 * @param at where in the application's code, or {@code null} if that is not known
 */
public record WaiterDescriptor(
        String side,
        @JsonInclude @Nullable String thread,
        boolean virtual,
        String waited,
        @JsonInclude @Nullable String at) {}
