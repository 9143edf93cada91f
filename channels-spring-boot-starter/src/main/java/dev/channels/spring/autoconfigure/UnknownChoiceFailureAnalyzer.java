package dev.channels.spring.autoconfigure;

import dev.channels.spring.registry.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says that there is no such kind of channel, or no such overflow, and which one could have been meant. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownChoiceFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("channels");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationProperty property = cause.getProperty();
        Class<?> type = cause.getTarget().getType().resolve(Object.class);
        if (property == null || !type.isEnum() || !ROOT.isAncestorOf(property.getName())) {
            return null;
        }
        List<String> choices = Stream.of(type.getEnumConstants())
                .map(choice ->
                        ((Enum<?>) choice).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        String key = property.getName().getLastElement(Form.DASHED);
        return new FailureAnalysis(
                "There is no " + key + " '" + property.getValue() + "' (property '" + property.getName() + "' in "
                        + property.getOrigin() + ").",
                Suggestion.of(String.valueOf(property.getValue()), choices, "choices of " + key),
                cause);
    }
}
