package dev.channels.benchmarks.spring;

import dev.channels.benchmarks.spring.common.Entrance;
import dev.channels.benchmarks.spring.common.Work;
import java.time.Duration;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that has started, and what is to be done with it. */
record Running(ConfigurableApplicationContext context, Map<String, String> settings) {

    Entrance entrance() {
        return context.getBean(Entrance.class);
    }

    Work work() {
        return context.getBean(Work.class);
    }

    int number(String setting) {
        return Integer.parseInt(text(setting));
    }

    Duration millis(String setting) {
        return Duration.ofMillis(number(setting));
    }

    private String text(String setting) {
        String text = settings.get(setting);
        if (text == null) {
            throw new IllegalArgumentException("%s is not set, only %s".formatted(setting, settings));
        }
        return text;
    }
}
