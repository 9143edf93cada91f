package dev.channels;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** How long the sends of a channel wait at most, and who is told of those that waited. */
record SendWait(long limit, @Nullable LongConsumer listener) {

    /** As long as it takes, and nobody is told. */
    static final SendWait UNLIMITED = new SendWait(BlockedThread.FOREVER, null);

    SendWait atMost(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("A send timeout must be greater than zero, not " + timeout);
        }
        return new SendWait(TimeUnit.NANOSECONDS.convert(timeout), listener);
    }

    SendWait toldTo(LongConsumer newListener) {
        return new SendWait(limit, Objects.requireNonNull(newListener, "onSendWaited"));
    }

    boolean isLimited() {
        return limit != BlockedThread.FOREVER;
    }

    /** Tells how long a send waited. Never throws: what has become of the send does not change by it. */
    void tell(long nanos) {
        if (listener == null) {
            return;
        }
        try {
            listener.accept(nanos);
        } catch (Throwable failure) {
            Uncaught.report(failure);
        }
    }
}
