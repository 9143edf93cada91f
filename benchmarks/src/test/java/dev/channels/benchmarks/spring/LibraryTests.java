package dev.channels.benchmarks.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LibraryTests {

    @Test
    void jarsAndModulesAreKnownByTheirArtifact() {
        assertThat(Library.artifact("/repository/org/slf4j/slf4j-api/2.0.18/slf4j-api-2.0.18.jar"))
                .isEqualTo("slf4j-api");
        assertThat(Library.artifact("/project/channels-core/target/classes")).isEqualTo("channels-core");
        assertThat(Library.artifact("/")).isEmpty();
    }

    @Test
    void anApplicationSeesItsOwnLibrariesInTheirOrder() {
        String all = String.join(
                File.pathSeparator,
                List.of(
                        "/r/spring-tx/7/spring-tx-7.jar",
                        "/r/channels-core/target/classes",
                        "/r/spring-core/7/spring-core-7.jar"));

        assertThat(Library.classPath(all, EnumSet.of(Library.BOOT, Library.CHANNELS)))
                .isEqualTo(String.join(
                        File.pathSeparator,
                        List.of("/r/channels-core/target/classes", "/r/spring-core/7/spring-core-7.jar")));
    }

    /** Else an update of Spring Boot may take something from an application without anybody noticing. */
    @ParameterizedTest
    @EnumSource
    void everyArtifactIsThere(Library library) {
        Set<String> there = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Library::artifact)
                .collect(Collectors.toSet());

        assertThat(there).containsAll(library.artifacts());
    }
}
