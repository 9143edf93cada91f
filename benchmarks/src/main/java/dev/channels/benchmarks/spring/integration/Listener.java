package dev.channels.benchmarks.spring.integration;

import dev.channels.benchmarks.spring.common.Work;
import org.springframework.stereotype.Component;

/** The listener. Public, because it is called by reflection. */
@Component
public class Listener {

    private final Work work;

    Listener(Work work) {
        this.work = work;
    }

    /**
     * Handles a message.
     *
     * @param message the message
     * @throws InterruptedException if interrupted
     */
    public void handle(Long message) throws InterruptedException {
        work.on(message);
    }
}
