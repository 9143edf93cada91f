package dev.channels.spring.autoconfigure.observation;

import io.micrometer.context.ContextSnapshotFactory;
import java.util.Objects;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The property decides. Without it the sender's context is carried over if observations are on, because their traces
 * would begin anew with each message, or if there is a bean that says how.
 */
final class OnContextPropagation extends SpringBootCondition implements ConfigurationCondition {

    static final String PROPERTY = "channels.listener.context-propagation";

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        Boolean decided = environment.getProperty(PROPERTY, Boolean.class);
        if (decided != null) {
            return outcome(decided, PROPERTY + " is " + decided);
        }
        if (environment.getProperty("channels.listener.observation-enabled", Boolean.class, false)) {
            return outcome(true, "listeners are observed");
        }
        ConfigurableListableBeanFactory beans = Objects.requireNonNull(context.getBeanFactory());
        boolean bean = beans.getBeanNamesForType(ContextSnapshotFactory.class, false, false).length > 0;
        return outcome(bean, bean ? "there is a bean ContextSnapshotFactory" : "nothing asks for it");
    }

    private static ConditionOutcome outcome(boolean match, String because) {
        return new ConditionOutcome(
                match, ConditionMessage.forCondition("context propagation").because(because));
    }
}
