package dev.channels.spring.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Reads the name of a Java type as one writes it in a property: a class, with type arguments if need be, such as
 * {@code java.util.List<com.example.Order>}.
 */
public final class JavaTypeName {

    private final String text;
    private final @Nullable ClassLoader classLoader;
    private int position;

    private JavaTypeName(String text, @Nullable ClassLoader classLoader) {
        this.text = text.replace(" ", "");
        this.classLoader = classLoader;
    }

    /**
     * Finds the type.
     *
     * @param text its name
     * @param classLoader where to look for its classes
     * @return the type
     * @throws ClassNotFoundException if there is no such class
     * @throws IllegalArgumentException if the text is not the name of a type
     */
    public static ResolvableType resolve(String text, @Nullable ClassLoader classLoader) throws ClassNotFoundException {
        JavaTypeName name = new JavaTypeName(text, classLoader);
        ResolvableType type = name.type();
        name.expectEnd();
        return type;
    }

    private ResolvableType type() throws ClassNotFoundException {
        int start = position;
        while (position < text.length() && "<>,".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        Class<?> raw = find(text.substring(start, position));
        if (!take('<')) {
            return ResolvableType.forClass(raw);
        }
        List<ResolvableType> arguments = new ArrayList<>();
        do {
            arguments.add(type());
        } while (take(','));
        if (!take('>')) {
            throw new IllegalArgumentException("'" + text + "' lacks a '>'");
        }
        int expected = raw.getTypeParameters().length;
        if (arguments.size() != expected) {
            throw new IllegalArgumentException(
                    raw.getName() + " has " + expected + " type parameters, not " + arguments.size());
        }
        return ResolvableType.forClassWithGenerics(raw, arguments.toArray(ResolvableType[]::new));
    }

    private Class<?> find(String name) throws ClassNotFoundException {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' lacks the name of a class");
        }
        Class<?> found = ClassUtils.forName(name, classLoader);
        return ClassUtils.resolvePrimitiveIfNecessary(found);
    }

    private boolean take(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    private void expectEnd() {
        if (position < text.length()) {
            throw new IllegalArgumentException("'" + text.substring(position) + "' is too much in '" + text + "'");
        }
    }
}
