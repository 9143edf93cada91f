package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Makes of the packaged application what a build with the goal {@code process-aot} would have made: the same jar, and the
 * generated classes in it. The goal itself compiles with the JDK of Maven, which may be too old for this project.
 */
final class AheadOfTime {

    private static final String CLASSES = "BOOT-INF/classes";

    /** Nothing here runs long enough to be worth optimizing. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private final Path work;

    private AheadOfTime(Path work) {
        this.work = work;
    }

    /** How to start what was made in this directory. */
    static List<String> process(Path work) throws Exception {
        AheadOfTime processing = new AheadOfTime(work);
        processing.unpack();
        processing.generate();
        processing.compile();
        return List.of(
                QUICK_START,
                "-Dspring.aot.enabled=true",
                "-jar",
                processing.pack().toString());
    }

    private void unpack() throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(ServiceProcess.packaged())) {
            copy(jar.getPath("BOOT-INF"), work.resolve("BOOT-INF"));
        }
    }

    private void generate() throws Exception {
        Path log = work.resolve("process-aot.log");
        Process processor = new ProcessBuilder(
                        ServiceProcess.java(),
                        QUICK_START,
                        "-cp",
                        classPath(),
                        "org.springframework.boot.SpringApplicationAotProcessor",
                        "com.example.thumbnails.ThumbnailApplication",
                        work.resolve("sources").toString(),
                        work.resolve("resources").toString(),
                        work.resolve("classes").toString(),
                        "com.example",
                        "thumbnails")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(processor.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(processor.exitValue()).as(Files.readString(log)).isZero();
    }

    private void compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(work.resolve("sources"))) {
            List<Path> generated = sources.filter(Files::isRegularFile).toList();
            List<String> options = List.of(
                    "-cp",
                    classPath() + File.pathSeparator + work.resolve("classes"),
                    "-d",
                    work.resolve("classes").toString(),
                    "-proc:none",
                    "-nowarn");
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(generated))
                            .call())
                    .isTrue();
        }
    }

    private Path pack() throws IOException {
        Path processed = Files.copy(ServiceProcess.packaged(), work.resolve("processed.jar"));
        try (FileSystem jar = FileSystems.newFileSystem(processed)) {
            copy(work.resolve("classes"), jar.getPath(CLASSES));
            copy(work.resolve("resources"), jar.getPath(CLASSES));
        }
        return processed;
    }

    private String classPath() throws IOException {
        try (Stream<Path> libraries = Files.list(work.resolve("BOOT-INF/lib"))) {
            return Stream.concat(Stream.of(work.resolve(CLASSES)), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
