package dev.channels.spring.autoconfigure;

import dev.channels.spring.registry.DefaultChannelRegistry;
import dev.channels.spring.transport.ChannelDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Tells a native image of the types that channels are declared with: they are found by their names when the application
 * starts, and keys are read from their properties.
 */
final class ChannelTypeHints implements BeanFactoryInitializationAotProcessor {

    /** Called by Spring. */
    ChannelTypeHints() {}

    @Override
    public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
            ConfigurableListableBeanFactory beans) {
        if (beans.getBeanNamesForType(DefaultChannelRegistry.class, true, false).length == 0) {
            return null;
        }
        Environment environment =
                beans.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class);
        List<ResolvableType> types = new ChannelDefinitions(environment)
                .all().stream().flatMap(ChannelTypeHints::typesOf).toList();
        return (generation, code) ->
                types.forEach(type -> register(generation.getRuntimeHints().reflection(), type));
    }

    private static Stream<ResolvableType> typesOf(ChannelDefinition definition) {
        return Stream.of(definition.elementType(), definition.replyType()).filter(Objects::nonNull);
    }

    private static void register(ReflectionHints hints, ResolvableType type) {
        Class<?> named = type.resolve();
        if (named != null) {
            hints.registerType(named);
            new BindingReflectionHintsRegistrar().registerReflectionHints(hints, type.getType());
            Arrays.stream(type.getGenerics()).forEach(argument -> register(hints, argument));
        }
    }
}
