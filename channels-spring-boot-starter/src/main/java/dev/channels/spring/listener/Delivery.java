package dev.channels.spring.listener;

import dev.channels.ChannelClosedException;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one call returned, on its way to another channel. It knows how far it is: a send that failed can be tried again
 * without calling the listener again, and nothing is sent twice.
 */
final class Delivery implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Delivery.class);

    private final Forwarding forwarding;
    private final Iterator<?> items;
    private final @Nullable BaseStream<?, ?> stream;
    private @Nullable Object next;

    private Delivery(
            Forwarding forwarding, @Nullable Object next, Iterator<?> items, @Nullable BaseStream<?, ?> stream) {
        this.forwarding = forwarding;
        this.next = next;
        this.items = items;
        this.stream = stream;
    }

    static Delivery of(Forwarding forwarding, Object single) {
        return new Delivery(forwarding, single, Collections.emptyIterator(), null);
    }

    static Delivery ofAll(Forwarding forwarding, Iterator<?> items) {
        return new Delivery(forwarding, null, items, null);
    }

    static Delivery ofAll(Forwarding forwarding, BaseStream<?, ?> stream) {
        return new Delivery(forwarding, null, stream.iterator(), stream);
    }

    /** Sends what was not sent yet; {@code null} among it is no message. */
    void goOn() throws FailureOutsideListener {
        try {
            while (next != null || items.hasNext()) {
                if (next == null) {
                    next = items.next();
                }
                if (next != null) {
                    forwarding.send(next);
                    next = null;
                }
            }
            if (stream != null) {
                stream.close();
            }
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /** What the failure of a send means: it is tried again, unless that would be in vain. */
    FailureOutsideListener failed(Throwable failure) {
        if (next != null && !(failure instanceof ChannelClosedException) && forwarding.carries(next)) {
            return new FailureOutsideListener(failure, this);
        }
        close();
        return new FailureOutsideListener(failure);
    }

    @Override
    public void close() {
        if (stream != null) {
            try {
                stream.close();
            } catch (Throwable failure) {
                logger.warn("A stream that a listener returned could not be closed", failure);
            }
        }
    }
}
