package com.example.thumbnails;

import dev.channels.Broadcast;
import dev.channels.ChannelClosedException;
import dev.channels.Subscription;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Everyone who watches has a subscription, and a virtual thread that waits for its next report. */
@RestController
class EventController {

    private final Broadcast<Report> thumbnails;
    private final ThumbnailSettings settings;
    private final Set<Subscription<Report>> watching = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    EventController(Broadcast<Report> thumbnails, ThumbnailSettings settings) {
        this.thumbnails = thumbnails;
        this.settings = settings;
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events() {
        SseEmitter client = new SseEmitter(0L);
        Subscription<Report> reports = thumbnails.subscribe();
        Thread.ofVirtual().name("events").start(() -> forward(reports, client));
        return client;
    }

    /** Streams that nobody ends would hold up the shutdown, which waits for open requests first. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        closing = true;
        watching.forEach(Subscription::close);
    }

    private void forward(Subscription<Report> reports, SseEmitter client) {
        watching.add(reports);
        try (reports) {
            client.send(SseEmitter.event().comment("watching"));
            while (!closing) {
                Report report = reports.tryReceive(settings.heartbeat());
                // Only writing shows whether the client is still there.
                client.send(
                        report == null
                                ? SseEmitter.event().comment("idle")
                                : SseEmitter.event().data(report));
            }
            client.complete();
        } catch (ChannelClosedException end) {
            client.complete();
        } catch (IOException | IllegalStateException gone) {
            // The client left; the container ends the request.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            watching.remove(reports);
        }
    }
}
