package dev.channels.spring.registry;

import dev.channels.Waiter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of threads that are blocked in a send while no listener has started yet: an application that waits for itself.
 * Its thread is none of the virtual ones, because those that are blocked may hold all carriers. It ends when listeners
 * start.
 */
final class EarlySends implements Runnable {

    private static final Logger logger = LoggerFactory.getLogger(EarlySends.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LEAST = Duration.ofMillis(10);

    private final DefaultChannelRegistry channels;
    private final Set<String> told = new HashSet<>();
    private final CountDownLatch over = new CountDownLatch(1);

    EarlySends(DefaultChannelRegistry channels) {
        this.channels = channels;
    }

    /** Begins to look; to be called once, when there is a channel. */
    void begin() {
        Thread watch = new Thread(null, this, "channels-early-sends", 0, false);
        watch.setDaemon(true);
        watch.start();
    }

    /** The listeners start, or the context does not. */
    void end() {
        over.countDown();
    }

    @Override
    public void run() {
        try {
            Duration pause = PATIENCE;
            while (!over.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                pause = look();
            }
        } catch (InterruptedException interrupted) {
            // Whoever interrupts this thread wants it to end.
        }
    }

    /** Tells of those that have waited too long; answers when the next could have. */
    private Duration look() {
        Duration next = PATIENCE;
        for (RegisteredChannel channel : channels.all()) {
            Waiter oldest = told.contains(channel.name()) ? null : oldestSend(channel);
            if (oldest != null && oldest.waited().compareTo(PATIENCE) >= 0) {
                tell(channel.name(), oldest);
            } else if (oldest != null) {
                Duration left = PATIENCE.minus(oldest.waited());
                next = left.compareTo(next) < 0 ? left : next;
            }
        }
        return next.compareTo(LEAST) < 0 ? LEAST : next;
    }

    private static @Nullable Waiter oldestSend(RegisteredChannel channel) {
        try {
            return firstSend(channel);
        } catch (RuntimeException unknown) {
            logger.debug("Who waits at channel '{}' cannot be found out", channel.name(), unknown);
            return null;
        }
    }

    private static @Nullable Waiter firstSend(RegisteredChannel channel) {
        return channel.channel().waiters().stream()
                .filter(waiter -> waiter.side() == Waiter.Side.SEND && waiter.thread() != null)
                .findFirst()
                .orElse(null);
    }

    private void tell(String channel, Waiter waiter) {
        Thread thread = waiter.thread();
        if (thread == null || !told.add(channel)) {
            return;
        }
        logger.warn(
                "Thread {} has been blocked for {} s in a send to channel '{}', at {}, and no listener has started yet:"
                        + " they start when all beans are there. Send when the application has started, from an"
                        + " ApplicationRunner for instance, or use trySend or sendAsync, or give the channel more"
                        + " capacity",
                thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName(),
                waiter.waited().toSeconds(),
                channel,
                UserCode.of(thread).orElse("an unknown place"));
    }
}
