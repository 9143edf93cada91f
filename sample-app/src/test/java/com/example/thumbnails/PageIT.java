package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser. */
class PageIT {

    @TempDir
    static Path directory;

    private static @Nullable WebDriver browser;
    private static @Nullable ServiceProcess service;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.open();
        service = ServiceProcess.start(directory.resolve("thumbnails"));
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void openPage() {
        browser.get(service.url());
        waitUntil("return events.readyState === EventSource.OPEN");
    }

    @Test
    void thumbnailsAppearWithoutReloading() {
        run("window.marker = 'not reloaded'");
        choose(Path.of("examples/sunset.png"), Path.of("examples/mountains.jpg"), Path.of("examples/balloons.gif"));
        waitUntil("return document.querySelectorAll('.picture img').length === 3 "
                + "&& [...document.images].every(image => image.complete && image.naturalWidth === 160)");
        assertThat(texts(".picture .name")).containsExactlyInAnyOrder("sunset.png", "mountains.jpg", "balloons.gif");
        assertThat(run("return window.marker")).isEqualTo("not reloaded");
    }

    @Test
    void whatSomebodyElseSendsAppearsToo() {
        new ServiceClient(service.url()).post("/images", PictureFile.of("<b>elsewhere.png", 48, 96));
        waitUntil("return document.images.length === 1 && document.images[0].naturalWidth === 80");
        assertThat(texts(".picture .name")).containsExactly("<b>elsewhere.png");
    }

    @Test
    void badPicturesAreShownAsFailed() throws IOException {
        choose(write(PictureFile.broken("broken.png")), write(PictureFile.bomb("bomb.png")));
        waitUntil("return document.querySelectorAll('.picture.failed').length === 2");
        assertThat(texts(".picture .state"))
                .anySatisfy(text -> assertThat(text).contains("cannot be decoded"))
                .anySatisfy(text -> assertThat(text).contains("60000 x 60000 pixels"));
    }

    @Test
    void theNumbersOfTheChannelAreShown() {
        waitUntil("return ['depth', 'busy', 'blocked', 'capacity', 'workers']"
                + ".every(id => /^\\d+$/.test(document.getElementById(id).textContent))");
        assertThat(texts("#depth, #blocked")).containsExactly("0", "0");
        assertThat(texts("#capacity")).containsExactly("16");
    }

    private void choose(Path... files) {
        String paths =
                Stream.of(files).map(file -> file.toAbsolutePath().toString()).collect(Collectors.joining("\n"));
        browser.findElement(By.id("files")).sendKeys(paths);
    }

    private Path write(PictureFile file) throws IOException {
        return Files.write(directory.resolve(file.name()), file.content());
    }

    private List<String> texts(String selector) {
        return browser.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private void waitUntil(String condition) {
        new WebDriverWait(browser, Duration.ofSeconds(20)).until(unused -> Boolean.TRUE.equals(run(condition)));
    }

    private Object run(String script) {
        return ((JavascriptExecutor) browser).executeScript(script);
    }
}
