package dev.channels.benchmarks.spring.integration;

import dev.channels.benchmarks.spring.common.Work;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.integration.channel.QueueChannel;

@SpringBootApplication
@Import(Work.class)
class Application {

    @Bean
    QueueChannel queue(@Value("${integration.capacity}") int capacity) {
        return new QueueChannel(capacity);
    }
}
