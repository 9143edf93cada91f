package dev.channels;

/**
 * A receiver with a life of its own: closing it ends this receiver and leaves the others alone.
 *
 * @param <T> the type of the messages
 */
public interface ReceiverHandle<T> extends Receiver<T>, AutoCloseable {

    /** Ends this receiver: its waiting and later operations throw {@link ChannelClosedException}. Idempotent. */
    @Override
    void close();
}
