package dev.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can only be seen in the sources themselves. */
class SourceTests {

    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    /** The modifier of a method is in the class file, too, but not the statement: virtual threads would be pinned on 21. */
    @Test
    void nothingIsSynchronized() throws IOException {
        assertThat(sources(MAIN))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(COMMENT.matcher(text(source)).replaceAll(" "))
                        .doesNotContainPattern("\\bsynchronized\\b"));
    }

    @Test
    void noClassIsLongerThan500Lines() throws IOException {
        assertThat(sources(Path.of("src")))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(lines(text(source))).isLessThanOrEqualTo(500));
    }

    @Test
    void noCommentIsLongerThan40Lines() throws IOException {
        assertThat(sources(MAIN))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(comments(text(source)))
                        .allSatisfy(comment -> assertThat(lines(comment)).isLessThanOrEqualTo(40)));
    }

    @Test
    void theAlgorithmIsExplainedOnceWithItsInvariants() throws IOException {
        assertThat(sources(MAIN).stream()
                        .filter(source -> comments(text(source)).stream()
                                .anyMatch(comment -> comment.contains("Invariants.") && comment.contains("Progress:"))))
                .singleElement()
                .satisfies(source -> assertThat(source).hasFileName("Ring.java"));
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> comments(String text) {
        return COMMENT.matcher(text).results().map(MatchResult::group).toList();
    }

    private static long lines(String text) {
        return text.lines().count();
    }
}
