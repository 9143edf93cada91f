package dev.channels.benchmarks.spring.async;

import dev.channels.benchmarks.spring.common.Work;
import java.util.concurrent.ThreadPoolExecutor;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.task.ThreadPoolTaskExecutorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableAsync;

@SpringBootApplication
@EnableAsync
@Import(Work.class)
class Application {

    @Bean
    @Profile("pool")
    ThreadPoolTaskExecutorCustomizer callersHelpOut() {
        return executor -> executor.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
    }
}
