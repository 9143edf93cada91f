package dev.channels.spring.autoconfigure;

import dev.channels.spring.registry.Suggestion;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says which key under {@code channels} does not exist, where it was written, and which one could have been meant. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("channels");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!(cause.getCause() instanceof UnboundConfigurationPropertiesException unbound)
                || !cause.getName().equals(ROOT)) {
            return null;
        }
        String description = unbound.getUnboundProperties().stream()
                .map(UnknownPropertyFailureAnalyzer::describe)
                .collect(Collectors.joining("\n"));
        String action = unbound.getUnboundProperties().stream()
                .map(property -> suggest(property.getName()))
                .distinct()
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(description, action, cause);
    }

    private static String describe(ConfigurationProperty property) {
        return "There is no property '" + property.getName() + "' (" + property.getOrigin() + ").";
    }

    /** Follows the name from the root down to the first key that does not exist. */
    private static String suggest(ConfigurationPropertyName name) {
        Class<?> level = ChannelsProperties.class;
        for (int index = 1; index < name.getNumberOfElements(); index++) {
            String key = name.getElement(index, Form.DASHED);
            Field property = property(level, key);
            if (property == null) {
                String hint = level == ChannelsProperties.class
                        ? ""
                        : " (A name with a dot is written in brackets: channels.listeners[shop.handle].concurrency.)";
                return Suggestion.of(name.getElement(index, Form.ORIGINAL), keys(level), "keys") + hint;
            }
            Class<?> next = property.getType();
            if (property.getGenericType() instanceof ParameterizedType map
                    && map.getActualTypeArguments()[1] instanceof Class<?> value
                    && hasKeys(value)) {
                // The next element is the name of a channel or listener.
                next = value;
                index++;
            }
            if (!hasKeys(next)) {
                return "'" + key + "' takes a value and has no keys of its own.";
            }
            level = next;
        }
        return Suggestion.of("", keys(level), "keys");
    }

    private static boolean hasKeys(Class<?> type) {
        return type.getEnclosingClass() == ChannelsProperties.class;
    }

    private static @Nullable Field property(Class<?> level, String key) {
        return Stream.of(level.getDeclaredFields())
                .filter(field -> keyOf(field).equals(key))
                .findFirst()
                .orElse(null);
    }

    private static List<String> keys(Class<?> level) {
        return Stream.of(level.getDeclaredFields())
                .map(UnknownPropertyFailureAnalyzer::keyOf)
                .toList();
    }

    private static String keyOf(Field field) {
        return DataObjectPropertyName.toDashedForm(field.getName());
    }
}
