package dev.channels.spring;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/** Tells a native image which methods are called for a {@link ChannelListener}, and what a key is read from. */
final class ListenerMethodHints implements ReflectiveProcessor {

    @Override
    public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
        if (element instanceof Method method) {
            hints.registerMethod(method, ExecutableMode.INVOKE);
            // A proxy of interfaces is called through one of them, and the annotation may be on the class only.
            for (Class<?> type : ClassUtils.getAllInterfacesForClass(method.getDeclaringClass())) {
                Arrays.stream(type.getMethods())
                        .filter(declared -> declared.getName().equals(method.getName()))
                        .filter(declared -> declared.getParameterCount() == method.getParameterCount())
                        .forEach(declared -> hints.registerMethod(declared, ExecutableMode.INVOKE));
            }
            if (hasKey(method)) {
                new BindingReflectionHintsRegistrar().registerReflectionHints(hints, method.getGenericParameterTypes());
            }
        }
    }

    private static boolean hasKey(Method method) {
        return AnnotatedElementUtils.findMergedRepeatableAnnotations(
                        method, ChannelListener.class, ChannelListeners.class)
                .stream()
                .anyMatch(annotation -> !annotation.key().isEmpty());
    }
}
