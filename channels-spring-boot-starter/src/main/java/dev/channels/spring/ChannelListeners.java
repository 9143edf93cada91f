package dev.channels.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/** Several {@link ChannelListener} on one method: one listener each. */
@Documented
@Reflective(ListenerMethodHints.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface ChannelListeners {

    /**
     * The listeners.
     *
     * @return one annotation for each
     */
    ChannelListener[] value();
}
