package dev.channels.spring.listener;

import dev.channels.spring.ChannelConfigurationException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Calls a bean's method, through the bean's proxy if it has one. */
final class ListenerMethod implements MessageHandler {

    private static final MethodType ANY = MethodType.methodType(Object.class, Object.class);

    private final MethodHandle method;
    private final Class<?> parameterType;

    private ListenerMethod(Object bean, Method method, Class<?> parameterType) {
        this.method = handle(bean, method);
        this.parameterType = ClassUtils.resolvePrimitiveIfNecessary(parameterType);
    }

    /** A handle, because a call by reflection costs a no-op listener a third of its throughput. */
    private static MethodHandle handle(Object bean, Method method) {
        ReflectionUtils.makeAccessible(method);
        try {
            return MethodHandles.lookup().unreflect(method).bindTo(bean).asType(ANY);
        } catch (IllegalAccessException cannotBe) {
            throw new IllegalStateException(method + " was made accessible, and is not", cannotBe);
        }
    }

    static ListenerMethod of(String beanName, Object bean, ListenerSignature signature) {
        Method invocable = invocable(bean, signature);
        if (invocable == null) {
            throw new ChannelConfigurationException(
                    signature + " cannot be called through the proxy of bean '" + beanName + "'.",
                    "Declare the method in an interface of the bean, or use class-based proxies"
                            + " (spring.aop.proxy-target-class=true).");
        }
        if (AopUtils.isCglibProxy(bean) && !isOverridden(invocable, bean.getClass())) {
            throw new ChannelConfigurationException(
                    signature + " cannot be called through the proxy of bean '" + beanName
                            + "', a subclass that cannot override it.",
                    "Make the method public or protected, and not final.");
        }
        return new ListenerMethod(bean, invocable, signature.parameterClass());
    }

    private static @Nullable Method invocable(Object bean, ListenerSignature signature) {
        try {
            return AopUtils.selectInvocableMethod(signature.method(), bean.getClass());
        } catch (IllegalStateException notInAnInterface) {
            // Or it is there with a type variable for the message, which the class filled in.
            return Stream.of(ClassUtils.getAllInterfaces(bean))
                    .flatMap(type -> Stream.of(type.getMethods()))
                    .filter(method -> AopUtils.getMostSpecificMethod(method, signature.type())
                            .equals(signature.method()))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Such a proxy has fields of its own, all empty: a method that it inherits would not see those of the bean. */
    private static boolean isOverridden(Method method, Class<?> proxy) {
        Method called = ReflectionUtils.findMethod(proxy, method.getName(), method.getParameterTypes());
        return called != null && called.getDeclaringClass() == proxy;
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
        return (@Nullable Object) method.invokeExact(message);
    }
}
