package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.thumbnails.ServiceClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The packaged service, processed ahead of time, behaves as it does without. */
class AheadOfTimeIT {

    private static final PictureFile PICTURE = PictureFile.of("a.png", 640, 480);
    private static final Pattern ACCEPTED = Pattern.compile("Accepted picture (\\S+)");

    @TempDir
    static Path work;

    private static List<String> processed;

    @TempDir
    Path directory;

    @BeforeAll
    static void process() throws Exception {
        processed = AheadOfTime.process(work);
    }

    @Test
    void itMakesThumbnailsAndShowsTheSameChannelsAsWithoutProcessing() throws Exception {
        try (ServiceProcess service = startProcessed("--thumbnails.workers=2");
                ServiceProcess plain = ServiceProcess.start(directory, "--thumbnails.workers=2")) {
            JsonNode channels = channelsAfterTwoPictures(service);
            assertThat(channels.at("/channels/images/listeners/0/id").asString())
                    .isEqualTo("thumbnailer");
            assertThat(channels).isEqualTo(channelsAfterTwoPictures(plain));
            assertThat(metrics(service)).isNotEmpty().isEqualTo(metrics(plain));
            assertThat(plain.log()).doesNotContain("AOT-processed");
        }
    }

    @Test
    void propertiesThatAreSetWhenItStartsHold() throws Exception {
        try (ServiceProcess service = startProcessed(
                "--channels.definitions.images.capacity=2",
                "--channels.listeners.thumbnailer.auto-startup=false",
                "--channels.definitions.later.capacity=3")) {
            ServiceClient client = new ServiceClient(service.url());
            Answer answer = client.post("/images?wait=false", PICTURE, PICTURE, PICTURE);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.ids()).hasSize(2);
            JsonNode channels = client.get("/actuator/channels").json();
            assertThat(channels.at("/channels/images/capacity").asInt()).isEqualTo(2);
            assertThat(channels.at("/channels/images/size").asInt()).isEqualTo(2);
            assertThat(channels.at("/channels/later/capacity").asInt()).isEqualTo(3);
        }
    }

    @Test
    void everythingThatWasAcceptedIsFinishedAfterSigterm() throws Exception {
        PictureFile picture = PictureFile.of("large.png", 2400, 1800);
        try (ServiceProcess service = startProcessed("--thumbnails.workers=1")) {
            Answer answer = new ServiceClient(service.url())
                    .post("/images", picture, picture, picture, picture, picture, picture);
            assertThat(answer.ids()).hasSize(6);
            service.terminate();
            assertThat(service.logged(ACCEPTED)).containsExactlyElementsOf(answer.ids());
            assertThat(answer.ids())
                    .allSatisfy(id ->
                            assertThat(directory.resolve(id).resolve("64.png")).exists());
            assertThat(service.log()).contains("Channels drained").doesNotContain("Left behind");
        }
    }

    @Test
    void mistakesInPropertiesAreStillRefused() throws Exception {
        Path log = Files.createTempFile(work, "refused-", ".log");
        List<String> command = new ArrayList<>(List.of(ServiceProcess.java()));
        command.addAll(processed);
        command.addAll(List.of("--server.port=0", "--channels.definitions.images.capacty=2"));
        Process refused = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(refused.exitValue()).isEqualTo(1);
            assertThat(log)
                    .content()
                    .contains("There is no property 'channels.definitions.images.capacty'")
                    .contains("Did you mean 'capacity'?");
        } finally {
            refused.destroyForcibly();
        }
    }

    /** With classes that were not generated it would not start at all. */
    private ServiceProcess startProcessed(String... arguments) throws IOException {
        ServiceProcess service = ServiceProcess.start(processed, directory, arguments);
        assertThat(service.log()).contains("Starting AOT-processed ThumbnailApplication");
        return service;
    }

    private static JsonNode channelsAfterTwoPictures(ServiceProcess service) {
        ServiceClient client = new ServiceClient(service.url());
        client.post("/images", PICTURE, PICTURE).ids().forEach(id -> client.thumbnail(id, 64));
        return await().until(
                        () -> client.get("/actuator/channels").json(),
                        json -> json.at("/channels/images/listeners/0/handled").asInt() == 2
                                && json.at("/channels/images/listeners/0/busy").asInt() == 0
                                && json.at("/channels/images/blockedReceivers").asInt() == 2);
    }

    private static List<String> metrics(ServiceProcess service) {
        return new ServiceClient(service.url())
                .get("/actuator/metrics")
                .json()
                .path("names")
                .valueStream()
                .map(JsonNode::asString)
                .filter(name -> name.startsWith("channels."))
                .toList();
    }
}
