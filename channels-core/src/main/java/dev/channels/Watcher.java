package dev.channels;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One reader of a {@link Watch}, which knows what it has seen. A new watcher has seen the value that was there when it
 * was made. Who falls behind finds the newest value only, and always the last.
 *
 * @param <T> the type of the value
 */
public interface Watcher<T> {

    /**
     * Waits while there is no value that this watcher has not seen. The value then counts as seen, those before it as
     * well.
     *
     * @return the newest value
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; nothing counts as seen
     * @throws ChannelClosedException if the watch is closed and its last value was seen
     */
    T awaitChange() throws InterruptedException;

    /**
     * Waits at most the given time while there is no value that this watcher has not seen.
     *
     * @param timeout how long to wait; zero and negative mean not at all, {@code Duration.ofSeconds(Long.MAX_VALUE)}
     *     means for ever
     * @return the newest value, which then counts as seen, or {@code null} if the time ran out
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; nothing counts as seen
     * @throws ChannelClosedException if the watch is closed and its last value was seen
     */
    @Nullable T awaitChange(Duration timeout) throws InterruptedException;

    /**
     * Whether there is a value that this watcher has not seen. Never waits, and counts nothing as seen.
     *
     * @return whether {@link #awaitChange()} would return at once
     */
    boolean hasChanged();

    /**
     * The latest value, which then counts as seen. Never waits, and still answers after {@link Watch#close()}.
     *
     * @return the newest value, or {@code null} if none was set yet
     */
    @Nullable T get();

    /**
     * This watcher as a receiver, to stand in a select. To receive is to wait for a change: it gives the newest value
     * that was not seen, and counts it as seen for this watcher too.
     *
     * @return the receiver, which is closed and drained when the watch is closed and its last value was seen
     */
    Receiver<T> receiver();
}
