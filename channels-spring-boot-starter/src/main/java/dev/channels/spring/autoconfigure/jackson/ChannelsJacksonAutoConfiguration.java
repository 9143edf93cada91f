package dev.channels.spring.autoconfigure.jackson;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JacksonModule;

/** Auto-configuration of the refusal to make JSON of a channel. */
@AutoConfiguration(beforeName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(JacksonModule.class)
public final class ChannelsJacksonAutoConfiguration {

    /** Called by Spring. */
    ChannelsJacksonAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "channelsJacksonModule")
    JacksonModule channelsJacksonModule() {
        return new ChannelsJacksonModule();
    }
}
