package dev.channels.spring.autoconfigure;

import dev.channels.spring.registry.PropertyNames;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/** Finds where the properties of channels were written. */
final class Origins {

    private final Environment environment;

    Origins(Environment environment) {
        this.environment = environment;
    }

    /** Whether somebody wrote this key of a channel. */
    boolean contain(String channel, String key) {
        return find(name(channel, key)) != null;
    }

    /** Where a key of a channel was written, for the end of a sentence. */
    String describe(String channel, String key) {
        ConfigurationPropertyName name = name(channel, key);
        ConfigurationProperty property = find(name);
        return property == null || property.getOrigin() == null
                ? " (property '" + name + "')"
                : " (property '" + name + "' in " + property.getOrigin() + ")";
    }

    private static ConfigurationPropertyName name(String channel, String key) {
        return ConfigurationPropertyName.of(PropertyNames.of("channels.definitions", channel) + "." + key);
    }

    private @Nullable ConfigurationProperty find(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property;
            }
        }
        return null;
    }
}
