package com.example.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.channels.Broadcast;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventControllerTests {

    private final Broadcast<Report> thumbnails = Broadcast.create(10);
    private final EventController controller =
            new EventController(thumbnails, new ThumbnailSettings(Path.of("unused"), Duration.ofSeconds(30)));

    @Test
    void everyStreamHasASubscriptionOfItsOwn() {
        controller.events();
        controller.events();
        assertThat(thumbnails.subscribers()).isEqualTo(2);
    }

    @Test
    void shutdownEndsAllStreamsAndThoseThatComeTooLate() {
        controller.events();
        controller.close();
        controller.events();
        await().until(() -> thumbnails.subscribers() == 0);
        assertThat(thumbnails.isClosedForSend()).as("workers may still report").isFalse();
    }

    @Test
    void streamsEndWithTheBroadcast() {
        controller.events();
        thumbnails.close();
        await().until(() -> thumbnails.subscribers() == 0);
    }
}
