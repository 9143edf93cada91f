package dev.channels.spring.listener;

import java.util.List;

/**
 * Calls a listener with the messages of a batch, in a list that it cannot change: the batch is what shutdown, retries
 * and dead letters go by.
 *
 * @param target what is called with the list
 * @param elementType what each message has to be
 */
record BatchHandler(MessageHandler target, Class<?> elementType) implements MessageHandler {

    @Override
    public void handle(Object batch) throws Throwable {
        List<Object> messages = Batch.messagesOf(batch);
        for (Object message : messages) {
            if (!elementType.isInstance(message)) {
                throw new ClassCastException("A message of the batch is a "
                        + message.getClass().getName() + " and the listener takes " + elementType.getName());
            }
        }
        target.handle(Batch.payloadOf(batch));
    }
}
