package dev.channels;

import org.jspecify.annotations.Nullable;

/** Whether a channel is closed, and why. Written under the lock of its sending side. */
final class ChannelState {

    private final String name;
    private volatile boolean closed;
    private volatile boolean closedAtOnce;
    private volatile boolean discarded;
    private @Nullable Throwable cause;

    ChannelState(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes for sending. The first close decides the cause, also when it gave none. */
    void close(@Nullable Throwable newCause) {
        if (!closed) {
            cause = newCause;
            closed = true;
        }
    }

    /** Closes for those too who were accepted or wait: nothing more comes. */
    void closeAtOnce(@Nullable Throwable newCause) {
        closedAtOnce = true;
        close(newCause);
    }

    boolean isClosedAtOnce() {
        return closedAtOnce;
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
