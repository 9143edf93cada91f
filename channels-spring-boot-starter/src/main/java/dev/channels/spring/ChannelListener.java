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
 * <p>The method has one parameter, the message. Listeners of one queue compete for its messages; each listener of a
 * broadcast gets every message; the one worker of a watch's listener gets the value that is there and then the newest
 * after each change. What the method throws is logged and counted, and the worker goes on with the next message.
 *
 * <p>The one listener of a request channel takes the question, or the {@link dev.channels.Request}. What it returns is
 * the answer; what it throws is the cause of the {@link dev.channels.RequestFailedException} that the requester gets.
 *
 * <p>All attributes may hold <code>${...}</code> placeholders.
 *
 * <p>The properties under {@code channels.listeners.<id>} win over this annotation, and this annotation wins over
 * {@code channels.definitions.<channel>.listener} and {@code channels.defaults.listener}.
 */
@Documented
@Reflective
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
     * Whether the listener starts with the application context.
     *
     * @return {@code true} or {@code false}, or an empty text for what the properties say (true unless set)
     */
    String autoStartup() default "";
}
