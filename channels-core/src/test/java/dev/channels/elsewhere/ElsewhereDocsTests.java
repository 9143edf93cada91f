package dev.channels.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page and the tests stay together: what the page shows is what runs, and what runs is shown. */
class ElsewhereDocsTests {

    private static final Path PAGE = Path.of("..", "docs", "elsewhere.md");
    private static final Path SOURCES = Path.of("src", "test", "java", "dev", "channels", "elsewhere");

    /** The last thing in backticks before a snippet: a class and a method of this package. */
    private static final Pattern MARK = Pattern.compile("`(\\w+)\\.(\\w+)`$");

    private static final Pattern TEST = Pattern.compile("@Test\\s+void (\\w+)\\(");

    @TestFactory
    Stream<DynamicTest> eachSnippetIsPartOfTheMethodItNames() throws IOException {
        return snippets().stream()
                .map(snippet -> dynamicTest(
                        snippet.mark(),
                        () -> assertThat(withoutIndentation(method(snippet.type(), snippet.method())))
                                .contains(withoutIndentation(snippet.code()))));
    }

    @Test
    void eachTestIsOnThePage() throws IOException {
        List<String> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(file -> !file.endsWith("ElsewhereDocsTests.java"))
                    .toList()) {
                Matcher test = TEST.matcher(Files.readString(file));
                while (test.find()) {
                    tests.add(file.getFileName().toString().replace(".java", "") + "." + test.group(1));
                }
            }
        }

        assertThat(snippets()).extracting(Snippet::mark).containsAll(tests).doesNotHaveDuplicates();
    }

    private static List<Snippet> snippets() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        String before = "";
        List<String> code = null;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.equals("```java")) {
                code = new ArrayList<>();
            } else if (line.equals("```") && code != null) {
                snippets.add(Snippet.marked(before, code));
                code = null;
            } else if (code != null) {
                code.add(line);
            } else if (!line.isBlank()) {
                before = line;
            }
        }
        return snippets;
    }

    /** The lines between a method's first line and the brace that is indented like it. */
    private static List<String> method(String type, String name) throws IOException {
        List<String> lines = Files.readAllLines(SOURCES.resolve(type + ".java"));
        Pattern firstLine = Pattern.compile("\\s*(static )?\\w+ " + name + "\\(.*");
        int from = 0;
        while (!firstLine.matcher(lines.get(from)).matches()) {
            from++;
        }
        String indentation = lines.get(from).replaceFirst("\\S.*", "");
        int to = from;
        while (!lines.get(to).equals(indentation + "}")) {
            to++;
        }
        return lines.subList(from, to + 1);
    }

    private static String withoutIndentation(List<String> lines) {
        StringBuilder text = new StringBuilder("\n");
        lines.forEach(line -> text.append(line.strip()).append('\n'));
        return text.toString();
    }

    private record Snippet(String type, String method, List<String> code) {

        static Snippet marked(String line, List<String> code) {
            Matcher mark = MARK.matcher(line.strip());
            assertThat(mark.find())
                    .as("the line before a snippet names its test: " + line)
                    .isTrue();
            return new Snippet(mark.group(1), mark.group(2), code);
        }

        String mark() {
            return type + "." + method;
        }
    }
}
