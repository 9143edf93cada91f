package dev.channels;

/**
 * A sender with a life of its own, as {@link Channel#newSender()} gives it. The channel counts its open sender handles:
 * when the last one is closed, the channel closes. The handles of a channel that is closed behave as closed.
 *
 * @param <T> the type of the messages
 */
public interface SenderHandle<T> extends Sender<T>, AutoCloseable {

    /**
     * Ends this sender and leaves the others alone: its waiting and later operations throw
     * {@link ChannelClosedException}. If it was the last one open, the channel closes as with {@link Channel#close()}.
     * Idempotent; closing one handle twice counts once. Never throws, never waits.
     */
    @Override
    void close();

    /**
     * Ends this sender for a reason. If it was the last one open, the channel closes as with
     * {@link Channel#close(Throwable)} and this cause; otherwise receivers do not learn of it. Does nothing if the
     * handle was closed before.
     *
     * @param cause why
     */
    void close(Throwable cause);
}
