package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.thumbnails.ServiceClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.client.RestClientException;

/** SIGTERM in the middle of the work: every accepted picture is finished or reported, and none is both. */
class ShutdownIT {

    private static final Pattern ACCEPTED = Pattern.compile("Accepted picture (\\S+)");
    private static final Pattern LEFT_BEHIND = Pattern.compile("Left behind: picture (\\S+)");

    @TempDir
    Path directory;

    /** The pictures that a client was told are accepted. */
    private final Set<String> promised = ConcurrentHashMap.newKeySet();

    @Test
    void withinTheDrainTimeEverythingIsFinished() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory)) {
            terminateInTheMiddleOfTheWork(service, PictureFile.of("a.png", 1600, 1200));
            Set<String> accepted = Set.copyOf(service.logged(ACCEPTED));
            assertThat(service.logged(LEFT_BEHIND)).isEmpty();
            assertThat(service.log()).doesNotContain("is broken");
            assertThat(finished()).containsExactlyInAnyOrderElementsOf(accepted).containsAll(promised);
        }
    }

    @Test
    void whatTheDrainTimeWasTooShortForIsReported() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(
                directory, "--thumbnails.workers=1", "--spring.lifecycle.timeout-per-shutdown-phase=1s")) {
            terminateInTheMiddleOfTheWork(service, PictureFile.of("large.png", 6000, 6000));
            List<String> leftBehind = service.logged(LEFT_BEHIND);
            assertThat(leftBehind).isNotEmpty().doesNotHaveDuplicates().doesNotContainAnyElementsOf(finished());
            Set<String> finishedOrReported = new HashSet<>(finished());
            finishedOrReported.addAll(leftBehind);
            assertThat(finishedOrReported)
                    .containsExactlyInAnyOrderElementsOf(service.logged(ACCEPTED))
                    .containsAll(promised);
            assertThat(leftBehind)
                    .allSatisfy(id ->
                            assertThat(directory.resolve("uploads").resolve(id)).exists());
        }
    }

    @Test
    void anOpenEventStreamDoesNotHoldUpTheShutdown() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory);
                EventStream events = new EventStream(service.url())) {
            Instant begin = Instant.now();
            service.terminate();
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
            await().until(events::isOver);
        }
    }

    /** Several clients send until the service refuses; it is told to stop when some pictures are finished. */
    private void terminateInTheMiddleOfTheWork(ServiceProcess service, PictureFile picture) throws Exception {
        ServiceClient client = new ServiceClient(service.url());
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            clients.add(Thread.ofVirtual().start(() -> sendUntilRefused(client, picture)));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> promised.size() >= 12 && !finished().isEmpty());
        service.terminate();
        for (Thread thread : clients) {
            thread.join();
        }
    }

    private void sendUntilRefused(ServiceClient client, PictureFile picture) {
        try {
            for (Answer answer = client.post("/images", picture);
                    answer.status() == 202;
                    answer = client.post("/images", picture)) {
                promised.addAll(answer.ids());
            }
        } catch (RestClientException connectionClosed) {
            // Nothing was promised for this one.
        }
    }

    private Set<String> finished() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return Set.copyOf(files.filter(ShutdownIT::isComplete)
                    .map(file -> file.getFileName().toString())
                    .toList());
        }
    }

    private static boolean isComplete(Path directory) {
        return Stream.of("64.png", "160.png", "320.png").map(directory::resolve).allMatch(Files::exists);
    }
}
