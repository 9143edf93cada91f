package dev.channels.benchmarks.spring.oursstart;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class Application {}
