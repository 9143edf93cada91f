package dev.channels.spring.autoconfigure;

import dev.channels.spring.registry.PropertyNames;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Says that a name is both a bean of the application and a declared channel. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ChannelNameClashFailureAnalyzer extends AbstractFailureAnalyzer<BeanDefinitionOverrideException> {

    private final Environment environment;

    ChannelNameClashFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanDefinitionOverrideException cause) {
        String name = cause.getBeanName();
        boolean declared = new ChannelDefinitions(environment)
                .all().stream().anyMatch(channel -> channel.name().equals(name));
        return declared
                ? new FailureAnalysis(
                        "'" + name + "' is a bean of the application ("
                                + cause.getExistingDefinition().getResourceDescription()
                                + ") and a channel declared in '"
                                + PropertyNames.of("channels.definitions", name) + "'.",
                        "Remove one of the two, or give it another name.",
                        cause)
                : null;
    }
}
