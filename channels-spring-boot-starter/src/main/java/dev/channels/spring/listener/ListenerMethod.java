package dev.channels.spring.listener;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Calls a bean's method, through the bean's proxy if it has one. */
final class ListenerMethod implements MessageHandler {

    private final Object bean;
    private final Method method;
    private final Class<?> parameterType;

    ListenerMethod(Object bean, Method method, Class<?> parameterType) {
        this.bean = bean;
        this.method = method;
        this.parameterType = ClassUtils.resolvePrimitiveIfNecessary(parameterType);
        ReflectionUtils.makeAccessible(method);
    }

    @Override
    public void handle(Object message) throws Throwable {
        Object unused = call(message);
    }

    /** Calls the method and answers what it returns. */
    @Nullable Object call(Object message) throws Throwable {
        if (!parameterType.isInstance(message)) {
            throw new ClassCastException("The message is a "
                    + message.getClass().getName() + " and the listener takes " + parameterType.getName());
        }
        try {
            return method.invoke(bean, message);
        } catch (InvocationTargetException failure) {
            throw failure.getTargetException();
        }
    }
}
