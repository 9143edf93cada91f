package dev.channels.benchmarks.spring.byhand;

import dev.channels.benchmarks.spring.common.Work;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

@SpringBootApplication
@Import(Work.class)
class Application {}
