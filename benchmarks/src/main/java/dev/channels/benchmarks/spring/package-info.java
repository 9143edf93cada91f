/**
 * Measures what a message costs in applications of Spring Boot, beside what others would do, each as a user would write
 * it. Each application has a package and an {@code application.yml} of its own, and a class path with its own libraries.
 *
 * <p>{@link dev.channels.benchmarks.spring.SpringBenchmarks} is the command. It starts the JVMs, and {@link
 * dev.channels.benchmarks.spring.Child} is what runs in them.
 */
@NullMarked
package dev.channels.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
