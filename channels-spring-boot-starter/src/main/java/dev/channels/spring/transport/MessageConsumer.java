package dev.channels.spring.transport;

import java.time.Duration;
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
     * Takes the next message and waits at most the given time.
     *
     * @param timeout how long to wait
     * @return the message, or {@code null} if the time ran out
     * @throws InterruptedException if the thread was interrupted; no message was taken
     * @throws dev.channels.ChannelClosedException if there will be no more
     */
    @Nullable Object tryReceive(Duration timeout) throws InterruptedException;

    /** The message received last is done with: handled, or given up. A broker may forget it now. */
    void acknowledge();

    /** Ends this consumer. A message that was not acknowledged goes back to where it came from, if it can. */
    @Override
    void close();
}
