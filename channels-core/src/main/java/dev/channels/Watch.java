package dev.channels;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The latest value of something, and a way to wait for the next. Writers replace the value and never wait; readers get
 * the newest and may miss those between, but never the last.
 *
 * <p>Every write is a change, also one that writes an equal value. In its numbers every value counts as sent, the first
 * one too; the size is 0 until there is one and 1 from then on. A value that was replaced counts as received if anybody
 * had read it, else as dropped.
 *
 * @param <T> the type of the value
 */
public interface Watch<T> extends Monitored, AutoCloseable {

    /**
     * A watch that begins with a value.
     *
     * @param initial the first value
     * @param <T> the type of the value
     * @return a new watch
     */
    static <T> Watch<T> of(T initial) {
        return WatchBuilder.unnamed().initial(initial).build();
    }

    /**
     * A watch that has no value until the first is set.
     *
     * @param <T> the type of the value
     * @return a new watch
     */
    static <T> Watch<T> empty() {
        return WatchBuilder.unnamed().build();
    }

    /**
     * Starts to build a watch. Unless told otherwise it has no value until the first is set.
     *
     * @param name the watch's name, for messages and metrics
     * @return a new builder
     */
    static Builder<Object> builder(String name) {
        return WatchBuilder.named(name);
    }

    /**
     * The latest value. Never waits, and still answers after {@link #close()}.
     *
     * @return the value, or {@code null} if none was set yet
     */
    @Nullable T get();

    /**
     * Replaces the value. Never waits.
     *
     * @param value the new value
     * @throws ChannelClosedException if the watch is closed
     */
    void set(T value);

    /**
     * Replaces the value by one that is made of it, with no other write between. The function may run more than once,
     * in the caller's thread and outside any lock. What it throws reaches the caller, and nothing changes.
     *
     * @param change makes the new value of the latest one, which is {@code null} if none was set yet
     * @return the new value
     * @throws NullPointerException if the function returns {@code null}; nothing changes
     * @throws ChannelClosedException if the watch is closed
     */
    T update(UnaryOperator<T> change);

    /**
     * Replaces the value if it equals another. Never waits.
     *
     * @param expected what the value must be equal to, by {@code equals}; {@code null} for a watch that has none yet
     * @param value the new value
     * @return whether the value was replaced
     * @throws ChannelClosedException if the watch is closed
     */
    boolean compareAndSet(@Nullable T expected, T value);

    /**
     * Waits until the value fits. A value that is there already may fit at once; the condition is not asked while there
     * is none. It is asked in the caller's thread and outside any lock, and what it throws reaches the caller. It may
     * not see a value that was replaced quickly.
     *
     * @param condition what to wait for
     * @return the value that fits
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     * @throws ChannelClosedException if the watch is closed and its last value does not fit
     */
    T await(Predicate<? super T> condition) throws InterruptedException;

    /**
     * Waits at most the given time until the value fits.
     *
     * @param condition what to wait for
     * @param timeout how long to wait; zero and negative mean not at all, {@code Duration.ofSeconds(Long.MAX_VALUE)}
     *     means for ever
     * @return the value that fits, or {@code null} if the time ran out
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     * @throws ChannelClosedException if the watch is closed and its last value does not fit
     */
    @Nullable T await(Predicate<? super T> condition, Duration timeout) throws InterruptedException;

    /**
     * Starts to follow the changes. The new watcher has seen the value that is there now.
     *
     * @return a new watcher
     */
    Watcher<T> watcher();

    /**
     * Closes the watch for writing. The last value stays: {@link #get()} still answers, each watcher that has not seen
     * it gets it once and then the end, and waiting for a condition returns if it fits, else throws. Idempotent; never
     * throws, never waits.
     */
    @Override
    void close();

    /**
     * Builds watches. Each method returns this builder, and it may build many times; those that take a typed argument
     * narrow the type of the value.
     *
     * @param <T> the type of the value, or a supertype of it
     */
    interface Builder<T> {

        /**
         * Sets the value that a watch begins with.
         *
         * @param value the first value
         * @param <S> the type of the value from here on
         * @return this builder
         */
        <S extends T> Builder<S> initial(S value);

        /**
         * Builds a watch.
         *
         * @param <S> the type of its value
         * @return a new watch
         */
        <S extends T> Watch<S> build();
    }
}
