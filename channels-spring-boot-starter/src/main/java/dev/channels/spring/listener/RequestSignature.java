package dev.channels.spring.listener;

import dev.channels.Request;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.transport.ChannelDefinition;
import org.springframework.core.ResolvableType;

/** A listener method on a request channel: what it takes, and how it answers. */
record RequestSignature(ListenerSignature listener) {

    /** Whether it takes the request itself and not only the question. */
    boolean takesRequest() {
        return listener.parameterClass() == Request.class;
    }

    private boolean returnsAnswer() {
        Class<?> result = listener.method().getReturnType();
        return result != void.class && result != Void.class;
    }

    void validate(ChannelDefinition channel) {
        if (!takesRequest() && !returnsAnswer()) {
            throw new ChannelConfigurationException(
                    listener + " returns nothing, and who asks on channel '" + channel.name()
                            + "' waits for an answer.",
                    "Return the answer, or take a " + requestOf(channel) + " and call its reply.");
        }
        refuseOtherQuestion(channel);
        refuseOtherAnswer(channel);
    }

    private void refuseOtherQuestion(ChannelDefinition channel) {
        ResolvableType question = channel.elementType();
        ResolvableType reply = channel.replyType();
        if (question == null || reply == null) {
            return;
        }
        ResolvableType taken =
                takesRequest() ? ResolvableType.forClassWithGenerics(Request.class, question, reply) : question;
        if (!listener.parameter().isAssignableFrom(taken)) {
            throw new ChannelConfigurationException(
                    listener + " takes a " + listener.parameter() + ", and on channel '" + channel.name()
                            + "' the questions are " + question + " and the answers " + reply + ".",
                    "Take a " + question + " or a " + requestOf(channel) + ".");
        }
    }

    private void refuseOtherAnswer(ChannelDefinition channel) {
        ResolvableType reply = channel.replyType();
        ResolvableType returned = listener.result();
        if (reply != null && returnsAnswer() && returned.resolve() != null && !reply.isAssignableFrom(returned)) {
            throw new ChannelConfigurationException(
                    listener + " returns a " + returned + ", and the answers on channel '" + channel.name() + "' are "
                            + reply + ".",
                    "Return a " + reply + ", or change the reply-type of the channel.");
        }
    }

    private static String requestOf(ChannelDefinition channel) {
        ResolvableType question = channel.elementType();
        ResolvableType reply = channel.replyType();
        return question == null || reply == null ? "Request" : "Request<" + question + ", " + reply + ">";
    }

    MessageHandler handler(ListenerMethod method) {
        return new RequestHandler(method::call, takesRequest(), returnsAnswer());
    }
}
