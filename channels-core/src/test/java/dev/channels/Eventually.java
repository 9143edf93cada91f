package dev.channels;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Waits for what is about to happen, told by the channel's own numbers where they tell it. */
final class Eventually {

    private Eventually() {}

    /** Waits until so many sends are blocked. */
    static void sendersWait(Monitored channel, int count) {
        eventually(() -> channel.stats().blockedSenders() == count);
    }

    /** Waits until so many receives are blocked. */
    static void receiversWait(Monitored channel, int count) {
        eventually(() -> channel.stats().blockedReceivers() == count);
    }

    static void eventually(Callable<Boolean> condition) {
        soon().until(condition);
    }

    static void eventuallyAsserted(ThrowingRunnable assertions) {
        soon().untilAsserted(assertions);
    }

    private static ConditionFactory soon() {
        return await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(10));
    }
}
