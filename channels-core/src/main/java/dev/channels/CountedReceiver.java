package dev.channels;

import org.jspecify.annotations.Nullable;

/** A receiver that is counted. */
final class CountedReceiver<T> implements ReceiverHandle<T>, Receives<T> {

    private final String name;
    private final HandleOutlet outlet;
    private final Receiving<T> receiving;
    private final Runnable onClose;

    CountedReceiver(String name, Receiving<T> channel, SharedOutlet shared, Runnable onClose) {
        this.name = name;
        this.outlet = new HandleOutlet(shared);
        this.receiving = channel.through(outlet);
        this.onClose = onClose;
    }

    @Override
    public Receiving<T> receiving() {
        return receiving;
    }

    @Override
    public void close() {
        if (outlet.closeHandle(null)) {
            onClose.run();
        }
    }

    @Override
    public String toString() {
        return "ReceiverHandle[" + name + (outlet.isEnded() ? ", closed]" : "]");
    }

    private static final class HandleOutlet extends HandlePort<SharedOutlet> implements Outlet {

        HandleOutlet(SharedOutlet outlet) {
            super(outlet);
        }

        @Override
        public @Nullable Object poll(@Nullable Wait wait) {
            return port.poll(own(wait), this);
        }

        @Override
        public @Nullable Object peek() {
            return isHandleClosed() ? null : port.peek();
        }

        @Override
        public int available() {
            return isHandleClosed() ? 0 : port.available();
        }

        @Override
        public boolean isEnded() {
            return isHandleClosed() || port.isEnded();
        }

        @Override
        public boolean endsNormally() {
            return isHandleClosed() || port.endsNormally();
        }
    }
}
