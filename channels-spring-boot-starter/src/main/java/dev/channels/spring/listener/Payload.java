package dev.channels.spring.listener;

import dev.channels.Request;

/** What a message is to people: of a request, the question. */
final class Payload {

    private Payload() {}

    static String typeName(Object message) {
        Object payload = message instanceof Request<?, ?> request ? request.question() : message;
        return payload.getClass().getName();
    }
}
