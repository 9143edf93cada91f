package dev.channels.spring.listener;

import dev.channels.spring.transport.MessageConsumer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Messages that go to a listener together. A type of its own, because a single message may be a list too.
 *
 * @param messages the messages, oldest first
 */
record Batch(List<Object> messages) {

    /** Takes more after a first message. Whatever happens meanwhile, what was taken is in the batch. */
    static Batch gather(
            MessageConsumer consumer,
            Worker worker,
            Object first,
            BatchSettings settings,
            Consumer<Throwable> onFailure) {
        List<Object> messages = new ArrayList<>();
        messages.add(first);
        worker.setGathering(true);
        try {
            consumer.receiveMore(messages, settings.size() - 1, settings.linger());
        } catch (RuntimeException | Error failure) {
            onFailure.accept(failure);
        } finally {
            worker.setGathering(false);
            // Whoever calls it back is noticed without the flag; the listener must not find one.
            Thread.interrupted();
        }
        return new Batch(messages);
    }

    /** What a worker has in hand, one by one. */
    static List<Object> messagesOf(Object inHand) {
        return inHand instanceof Batch batch ? batch.messages : List.of(inHand);
    }

    static int count(Object inHand) {
        return inHand instanceof Batch batch ? batch.messages.size() : 1;
    }

    /** What a listener or an error handler gets to see of it. */
    static Object payloadOf(Object inHand) {
        return inHand instanceof Batch batch ? Collections.unmodifiableList(batch.messages) : inHand;
    }

    Batch from(int index) {
        return new Batch(messages.subList(index, messages.size()));
    }
}
