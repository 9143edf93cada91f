package dev.channels;

import org.jspecify.annotations.Nullable;

/** One side of a channel as those see it who wait there. The methods that end in {@code Locked} ask for the lock. */
interface Port extends Withdrawal {

    /** The lock that guards this side. */
    SpinLock guard();

    /** Whether each message waits for the one before: there is room for one, or for none. */
    default boolean isOneByOne() {
        return false;
    }

    /** Whether an operation would not have to wait: there is room, a message, a partner, or an end. */
    boolean isReadyLocked();

    /** Puts an operation at the end of those that wait. */
    void enqueueLocked(Pending operation);

    /** Serves who can be served; called without the lock after operations were added or taken out. */
    void settle();

    /** Takes out and fails all operations of one handle. */
    void failAll(Object owner);

    /** Takes back the place of an operation that is over, for the next one. */
    void recycle(BlockedThread operation);

    /** The exception for operations that find this side closed. */
    ChannelClosedException closedException();

    /** How an operation waits, should it have to. Asked under the lock. */
    @FunctionalInterface
    interface Wait {

        /** Gives the operation that is to wait; {@code null} if it must not any more. */
        @Nullable Pending in(Waiters waiters);
    }
}
