package dev.channels.oracle;

import dev.channels.ChannelClosedException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the two sides of a channel share: the lock, whether it is closed and why, and the futures to complete once the
 * lock is free. All but the constructor, {@link #lock()} and {@link #unlock()} asks for the lock.
 */
final class ChannelState {

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Completions completedSends = new Completions(lock, true);
    private final Completions completedReceives = new Completions(lock, false);

    private boolean closed;
    private boolean discarded;
    private @Nullable Throwable cause;

    ChannelState(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void lock() {
        lock.lock();
    }

    /** Frees the lock, then completes the futures of operations that took effect under it. */
    void unlock() {
        lock.unlock();
        completedSends.run();
        completedReceives.run();
    }

    Condition newCondition() {
        return lock.newCondition();
    }

    void completeSend(Runnable completion) {
        completedSends.add(completion);
    }

    void completeReceive(Runnable completion) {
        completedReceives.add(completion);
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes for sending. The first close decides the cause, also when it gave none. */
    void close(@Nullable Throwable cause) {
        if (!closed) {
            closed = true;
            this.cause = cause;
        }
    }

    /** Notes that messages which receivers could have had were taken away. */
    void discard() {
        discarded = true;
    }

    /** Whether those who read to the end may take it for the end of the messages. */
    boolean endsNormally() {
        return cause == null && !discarded;
    }

    ChannelClosedException closedException() {
        return new ChannelClosedException("Channel '" + name + "' is closed", cause);
    }
}
