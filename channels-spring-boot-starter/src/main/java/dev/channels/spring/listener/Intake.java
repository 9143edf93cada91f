package dev.channels.spring.listener;

import dev.channels.spring.transport.MessageConsumer;
import dev.channels.spring.transport.MessageSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the workers of a listener take from: its subscription, by key or in batches where the listener asks for that. */
final class Intake {

    private final MessageSource source;
    private final @Nullable KeyOrder order;
    private final @Nullable BatchSettings batch;

    Intake(MessageSource subscription, ListenerContainer listener) {
        ListenerDefinition definition = listener.definition();
        this.order = definition.key() == null
                ? null
                : new KeyOrder(
                        subscription,
                        definition.key(),
                        definition.keyBuffer(),
                        () -> listener.concurrency().max());
        this.source = order == null ? subscription : order;
        this.batch = definition.batch();
    }

    /** What is called with what was taken. */
    MessageHandler guard(MessageHandler handler) {
        return order == null ? handler : order.guard(handler);
    }

    MessageConsumer newConsumer() {
        return source.newConsumer();
    }

    /** Takes a message if one is there; {@code null} also if it takes waiting to find out. */
    @Nullable Object tryTake(MessageConsumer consumer) {
        return batch == null ? consumer.tryReceive() : null;
    }

    /** Takes a message or batch; {@code null} if there was none for the given time. Without a time it waits for ever. */
    @Nullable Object take(MessageConsumer consumer, Worker worker, @Nullable Duration patience, Consumer<Throwable> onFailure)
            throws InterruptedException {
        Object first = patience == null ? consumer.receive() : consumer.tryReceive(patience);
        return batch == null || first == null ? first : Batch.gather(consumer, worker, first, batch, onFailure);
    }

    boolean isDrained() {
        return source.isDrained();
    }

    /** How many messages wait for their key. */
    int waiting() {
        return order == null ? 0 : order.waiting();
    }

    /** Whether a message waits that some worker could begin with. */
    boolean isReady() {
        return order != null && order.isReady();
    }

    /** Whether no message waits for its key, or holds it. */
    boolean isIdle() {
        return order == null || order.isIdle();
    }

    /** How many of so many workers wait for the channel when there is nothing to do. */
    int receivers(int workers) {
        return order == null ? workers : Math.min(1, workers);
    }

    /** Takes what waits for its key, oldest first. */
    List<Object> handBack() {
        return order == null ? List.of() : order.handBack();
    }

    void close() {
        source.close();
    }
}
