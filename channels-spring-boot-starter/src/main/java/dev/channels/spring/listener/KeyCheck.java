package dev.channels.spring.listener;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.Suggestion;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.util.StringUtils;

/** Follows an expression from the message on, as far as types are known, and refuses properties that are not there. */
final class KeyCheck {

    private static final Set<String> VARIABLES = Set.of("#root", "#this");

    private final String text;
    private final ResolvableType payload;
    private final String where;
    private final boolean path;

    KeyCheck(String text, ResolvableType payload, String where, boolean path) {
        this.text = text;
        this.payload = payload;
        this.where = where;
        this.path = path;
    }

    void check(SpelNode node) {
        if (node instanceof CompoundExpression) {
            ResolvableType type = payload;
            for (int index = 0; index < node.getChildCount(); index++) {
                type = typeOf(node.getChild(index), type);
            }
        } else {
            typeOf(node, payload);
        }
    }

    private ResolvableType typeOf(SpelNode node, ResolvableType owner) {
        if (node instanceof PropertyOrFieldReference property) {
            return typeOf(property.getName(), owner);
        }
        if (node instanceof VariableReference || node instanceof FunctionReference) {
            refuseUnknownVariable(node.toStringAST());
            return node instanceof VariableReference ? payload : ResolvableType.NONE;
        }
        // These have a root of their own, or names that are no properties.
        if (!(node instanceof Projection
                || node instanceof Selection
                || node instanceof Indexer
                || node instanceof InlineMap)) {
            for (int index = 0; index < node.getChildCount(); index++) {
                check(node.getChild(index));
            }
        }
        return ResolvableType.NONE;
    }

    private void refuseUnknownVariable(String reference) {
        if (!VARIABLES.contains(reference)) {
            throw new ChannelConfigurationException(
                    where + " has the key '" + text + "', and there is no " + reference + ".",
                    "The message is #root; its properties can be named without anything before them.");
        }
    }

    private ResolvableType typeOf(String property, ResolvableType owner) {
        Class<?> type = owner.resolve(Object.class);
        if (type == Object.class || Map.class.isAssignableFrom(type)) {
            return ResolvableType.NONE;
        }
        return find(property, owner, type).orElseGet(() -> {
            // An expression may mean the property of a subclass.
            if (path || Modifier.isFinal(type.getModifiers())) {
                throw new ChannelConfigurationException(
                        where + " has the key '" + text + "', and " + type.getName() + " has no property '" + property
                                + "'.",
                        Suggestion.of(property, propertiesOf(type), "properties"));
            }
            return ResolvableType.NONE;
        });
    }

    /** Finds what the evaluation will find: a getter, a method of that very name, or a field, all of them public. */
    private static Optional<ResolvableType> find(String property, ResolvableType owner, Class<?> type) {
        if (type.isArray() && property.equals("length")) {
            return Optional.of(ResolvableType.forClass(int.class));
        }
        String capitalized = StringUtils.capitalize(property);
        Set<String> names = Set.of("get" + capitalized, "is" + capitalized, property);
        return Stream.of(type.getMethods())
                .filter(method -> names.contains(method.getName()) && isGetter(method))
                .findFirst()
                .map(method -> ResolvableType.forType(method.getGenericReturnType(), owner(owner, method)))
                .or(() -> Stream.of(type.getFields())
                        .filter(field -> field.getName().equals(property))
                        .findFirst()
                        .map(field -> ResolvableType.forField(field, owner)));
    }

    private static ResolvableType owner(ResolvableType type, Method method) {
        return type.as(method.getDeclaringClass());
    }

    private static boolean isGetter(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !Modifier.isStatic(method.getModifiers());
    }

    private static Set<String> propertiesOf(Class<?> type) {
        Set<String> names = new TreeSet<>();
        Stream.of(type.getFields()).map(Field::getName).forEach(names::add);
        if (type.isRecord()) {
            Stream.of(type.getRecordComponents()).map(RecordComponent::getName).forEach(names::add);
        }
        Stream.of(type.getMethods())
                .filter(method -> isGetter(method) && method.getDeclaringClass() != Object.class)
                .map(method -> propertyOf(method.getName()))
                .forEach(name -> {
                    if (name != null) {
                        names.add(name);
                    }
                });
        return names;
    }

    private static @Nullable String propertyOf(String getter) {
        for (String prefix : new String[] {"get", "is"}) {
            if (getter.startsWith(prefix) && getter.length() > prefix.length()) {
                return StringUtils.uncapitalizeAsProperty(getter.substring(prefix.length()));
            }
        }
        return null;
    }
}
