package dev.channels.spring.transport;

import dev.channels.Broadcast;
import dev.channels.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broadcast in memory: one of ours, or a bean of the application. */
public final class MemoryBroadcast extends MemoryChannel {

    private static final Logger logger = LoggerFactory.getLogger(MemoryBroadcast.class);

    private final Broadcast<?> broadcast;
    private final List<Subscription<?>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Makes a broadcast known to the rest of the starter.
     *
     * @param broadcast the broadcast
     */
    public MemoryBroadcast(Broadcast<?> broadcast) {
        this(broadcast, Measured.NOTHING);
    }

    MemoryBroadcast(Broadcast<?> broadcast, Measured measured) {
        super(broadcast, measured);
        this.broadcast = broadcast;
    }

    @Override
    public Broadcast<?> bean() {
        return broadcast;
    }

    @Override
    public MessageSource subscribe() {
        Subscription<?> subscription = broadcast.subscribe();
        listeners.add(subscription);
        return new MemorySource(subscription, () -> {
            listeners.remove(subscription);
            subscription.close();
        });
    }

    @Override
    public void close() {
        broadcast.close();
    }

    /** Takes what the listeners have not read; subscriptions that the application made are its own affair. */
    @Override
    public List<?> closeNow() {
        broadcast.closeNow();
        List<Object> unread = new ArrayList<>();
        for (Subscription<?> subscription : listeners) {
            drain(subscription, unread);
            subscription.close();
        }
        return unread;
    }

    private void drain(Subscription<?> from, List<Object> target) {
        boolean more = true;
        while (more) {
            try {
                more = from.drainTo(target, Integer.MAX_VALUE) > 0;
            } catch (RuntimeException failure) {
                // Of an interceptor of the application's, and as elsewhere the message counts as received.
                logger.error("A message of channel '{}' could not be taken at its close", broadcast.name(), failure);
            }
        }
    }
}
