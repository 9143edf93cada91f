package dev.channels;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Room in a channel that is used or given back once. */
final class RoomPermit<T> implements Permit<T> {

    private final Sending<T> sending;
    private final boolean room;
    private final AtomicBoolean used = new AtomicBoolean();

    /** Without room, on a channel that drops, it sends as the channel does. */
    RoomPermit(Sending<T> sending, boolean room) {
        this.sending = sending;
        this.room = room;
    }

    @Override
    public void send(T message) {
        Objects.requireNonNull(message, "message");
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("this permit was used or closed before");
        }
        sending.redeem(message, room);
    }

    @Override
    public void close() {
        if (used.compareAndSet(false, true) && room) {
            sending.inlet().release();
        }
    }
}
