package dev.channels.benchmarks.spring.jox;

import dev.channels.benchmarks.spring.common.Work;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

@SpringBootApplication
@Import(Work.class)
class Application {}
