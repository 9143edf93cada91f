package dev.channels.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Has a method called with the messages of a channel, one at a time for each worker, on virtual threads that the
 * application context starts and stops.
 *
 * <p>The method has one parameter: the message, or a {@code List} of messages for a batch. Listeners of one queue compete
 * for its messages; each listener of a broadcast gets every message; the one worker of a watch's listener gets the value
 * that is there and then the newest after each change. When the method throws, it is called again if retries are
 * configured; a message that is given up goes to the dead-letter channel if there is one, is logged and counted, and the
 * worker goes on with the next message.
 *
 * <p>The one listener of a request channel takes the question, or the {@link dev.channels.Request}. What it returns is
 * the answer; what it throws at last is the cause of the {@link dev.channels.RequestFailedException} that the requester
 * gets.
 *
 * <p>All attributes may hold <code>${...}</code> placeholders.
 *
 * <p>The properties under {@code channels.listeners.<id>} win over this annotation, and this annotation wins over
 * {@code channels.definitions.<channel>.listener} and {@code channels.defaults.listener}.
 */
@Documented
@Reflective(ListenerMethodHints.class)
@Repeatable(ChannelListeners.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface ChannelListener {

    /**
     * The name of the channel.
     *
     * @return the name
     */
    String value();

    /**
     * The listener's id, unique in the application; part of the names of its threads. By default
     * {@code <bean name>.<method name>}; an id with a dot is written in brackets in properties, such as
     * {@code channels.listeners[shop.handle].concurrency}.
     *
     * @return the id, or an empty text for the default
     */
    String id() default "";

    /**
     * How many workers call the method: a number such as {@code 4}, or a range such as {@code 2-16} within which the
     * number follows the queue.
     *
     * @return the number or range, or an empty text for what the properties say (1 unless set)
     */
    String concurrency() default "";

    /**
     * What orders the messages: those with the same key are handled one after the other, in their order, those with
     * different keys at the same time. A name such as {@code customer} or {@code customer.id} is a property of the
     * message; a text with {@code #} or <code>(</code> is an expression in the Spring Expression Language with the
     * message as its root, such as {@code #root.customer?.id}. It is evaluated once for each message and should be quick.
     * Messages whose key is {@code null} have no order; one whose key cannot be evaluated fails.
     *
     * <p>Messages of a busy key wait, at most as many as the property {@code key-buffer} says (four for each worker);
     * when so many wait, nothing more is taken.
     *
     * @return a property path or an expression, or an empty text for no order
     */
    String key() default "";

    /**
     * The channel that gets what the method returns. Collections, streams, arrays and iterables are sent one by one, in
     * order, unless the channel takes them whole by its type; {@code null} sends nothing. Waiting for room there is part
     * of the handling, and a send that fails is a failure of the message.
     *
     * @return the name of the channel, or an empty text for none
     */
    String sendTo() default "";

    /**
     * Whether the listener starts with the application context.
     *
     * @return {@code true} or {@code false}, or an empty text for what the properties say (true unless set)
     */
    String autoStartup() default "";

    /**
     * How many messages a batch has at most. For a method with a {@code List} parameter: it is called with the messages
     * that are there, at least one. On a channel without a type a {@code List} is a batch only if this is set, here or
     * in properties.
     *
     * @return the number, or an empty text for what the properties say (100 unless set)
     */
    String batchSize() default "";

    /**
     * How long a batch waits for more after its first message, such as {@code 50ms}.
     *
     * @return the time, or an empty text for what the properties say (no time unless set)
     */
    String linger() default "";
}
