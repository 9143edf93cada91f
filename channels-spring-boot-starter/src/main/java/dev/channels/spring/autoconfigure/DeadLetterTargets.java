package dev.channels.spring.autoconfigure;

import dev.channels.Sender;
import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.registry.Suggestion;
import dev.channels.spring.transport.ChannelDefinition;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** Refuses dead letters to nowhere. A dead-letter channel is another definition, or a bean of the application. */
final class DeadLetterTargets implements BeanFactoryPostProcessor {

    private final ChannelDefinitions definitions;

    DeadLetterTargets(ChannelDefinitions definitions) {
        this.definitions = definitions;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        for (ChannelDefinition source : definitions.all()) {
            String target = source.deadLetter();
            if (target != null && definitions.find(target) == null) {
                validate(beans, source, target, definitions.at(source.name(), "dead-letter"));
            }
        }
    }

    private static void validate(
            ConfigurableListableBeanFactory beans, ChannelDefinition source, String target, String origin) {
        if (!beans.containsBean(target) || !beans.isTypeMatch(target, Sender.class)) {
            throw new ChannelConfigurationException(
                    "The dead letters of channel '" + source.name() + "' go to channel '" + target
                            + "', which does not exist" + origin + ".",
                    Suggestion.of(target, List.of(beans.getBeanNamesForType(Sender.class, true, false)), "channels")
                            + " Declare it under 'channels.definitions'; it needs no type.");
        }
        ResolvableType type = elementType(beans, target);
        if (type.resolve() != null && !DeadLetterTypes.takesLettersOf(source, type)) {
            throw new ChannelConfigurationException(
                    "The dead letters of channel '" + source.name() + "' go to the bean '" + target
                            + "', which carries " + type + origin + ".",
                    "Make it a channel of " + DeadLetterTypes.lettersOf(source) + ".");
        }
    }

    private static ResolvableType elementType(ConfigurableListableBeanFactory beans, String name) {
        return beans.containsBeanDefinition(name)
                ? beans.getMergedBeanDefinition(name)
                        .getResolvableType()
                        .as(Sender.class)
                        .getGeneric(0)
                : ResolvableType.NONE;
    }
}
