package dev.channels.benchmarks.spring;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an application has on its class path: the names of the artifacts. The class path of the benchmarks has all of
 * them, and Boot configures what it sees, so an application must not see the libraries of another.
 */
enum Library {
    /** {@code spring-boot-starter}, and this module. */
    BOOT(
            "benchmarks",
            "spring-boot",
            "spring-boot-starter",
            "spring-boot-autoconfigure",
            "spring-boot-starter-logging",
            "logback-classic",
            "logback-core",
            "slf4j-api",
            "jul-to-slf4j",
            "log4j-api",
            "log4j-to-slf4j",
            "spring-core",
            "spring-beans",
            "spring-context",
            "spring-aop",
            "spring-expression",
            "micrometer-observation",
            "micrometer-commons",
            "commons-logging",
            "jakarta.annotation-api",
            "snakeyaml",
            "jspecify"),
    /** This project. */
    CHANNELS("channels-core", "channels-spring-boot-starter"),
    /** Jox. */
    JOX("channels"),
    /** Spring Integration. */
    INTEGRATION(
            "spring-boot-integration",
            "spring-boot-transaction",
            "spring-boot-persistence",
            "spring-integration-core",
            "spring-messaging",
            "spring-tx",
            "reactor-core",
            "reactive-streams"),
    /** A web application with actuator and Prometheus. */
    ACTUATOR(
            "spring-boot-starter-webmvc",
            "spring-boot-webmvc",
            "spring-boot-servlet",
            "spring-boot-http-converter",
            "spring-boot-starter-jackson",
            "spring-boot-jackson",
            "jackson-databind",
            "jackson-core",
            "jackson-annotations",
            "spring-boot-starter-tomcat",
            "spring-boot-starter-tomcat-runtime",
            "spring-boot-tomcat",
            "spring-boot-web-server",
            "tomcat-embed-core",
            "tomcat-embed-el",
            "tomcat-embed-websocket",
            "spring-web",
            "spring-webmvc",
            "spring-boot-starter-actuator",
            "spring-boot-starter-micrometer-metrics",
            "spring-boot-micrometer-metrics",
            "spring-boot-micrometer-observation",
            "spring-boot-actuator",
            "spring-boot-actuator-autoconfigure",
            "spring-boot-health",
            "micrometer-jakarta9",
            "micrometer-core",
            "HdrHistogram",
            "micrometer-registry-prometheus",
            "prometheus-metrics-core",
            "prometheus-metrics-model",
            "prometheus-metrics-config",
            "prometheus-metrics-tracer-common",
            "prometheus-metrics-exposition-formats",
            "prometheus-metrics-exposition-textformats"),
    /** Observations that nobody is told of. */
    OBSERVATION("spring-boot-micrometer-observation"),
    /** Context from thread to thread. */
    CONTEXT("context-propagation"),
    /** Traces. */
    TRACING(
            "spring-boot-micrometer-tracing",
            "spring-boot-micrometer-tracing-opentelemetry",
            "spring-boot-opentelemetry",
            "micrometer-tracing",
            "micrometer-tracing-bridge-otel",
            "opentelemetry-api",
            "opentelemetry-context",
            "opentelemetry-common",
            "opentelemetry-semconv",
            "opentelemetry-sdk",
            "opentelemetry-sdk-common",
            "opentelemetry-sdk-trace",
            "opentelemetry-sdk-metrics",
            "opentelemetry-sdk-logs",
            "opentelemetry-extension-trace-propagators");

    // Set.of() cannot be changed.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> artifacts;

    Library(String... artifacts) {
        this.artifacts = Set.of(artifacts);
    }

    Set<String> artifacts() {
        return artifacts;
    }

    /** What is left of a class path when it has only these libraries. */
    static String classPath(String all, Collection<Library> libraries) {
        Set<String> wanted = libraries.stream()
                .flatMap(library -> library.artifacts.stream())
                .collect(Collectors.toSet());
        return Arrays.stream(all.split(File.pathSeparator, -1))
                .filter(entry -> wanted.contains(artifact(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The artifact of a part of the class path: {@code name/1.0/name-1.0.jar} or {@code name/target/classes}. */
    static String artifact(String entry) {
        Path directory = Path.of(entry).toAbsolutePath().getParent();
        Path above = directory == null ? null : directory.getParent();
        Path name = above == null ? null : above.getFileName();
        return name == null ? "" : name.toString();
    }
}
