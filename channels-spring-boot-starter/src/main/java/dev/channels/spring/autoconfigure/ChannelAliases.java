package dev.channels.spring.autoconfigure;

import dev.channels.spring.ChannelConfigurationException;
import dev.channels.spring.transport.ChannelDefinition;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Gives channels with a kebab-case name an alias that a Java parameter can have: {@code orderAudit} for {@code order-audit}. */
final class ChannelAliases implements BeanFactoryPostProcessor {

    private static final Logger logger = LoggerFactory.getLogger(ChannelAliases.class);

    private final ChannelDefinitions definitions;

    ChannelAliases(ChannelDefinitions definitions) {
        this.definitions = definitions;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Map<String, String> names = new HashMap<>();
        for (ChannelDefinition definition : definitions.all()) {
            String name = definition.name();
            String alias = camelCase(name);
            String other = names.putIfAbsent(alias, name);
            if (other != null) {
                throw new ChannelConfigurationException(
                        "The channels '" + other + "' and '" + name + "' under 'channels.definitions' would both be"
                                + " injected as '" + alias + "'.",
                        "Give one of them another name.");
            }
            if (!alias.equals(name)) {
                register(beans, name, alias);
            }
        }
    }

    private static void register(ConfigurableListableBeanFactory beans, String name, String alias) {
        if (beans.containsLocalBean(alias)) {
            logger.info("Channel '{}' has no alias '{}': a bean of the application has that name", name, alias);
        } else {
            beans.registerAlias(name, alias);
        }
    }

    private static String camelCase(String name) {
        if (!name.contains("-")) {
            return name;
        }
        return Pattern.compile("(?<=.)-+([^-])")
                .matcher(name)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
