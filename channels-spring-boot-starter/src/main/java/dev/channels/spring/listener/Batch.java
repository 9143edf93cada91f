package dev.channels.spring.listener;

import java.util.Collections;
import java.util.List;

/**
 * Messages that go to a listener together. A type of its own, because a single message may be a list too.
 *
 * @param messages the messages, oldest first
 */
record Batch(List<Object> messages) {

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
