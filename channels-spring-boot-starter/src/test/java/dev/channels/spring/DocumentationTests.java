package dev.channels.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.channels.Channel;
import dev.channels.spring.autoconfigure.ChannelListenersAutoConfiguration;
import dev.channels.spring.autoconfigure.ChannelsAutoConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.test.tools.SourceFile;
import org.springframework.core.test.tools.TestCompiler;

/** What the documentation shows compiles and runs as it is written. */
@ExtendWith(OutputCaptureExtension.class)
class DocumentationTests {

    private static final Path ROOT = Path.of("..");

    /** What a reader's IDE adds: the package, the imports, and the class of the messages. */
    private static final String HEADER = """
            package com.example;

            import dev.channels.*;
            import dev.channels.spring.*;
            import java.time.Duration;
            import java.util.List;
            import java.util.concurrent.CompletableFuture;
            import org.springframework.beans.factory.annotation.Autowired;
            import org.springframework.context.annotation.*;
            import org.springframework.http.*;
            import org.springframework.stereotype.*;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.context.request.async.DeferredResult;
            import reactor.core.publisher.Mono;

            """;

    @Test
    void firstScreenOfTheReadmeRuns(CapturedOutput output) throws Exception {
        Properties properties = yaml(blocks("README.md", "yaml").getFirst());
        assertThat(properties).containsKey("management.endpoints.web.exposure.include");
        compile(
                List.of(blocks("README.md", "java").getFirst()),
                classLoader -> new ApplicationContextRunner()
                        .withClassLoader(classLoader)
                        .withConfiguration(AutoConfigurations.of(
                                ChannelsAutoConfiguration.class, ChannelListenersAutoConfiguration.class))
                        .withPropertyValues(properties.entrySet().stream()
                                .filter(entry -> entry.getKey().toString().startsWith("channels."))
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toArray(String[]::new))
                        .withBean("shop", load(classLoader, "com.example.Shop"))
                        .run(started -> {
                            Object order = load(classLoader, "com.example.Order")
                                    .getConstructor(String.class)
                                    .newInstance("1");
                            Channel<Object> orders =
                                    started.getBean(ChannelRegistry.class).channel("orders");
                            assertThat(orders.capacity()).isEqualTo(100);
                            orders.send(order);
                            started.close();
                            assertThat(output).contains("shipping " + order);
                        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/guide.md"})
    void javaCompiles(String file) throws Exception {
        List<String> blocks = blocks(file, "java");
        assertThat(blocks).isNotEmpty();
        compile(blocks, classLoader -> {});
    }

    @Test
    void propertiesOfTheGuideMakeTheChannelsItSpeaksOf() throws Exception {
        Properties properties = yaml(blocks("docs/guide.md", "yaml").getFirst());
        compile(
                List.of(),
                classLoader -> Channels.context()
                        .withClassLoader(classLoader)
                        .withPropertyValues(properties.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toArray(String[]::new))
                        .run(started -> assertThat(
                                        started.getBean(ChannelRegistry.class).names())
                                .containsExactlyInAnyOrder("orders", "prices")));
    }

    private static List<String> blocks(String file, String language) throws IOException {
        Matcher matcher = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve(file)));
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    private static Properties yaml(String text) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
        return yaml.getObject();
    }

    private static void compile(List<String> blocks, Consumer<ClassLoader> then) {
        List<SourceFile> sources = new ArrayList<>();
        sources.add(SourceFile.of(HEADER + "public record Order(String id) {}"));
        blocks.forEach(block -> sources.add(SourceFile.of(HEADER + block)));
        TestCompiler.forSystem().withSources(sources).compile(compiled -> then.accept(compiled.getClassLoader()));
    }

    private static Class<?> load(ClassLoader classLoader, String name) {
        try {
            return Class.forName(name, true, classLoader);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
