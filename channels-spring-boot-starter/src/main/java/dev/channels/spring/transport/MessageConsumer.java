package dev.channels.spring.transport;

import dev.channels.ChannelClosedException;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What one worker takes messages from, one after the other. Used by one thread. */
public interface MessageConsumer extends AutoCloseable {

    /**
     * Takes the next message and waits while there is none.
     *
     * @return the message
     * @throws InterruptedException if the thread was interrupted; no message was taken
     * @throws dev.channels.ChannelClosedException if there will be no more
     */
    Object receive() throws InterruptedException;

    /**
     * Takes the next message if one is there. Never waits for anything: no interrupt ends this. What cannot promise that
     * answers {@code null}, and {@link #receive()} follows. Whoever pauses the listener waits until the message before
     * is acknowledged; so where this answers messages {@link #acknowledge()} must not take long either.
     *
     * @return the message, or {@code null}
     * @throws dev.channels.ChannelClosedException if there will be no more
     */
    default @Nullable Object tryReceive() {
        return null;
    }

    /**
     * Takes the next message and waits at most the given time.
     *
     * @param timeout how long to wait
     * @return the message, or {@code null} if the time ran out
     * @throws InterruptedException if the thread was interrupted; no message was taken
     * @throws dev.channels.ChannelClosedException if there will be no more
     */
    @Nullable Object tryReceive(Duration timeout) throws InterruptedException;

    /**
     * Takes what else is there for a batch, and what comes while it lingers. An interrupt or the channel's end during
     * that time ends it: the call returns normally, with the flag kept.
     *
     * @param target where the messages go, in order
     * @param max the most to take
     * @param linger how long to wait for them
     */
    default void receiveMore(Collection<Object> target, int max, Duration linger) {
        long start = System.nanoTime();
        try {
            for (int taken = 0; taken < max; taken++) {
                Object message = tryReceive(linger.minusNanos(System.nanoTime() - start));
                if (message == null) {
                    return;
                }
                target.add(message);
            }
        } catch (InterruptedException calledBack) {
            Thread.currentThread().interrupt();
        } catch (ChannelClosedException end) {
            // Found again by whoever receives next.
        }
    }

    /** What was received since this was called last is done with: handled, or given up. A broker may forget it now. */
    void acknowledge();

    /** Ends this consumer. A message that was not acknowledged goes back to where it came from, if it can. */
    @Override
    void close();
}
