package dev.channels.benchmarks.spring.async;

import dev.channels.benchmarks.spring.common.Entrance;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

@Component
class Door implements Entrance {

    private final ApplicationEventPublisher events;

    Door(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Override
    public void send(Long message) {
        events.publishEvent(message);
    }
}
