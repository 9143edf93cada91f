package dev.channels;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Makes the receivers that time alone serves. Each is its own, so that who waits there is forgotten with it. */
final class Timers {

    private Timers() {}

    static Receiver<Instant> after(Duration delay) {
        return new Timer<>(Schedule.once(Objects.requireNonNull(delay, "delay")));
    }

    static Receiver<Instant> tick(Duration period) {
        Objects.requireNonNull(period, "period");
        if (!period.isPositive()) {
            throw new IllegalArgumentException("A tick needs a period greater than zero, not " + period);
        }
        return new Timer<>(Schedule.every(period));
    }

    static <T> Receiver<T> never() {
        return new Timer<>(Schedule.never());
    }
}
