package dev.channels.differential;

import dev.channels.Broadcast;
import dev.channels.Overflow;
import dev.channels.Receiver;
import dev.channels.Subscription;
import org.jspecify.annotations.Nullable;

/** A broadcast in the hands of a program, and its subscriptions. */
final class BroadcastSubject extends Subject {

    private static final int MOST = 4;

    private final Broadcast<Integer> broadcast;

    BroadcastSubject(Broadcast<Integer> broadcast, Overflow overflow) {
        super(broadcast, overflow, new Events());
        this.broadcast = broadcast;
        add(broadcast.subscribe());
    }

    @Override
    @Nullable Object subscribe() {
        if (receivers.size() < MOST) {
            add(broadcast.subscribe());
        }
        return broadcast.subscribers();
    }

    @Override
    @Nullable Object unsubscribe(Receiver<Integer> receiver) {
        ((Subscription<Integer>) receiver).close();
        return broadcast.subscribers();
    }

    @Override
    @Nullable Object close(@Nullable Throwable cause) {
        if (cause == null) {
            broadcast.close();
        } else {
            broadcast.close(cause);
        }
        return null;
    }

    @Override
    @Nullable Object closeNow(@Nullable Throwable cause) {
        broadcast.closeNow();
        return null;
    }
}
