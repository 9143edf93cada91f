package dev.channels.benchmarks.spring.oursidle;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class Application {}
