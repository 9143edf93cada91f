package dev.channels;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A sender that is counted: Rust's clone and drop. */
final class CountedSender<T> implements SenderHandle<T>, Sends<T> {

    private final HandleInlet inlet;
    private final Sending<T> sending;
    private final Consumer<@Nullable Throwable> onClose;

    CountedSender(Sending<T> channel, SharedInlet shared, Consumer<@Nullable Throwable> onClose) {
        this.inlet = new HandleInlet(shared);
        this.sending = channel.through(inlet);
        this.onClose = onClose;
    }

    @Override
    public Sending<T> sending() {
        return sending;
    }

    @Override
    public void close() {
        closeWith(null);
    }

    @Override
    public void close(Throwable cause) {
        closeWith(Objects.requireNonNull(cause, "cause"));
    }

    private void closeWith(@Nullable Throwable cause) {
        // On a closed channel the handle was closed already, for the channel's reason.
        if (inlet.closeHandle(inlet.isClosed() ? null : cause)) {
            onClose.accept(cause);
        }
    }

    @Override
    public String toString() {
        return "SenderHandle[" + sending.name() + (inlet.isClosed() ? ", closed]" : "]");
    }

    private static final class HandleInlet extends HandlePort<SharedInlet> implements Inlet {

        HandleInlet(SharedInlet inlet) {
            super(inlet);
        }

        @Override
        public Object offer(Object message, @Nullable Wait wait) {
            return port.offer(message, own(wait), this);
        }

        @Override
        public Object offerReplacing(Object message, boolean acceptAnyway) {
            return port.offerReplacing(message, acceptAnyway, this);
        }

        @Override
        public boolean refuse() {
            return port.refuse(this);
        }

        @Override
        public boolean redeem(Object message) {
            return port.redeem(message);
        }

        @Override
        public void release() {
            port.release();
        }

        @Override
        public boolean isClosed() {
            return isHandleClosed() || port.isClosed();
        }
    }
}
